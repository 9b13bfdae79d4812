"""The shape of the code: sizes, and imports where a reader looks for them. Who may import whom: import-linter."""

import ast
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
PROGRAMMES = ["subsidies", "partners", "participation", "initiatives", "ambassadors"]
ROOMS = ["wbw_portal", *PROGRAMMES, "shared", "tests", "benchmarks"]
HARD_STOP = 400
FORBIDDEN_NAMES = {"utils", "helpers", "services", "common", "manager", "managers", "misc"}
SOURCES = sorted(path for room in ROOMS for path in (REPOSITORY / room).rglob("*.py") if "migrations" not in path.parts)
# Mail programs know no style sheets elsewhere, so the one e-mail template has its own.
TEMPLATES = sorted(path for path in (REPOSITORY / "templates").rglob("*.html") if path.name != "email.html")


def name(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def local_imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    allowed = {id(node) for node in functions if node.name == "ready" and path.name == "apps.py"}
    return [
        f"{name(path)}:{inner.lineno}"
        for function in functions
        if id(function) not in allowed
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def test_files_are_short_enough_to_read():
    long = {name(path): lines for path in SOURCES if (lines := len(path.read_text().splitlines())) > HARD_STOP}

    assert long == {}


def test_functions_do_not_import():
    found = [place for path in SOURCES for place in local_imports(path)]

    assert found == []


def test_no_module_is_named_after_nothing():
    assert [name(path) for path in SOURCES if {path.stem, *path.parent.parts} & FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("part", [" style=", "<style", " onclick=", " onchange=", " onsubmit=", "javascript:"])
def test_templates_hold_no_style_or_script_of_their_own(part):
    """The content security policy has no exceptions, so the browser would refuse it."""
    assert [name(path) for path in TEMPLATES if part in path.read_text(encoding="utf-8").lower()] == []


def test_each_script_is_a_file():
    pages = {name(path): path.read_text(encoding="utf-8") for path in TEMPLATES}

    inline = [page for page, text in pages.items() for tag in text.split("<script")[1:] if not runs_a_file(tag)]

    assert inline == []


def runs_a_file(tag: str) -> bool:
    attributes = tag.partition(">")[0]
    return "src=" in attributes or 'type="application/json"' in attributes


def test_templates_ask_nobody_else_for_anything():
    asked = [
        name(path) for path in TEMPLATES for tag in path.read_text(encoding="utf-8").split("<") if asks_others(tag)
    ]

    assert asked == []


def asks_others(tag: str) -> bool:
    attributes = tag.partition(">")[0]
    return tag.startswith(("script", "link", "img", "iframe")) and any(
        s in attributes for s in ("https://", "http://", '"//')
    )
