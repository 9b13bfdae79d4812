"""A double click, a resend or "back" and send again never does a thing twice."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import connection

from shared.ui.models import SubmittedOnce

# Makes the row of a new token; one that exists is locked by "changing" it, and says where it led.
CLAIM = """
    INSERT INTO ui_submittedonce AS sent (token, result_url, created_at) VALUES (%s, '', now())
    ON CONFLICT (token) DO UPDATE SET result_url = sent.result_url RETURNING result_url
"""


@dataclass(frozen=True)
class Claim:
    """Whether this form was sent before, and where that led."""

    token: uuid.UUID
    # Where the first sending led; empty when this is the first.
    result_url: str

    @property
    def used(self) -> bool:
        """True when the form was sent before: answer with `result_url` and do nothing."""
        return bool(self.result_url)

    def led_to(self, url: str) -> str:
        """Remember where this sending leads."""
        SubmittedOnce.objects.filter(token=self.token).update(result_url=url)
        return url


@dataclass(frozen=True)
class Once:
    """The token of one form."""

    token: uuid.UUID

    def claim(self) -> Claim:
        """Take the token, in the transaction that does the work: a second sending waits here until the first is done.

        Raises:
            RuntimeError: called outside a transaction, where it would protect nothing.
        """
        if not connection.in_atomic_block:
            raise RuntimeError("Claim a form's token in the transaction that does the work.")
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, [self.token])
            return Claim(self.token, cursor.fetchone()[0])

    def perform(self, act: Callable[[], str]) -> str:
        """Do `act`, which gives back the address of its result, unless it was done before; give back that address."""
        claim = self.claim()
        return claim.result_url if claim.used else claim.led_to(act())


class OnceToken(forms.BaseForm):
    """Mixin for a PortalForm: a hidden token that makes sending idempotent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"] = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def clean_once(self) -> uuid.UUID:
        """A form without a token counts as new."""
        token: uuid.UUID | None = self.cleaned_data["once"]
        return token or uuid.uuid4()

    @property
    def once(self) -> Once:
        """The token of a valid form."""
        return Once(self.cleaned_data["once"])
