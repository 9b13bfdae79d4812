"""Joining, supporting or following a plan: an address to confirm, and little else."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.enums import InvolvementKind
from shared.notifications.enums import HOW_OFTEN, Frequency
from shared.ui.fields import EmailField
from shared.ui.forms import PortalForm
from shared.ui.spam import SpamTrap


class FollowForm(SpamTrap, PortalForm):
    """Follow or support: only an e-mail address."""

    submit_label = _("Aanmelden")

    email = EmailField(label=_("Uw e-mailadres"), help_text=_("Wij sturen u een link om te bevestigen."))
    frequency = forms.ChoiceField(
        label=_("Hoe vaak wilt u nieuws over dit plan?"),
        choices=HOW_OFTEN,
        initial=Frequency.DAILY,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One of the two is chosen already.
        self.fields["frequency"].hide_optional = True  # type: ignore[attr-defined]

    def clean_frequency(self) -> str:
        """Who does not choose gets it daily."""
        return self.cleaned_data["frequency"] or Frequency.DAILY.value


class JoinForm(FollowForm):
    """Join: also who you are, if you want the initiator to know."""

    submit_label = _("Ik doe mee")

    name = forms.CharField(label=_("Uw naam"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    message = forms.CharField(
        label=_("Wat wilt u doen of zeggen?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    shares_contact = forms.BooleanField(
        label=_("De indiener mag mijn naam en e-mailadres zien"),
        required=False,
        help_text=_("Zonder dit vinkje ziet de indiener alleen dat er iemand meedoet."),
    )

    field_order = ["name", "email", "message", "shares_contact", "frequency"]


FORMS = {
    InvolvementKind.JOIN: JoinForm,
    InvolvementKind.SUPPORT: FollowForm,
    InvolvementKind.FOLLOW: FollowForm,
}
