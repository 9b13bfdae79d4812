"""Put the table of roles and permissions in the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shared.accounts import groups


class Command(BaseCommand):
    """Safe to run twice: each group ends up with exactly what the table says."""

    help = "Give the group of each role the permissions that the table of roles names."

    def handle(self, *args: Any, **options: Any) -> None:
        """Set the permissions and print how many each role has."""
        try:
            counts = groups.sync()
        except groups.UnknownPermission as error:
            raise CommandError(str(error)) from error
        for role, count in counts.items():
            self.stdout.write(f"{role}: {count}")
