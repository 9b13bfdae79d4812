"""`import_figures FILE`: take over the number of inhabitants per wijk and buurt."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shared.wijken.imports import figures
from shared.wijken.imports.tables import ImportRefused


class Command(BaseCommand):
    """Read the CBS key figures; running it again changes nothing."""

    help = "Takes over aantal_inwoners from a CSV file of the CBS Kerncijfers wijken en buurten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set the figures."""
        try:
            outcome = figures.take_over(options["file"])
        except ImportRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{outcome.updated} updated, {outcome.unchanged} unchanged, {outcome.unknown} of unknown areas"
        )
