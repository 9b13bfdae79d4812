"""Everything between new code and serving it; safe to run at each start and each release."""

import hashlib
import io
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command

from wbw_portal.steps import step


class Command(BaseCommand):
    """`manage.py prepare`."""

    help = "Migrate, bring the roles up to date, compile translations, collect static files, and load the demo if asked"

    def add_arguments(self, parser: Any) -> None:
        """`--files-only` is for building an image, where no database is."""
        parser.add_argument("--files-only", action="store_true", help="only translations and static files")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the steps that are needed."""
        with step("Translations"):
            compile_translations()
        if _static_files() != _stamp_text():
            with step("Static files, hashed and compressed"):
                call_command("collectstatic", interactive=False, verbosity=0)
                _stamp().write_text(_static_files())
        if options["files_only"]:
            return
        with step("Database"):
            call_command("migrate", interactive=False, verbosity=0)
            call_command("sync_roles", stdout=io.StringIO())
        if settings.DEMO:
            self.stdout.write("• Demonstration data")
            call_command("load_demo", stdout=self.stdout)


def compile_translations() -> None:
    """Make each .mo that is older than its .po; no program of the system is needed."""
    for folder in settings.LOCALE_PATHS:
        for source in Path(folder).rglob("*.po"):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                polib.pofile(str(source)).save_as_mofile(str(compiled))


def _stamp() -> Path:
    return Path(f"{settings.STATIC_ROOT}.stamp")


def _stamp_text() -> str:
    return _stamp().read_text() if _stamp().exists() else ""


def _static_files() -> str:
    """A fingerprint of all static files of the project and the packages, and of where they go."""
    digest = hashlib.sha256(f"{settings.STATIC_ROOT} {settings.STORAGES['staticfiles']}".encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
