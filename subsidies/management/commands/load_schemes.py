"""`manage.py load_schemes`: the schemes that come along, as they stand in subsidies/management/schemes/."""

from typing import Any

from django.core.management import BaseCommand

from shared.terms.calendar import today
from subsidies.management import presets


class Command(BaseCommand):
    """Safe to run again: what is there stays as it is."""

    help = "Make the Buurtbon (and with --examples a second scheme), to be checked against your own regulation"

    def add_arguments(self, parser: Any) -> None:
        """The year, the examples, and whether to open."""
        parser.add_argument("--year", type=int, default=today().year, help="the year of the ceilings and rounds")
        parser.add_argument("--examples", action="store_true", help="also the invented scheme with rounds")
        parser.add_argument(
            "--open", action="store_true", help="also set the ceilings of the example and open the scheme"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is asked."""
        names = presets.NAMES if options["examples"] else presets.NAMES[:1]
        for name in names:
            scheme = presets.load(name, year=options["year"], with_money=options["open"])
            self.stdout.write(f"{scheme.name}: {'open' if scheme.is_open else 'not open yet'}")
