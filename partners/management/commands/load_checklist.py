"""`manage.py load_checklist`: the points of the wijkschouw that come along (partners/management/checklist.toml)."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand
from django.db import transaction

from partners.models import ChecklistItem
from shared.themes.models import Theme

SOURCE = Path(__file__).resolve().parent.parent / "checklist.toml"


class Command(BaseCommand):
    """Safe to run again: a point that is there stays as the municipality made it, also when it was switched off."""

    help = "Add the points of the neighbourhood walk that are not there yet; --file reads a list of your own"

    def add_arguments(self, parser: Any) -> None:
        """A list of the municipality's own."""
        parser.add_argument(
            "--file", type=Path, default=SOURCE, help="a TOML file with [[item]] name, hint, theme, shows_good"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Add what is new, and say how many."""
        items = tomllib.loads(options["file"].read_text(encoding="utf-8"))["item"]
        themes = {theme.slug: theme for theme in Theme.objects.all()}
        added = 0
        for position, item in enumerate(items, start=1):
            values = {
                "hint": item.get("hint", ""),
                "shows_good": item.get("shows_good", False),
                "theme": themes.get(item.get("theme", "")),
                "position": position * 10,
            }
            _found, created = ChecklistItem.objects.get_or_create(name=item["name"], defaults=values)
            added += created
        self.stdout.write(f"{added} points added, {len(items) - added} were there already.")
