"""After a new SECRET_KEY: close the secrets of second factors with it, before the old key is dropped."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from shared.accounts.adapter import PortalMFAAdapter

# Where allauth keeps what it encrypts.
ENCRYPTED = ("secret", "seed")


class Command(BaseCommand):
    """Safe to run twice."""

    help = "Encrypt the secrets of second factors with the present SECRET_KEY; the old one must be in the fallbacks."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """All or none: a secret that no key opens stops the command, before anything has changed."""
        adapter, number = PortalMFAAdapter(), 0
        for authenticator in Authenticator.objects.select_for_update().order_by("pk"):
            secrets = {name: authenticator.data[name] for name in ENCRYPTED if name in authenticator.data}
            authenticator.data |= {name: adapter.encrypt(adapter.decrypt(text)) for name, text in secrets.items()}
            authenticator.save(update_fields=["data"])
            number += bool(secrets)
        self.stdout.write(f"Renewed: {number}")
