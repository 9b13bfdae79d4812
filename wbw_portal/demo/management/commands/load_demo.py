"""load_demo: fill an empty portal with the demonstration."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wbw_portal.demo import loader


class Command(BaseCommand):
    """Safe to run again: a portal with plans is left alone, unless it is told otherwise."""

    help = "Load the demonstration: real wijken, invented people and plans. Does nothing when there are plans already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option."""
        parser.add_argument("--force", action="store_true", help="add the demonstration to a portal that has plans")

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        """Load, and say what is being loaded."""
        if not loader.is_empty() and not force:
            self.stdout.write("There are initiatives already; nothing was loaded.")
            return
        try:
            loader.load(lambda words: self.stdout.write(f"  {words}"))
        except FileNotFoundError as error:
            raise CommandError(f"The demonstration's data are missing: {error.filename}") from error
        self.stdout.write(self.style.SUCCESS("The demonstration is loaded."))
