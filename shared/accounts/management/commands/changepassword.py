"""Nobody has a password or all rights for ever, so Django's own command would make somebody who cannot work."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Point to the command that does work."""

    help = "Not used here: see create_manager."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what to do instead."""
        raise CommandError("Nobody has a password here. Use: manage.py create_manager EMAIL NAME")
