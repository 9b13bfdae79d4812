"""An internal note on the file page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy

from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken
from subsidies.models import CaseNote


class NoteForm(OnceToken, PortalForm):
    """Notes are only added, so that the file stays what it was."""

    submit_label = gettext_lazy("Notitie bewaren")

    note_text = forms.CharField(
        label=gettext_lazy("Interne notitie"),
        max_length=CaseNote._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Alleen medewerkers lezen dit. Een notitie kan daarna niet meer worden gewijzigd."),
    )

    def perform(self, act: Callable[[], Any]) -> None:
        """Do it unless it was done before."""

        def done() -> str:
            act()
            return "done"

        with transaction.atomic():
            self.once.perform(done)
