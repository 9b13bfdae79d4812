"""What must hold for every page there is, also for those that nobody thought of testing."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.staticfiles import finders
from django.template.utils import get_app_template_dirs
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from initiatives.models import Initiative
from shared import municipality
from shared.accounts.enums import Role
from tests.factories.accounts import RoleAssignmentFactory, UserFactory
from tests.factories.initiatives import InitiativeFactory
from tests.sign_in import sign_in

TEMPLATES = Path(settings.BASE_DIR) / "templates"
VALUES = {"int": "1", "uuid": str(UUID(int=0)), "str": "x", "path": "1", "slug": "x"}
STATIC = re.compile(r"""(?:\{%\s*static\s+|\bstatic\()["']([^"']+)["']""")
# Django finds these by their names.
KNOWN_BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html"}


@pytest.fixture
def initiative(db):
    """A plan that everyone may see."""
    return InitiativeFactory(accepted=True, published=True)


def addresses(initiative: Initiative) -> list[str]:
    """Each address of the portal, with what it asks for filled in."""
    known = {"reference": initiative.reference, "slug": initiative.wijk.slug}
    own = {_fill(route, known) for route in _routes(get_resolver()) if not route.startswith("beheer/")}
    return sorted({f"/{address}" for address in own}) + list(_admin_addresses())


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from _routes(entry, route)


def _fill(route: str, known: dict[str, str]) -> str:
    route = re.sub(r"<(?:(\w+):)?(\w+)>", lambda part: known.get(part[2]) or VALUES.get(part[1] or "str", "x"), route)
    route = re.sub(r"\(\?P?<?(\w*)>?[^)]*\)", "x", route)
    return re.sub(r"[\^$\\]", "", route).replace("/?", "/")


def _admin_addresses() -> Iterator[str]:
    yield from (reverse("admin:index"), reverse("health"))
    yield from {reverse("admin:app_list", args=[model._meta.app_label]) for model in admin.site._registry}
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"admin:{name}_changelist")
        yield reverse(f"admin:{name}_add")
        found = model._default_manager.first()
        if found:
            yield reverse(f"admin:{name}_change", args=[found.pk])
            yield reverse(f"admin:{name}_history", args=[found.pk])
            yield reverse(f"admin:{name}_delete", args=[found.pk])


def broken(client: Client, initiative: Initiative) -> dict[str, int]:
    """The addresses that end in an error page."""
    statuses = {address: client.get(address).status_code for address in addresses(initiative)}
    return {
        address: status for address, status in statuses.items() if status >= 500 and not address.startswith("/gereed")
    }


def test_each_address_answers_a_stranger(initiative):
    client = Client(raise_request_exception=False)

    assert broken(client, initiative) == {}


@pytest.mark.parametrize("role", Role)
def test_each_address_answers_each_role(role, initiative):
    client = Client(raise_request_exception=False)
    user = UserFactory()
    if role != Role.RESIDENT:
        RoleAssignmentFactory(user=user, role=role)
    sign_in(client, user)

    assert broken(client, initiative) == {}


def test_no_page_is_sent_without_the_security_headers(initiative):
    for address in ("/", reverse("initiatives:detail", args=[initiative.reference]), "/nergens/", "/gezond/"):
        headers = Client().get(address).headers

        assert "default-src 'none'" in headers["Content-Security-Policy"], address
        assert "unsafe" not in headers["Content-Security-Policy"], address
        assert headers["X-Frame-Options"] == "DENY", address
        assert headers["X-Content-Type-Options"] == "nosniff", address
        assert "camera=()" in headers["Permissions-Policy"], address


def test_no_template_is_left_behind():
    sources = [*TEMPLATES.rglob("*.*"), *(path for room in rooms() for path in room.rglob("*.py"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    packages = [Path(folder) for folder in get_app_template_dirs("templates")]

    unused = [name for name in template_names() if not is_used(name, text, packages)]

    assert unused == []


def test_each_static_file_that_a_page_asks_for_is_there():
    """In production a page that names a missing one is an error page."""
    missing = [
        f"{path.relative_to(settings.BASE_DIR)}: {name}"
        for path in [*TEMPLATES.rglob("*.*"), *(path for room in rooms() for path in room.rglob("*.py"))]
        for name in STATIC.findall(path.read_text(encoding="utf-8"))
        if not is_there(name)
    ]

    assert missing == []


def test_the_logo_of_the_municipality_is_there():
    logo = municipality.current().logo

    assert not logo or is_there(logo)


def is_there(name: str) -> bool:
    """What `make assets` makes counts only once something was made."""
    if name.startswith("build/") and not (Path(settings.BASE_DIR) / "static/build").exists():
        return True
    return finders.find(name) is not None


def rooms() -> list[Path]:
    return [
        Path(config.path) for config in apps.get_app_configs() if Path(config.path).is_relative_to(settings.BASE_DIR)
    ]


def template_names() -> list[str]:
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.*") if path.suffix != ".typ")


def is_used(name: str, text: str, packages: list[Path]) -> bool:
    """Named in full, a letter named by its own name, or one that takes the place of a package's."""
    if name in KNOWN_BY_NAME or name.startswith(("admin/", "nlds/")) or name in text:
        return True
    if "/letters/" in name and f'"{Path(name).stem}"' in text:
        return True
    return any((folder / name).exists() for folder in packages)
