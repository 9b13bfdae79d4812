"""`import_wijken FILE...`: take over the wijken and buurten of a municipality from GeoJSON."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from shared.wijken.imports import areas, geojson
from shared.wijken.imports.tables import ImportRefused


class Command(BaseCommand):
    """Read the CBS map; running it again changes nothing."""

    help = "Takes over wijken and buurten from GeoJSON files in WGS84 (CBS or PDOK)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which files, which municipality, and whether areas that disappeared end."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--municipality", default="", help="only this municipality, for example GM0531")
        parser.add_argument(
            "--date",
            type=date.fromisoformat,
            help="first day of a new division (2027-01-01): areas that are no longer in the files end the day before",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read all files first: a mistake in the last one leaves everything as it was."""
        start: date = options["date"] or timezone.localdate().replace(month=1, day=1)
        municipality: str = options["municipality"].upper()
        try:
            records = [record for path in options["files"] for record in geojson.read(path)]
            if municipality:
                records = [record for record in records if record.municipality_code == municipality]
            if not records:
                raise CommandError("There is no wijk or buurt in these files (of this municipality).")
            outcome = areas.take_over(records, valid_from=start, close_missing=options["date"] is not None)
        except ImportRefused as error:
            raise CommandError(str(error)) from error
        for level, label in ((geojson.WIJK, "Wijken"), (geojson.BUURT, "Buurten")):
            counts = outcome.counts[level]
            steps = ", ".join(f"{counts[step]} {step}" for step in ("added", "changed", "unchanged", "closed"))
            self.stdout.write(f"{label}: {steps}")
