"""`import_postcodes FILE`: take over the official CBS table of addresses, or an approximation by four-digit area."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shared.wijken.imports import postcodes
from shared.wijken.imports.tables import ImportRefused


class Command(BaseCommand):
    """Read the table as a stream; running it again changes nothing."""

    help = (
        "Takes over a CSV file with the columns PC6, Huisnummer, Buurt, Wijk, Gemeente (of the whole country is fine)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep the addresses of the buurten that the portal knows."""
        try:
            outcome = postcodes.take_over(options["file"], progress=self._show)
        except ImportRefused as error:
            raise CommandError(str(error)) from error
        self._show(outcome)
        self.stdout.write(f"{outcome.added} added, {outcome.removed} removed")
        if outcome.rejected_count:
            self.stdout.write(f"{outcome.rejected_count} passed over: {'; '.join(outcome.rejected)}")

    def _show(self, outcome: postcodes.Outcome) -> None:
        self.stdout.write(f"{outcome.read:,} rows read, {outcome.kept:,} in known buurten")
