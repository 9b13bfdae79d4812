"""The form of residents, filled in by a colleague for somebody at the phone, at the desk, or on paper."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.enums import Channel
from initiatives.forms.plan import PlanForm
from initiatives.workflow import Initiator
from shared.terms.calendar import today
from shared.ui import notations
from shared.ui.fields import SplitDateField
from shared.ui.forms import Row, Section
from shared.ui.once import OnceToken
from shared.wijken.lookup import propose

BY_STAFF = [choice for choice in Channel.choices if choice[0] in (Channel.PHONE, Channel.DESK, Channel.PAPER)]


class EntryForm(OnceToken, PlanForm):
    """The questions as a resident reads them, so that they can be read aloud; and how the plan reached us."""

    submit_label = gettext_lazy("Idee vastleggen en ontvangst bevestigen")
    layout = [
        Section(gettext_lazy("Hoe kwam het binnen?"), "channel", "received_on"),
        Section(gettext_lazy("Het idee"), "title", "what", "benefit", "theme"),
        Section(gettext_lazy("Waar en wanneer"), Row("postcode", "house_number"), "buurt", "place", "planned_on"),
        Section(gettext_lazy("Samen"), "who_joins", "help_wanted", "amount", "files"),
        Section(gettext_lazy("De indiener"), "name", "email", "phone", "postal_address", "shows_first_name", "consent"),
    ]
    error_texts = PlanForm.error_texts | {
        "consent": {"required": gettext_lazy("Lees de tekst voor en vraag of de indiener het goed vindt")},
        "channel": {"required": gettext_lazy("Kies hoe het idee binnenkwam")},
        "received_on": {"required": gettext_lazy("Vul de dag in waarop het idee binnenkwam")},
    }

    channel = forms.ChoiceField(
        label=gettext_lazy("Hoe kwam het idee binnen?"), choices=BY_STAFF, widget=forms.RadioSelect
    )
    received_on = SplitDateField(
        label=gettext_lazy("Op welke dag?"), help_text=gettext_lazy("Vanaf deze dag telt de termijn.")
    )
    postal_address = forms.CharField(
        label=gettext_lazy("Postadres"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Zonder e-mailadres sturen wij brieven. Straat en nummer, postcode en plaats."),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("Ik las deze tekst voor en de indiener vindt het goed"),
        help_text=gettext_lazy(
            "“Wij bewaren uw idee, uw naam en hoe wij u bereiken, om uw idee te behandelen. Alleen medewerkers van de "
            "gemeente die daarbij helpen, zien uw gegevens. Op de website komt hooguit uw idee, nooit uw adres of "
            "telefoonnummer. U kunt altijd vragen om uw gegevens te bekijken, te wijzigen of te wissen. "
            "Vindt u dat goed?”"
        ),
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_with_buurt(data), *args, **kwargs)
        self.fields["received_on"].initial = today()

    def clean_received_on(self) -> date:
        """It has come in."""
        day: date = self.cleaned_data["received_on"]
        if day > today():
            raise ValidationError(_("Vul de dag in waarop het idee binnenkwam, vandaag of eerder"))
        return day

    def clean(self) -> dict[str, Any]:
        """Who has no e-mail and no phone can be reached by post."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("postal_address") and not any(cleaned.get(name) for name in ("email", "phone")):
            for name in ("email", "phone"):
                if name in self.errors and not self.data.get(name):
                    del self.errors[name]
                    cleaned[name] = ""
        return cleaned

    def initiator(self) -> Initiator:
        """With the postal address."""
        return replace(super().initiator(), postal_address=self.cleaned_data["postal_address"])


def _with_buurt(data: Any) -> Any:
    """Fill in the buurt that a postcode certainly means, when none was chosen."""
    if data is None or data.get("buurt"):
        return data
    postcode = notations.read_postcode(data.get("postcode", ""))
    if postcode is None:
        return data
    try:
        number = notations.read_house_number(data.get("house_number", ""))
    except notations.Ambiguous:
        number = None
    found = propose(postcode, number.number if number else None)
    if found.buurt is None or not found.certain:
        return data
    filled = data.copy()
    filled["buurt"] = str(found.buurt.pk)
    return filled
