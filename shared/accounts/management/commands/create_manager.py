"""Let the first functional manager in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from shared.accounts import workflow
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.links import absolute


class Command(BaseCommand):
    """Where Django would ask for a superuser with a password, the portal has a manager with a code by e-mail."""

    help = "Make somebody functional manager: create_manager anna@example.nl 'Anna de Vries'"

    def add_arguments(self, parser: CommandParser) -> None:
        """Who it is."""
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Give the role, unless they have it, and say how to sign in."""
        try:
            self._make_manager(options["email"], options["name"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"{options['email']} is functional manager. Sign in at {absolute(reverse('account_login'))}: "
            "a code comes by e-mail, and the portal then asks to set up a second factor."
        )

    @transaction.atomic
    def _make_manager(self, email: str, name: str) -> None:
        user = workflow.invite(email, name, by=None)
        if not User.objects.active_in_role(Role.FUNCTIONAL_MANAGER).filter(pk=user.pk).exists():
            workflow.assign_role(user, Role.FUNCTIONAL_MANAGER, starts_on=timezone.localdate(), by=None)
