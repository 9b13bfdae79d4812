"""What a manager fills in about a list."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.terms.calendar import today
from shared.ui.fields import SplitDateField
from shared.ui.forms import PortalForm


class KeepForm(PortalForm):
    """Why one file is kept longer, and until when."""

    reason = forms.CharField(
        label=_("Waarom bewaart u dit dossier langer?"),
        max_length=300,
        help_text=_("Bijvoorbeeld: er loopt een klacht, een rechtszaak of een Woo-verzoek."),
        error_messages={"required": _("Schrijf op waarom")},
    )
    until = SplitDateField(label=_("Tot en met welke dag?"), help_text=_("Daarna komt het vanzelf weer op een lijst."))
    submit_label = _("Langer bewaren")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = today() + timedelta(days=365)


class ApproveForm(PortalForm):
    """The list as it was seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("Ik heb de lijst bekeken. Deze dossiers mogen voorgoed weg"),
        error_messages={"required": _("Bekijk de lijst, en zet een vinkje als u akkoord bent")},
    )
