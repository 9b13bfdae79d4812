"""What an initiator said at the phone or the desk: may partners see the help, and may this one get in touch?"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.enums import Channel
from partners.forms.offers import ResultForm
from partners.models import HelpConsent, Match
from shared.ui.forms import PortalForm

CHANNELS = (Channel.PHONE, Channel.DESK, Channel.PAPER)
ANSWERS = [("yes", gettext_lazy("Ja")), ("no", gettext_lazy("Nee"))]


def _ask_channel() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Hoe kreeg u het antwoord?"),
        choices=[(channel.value, channel.label) for channel in CHANNELS],
        initial=Channel.PHONE,
        widget=forms.RadioSelect,
    )


class SpokenResultForm(ResultForm):
    """How it went with one partner, as the initiator told it."""

    submit_label = gettext_lazy("Antwoord vastleggen")

    channel = _ask_channel()


class SpokenForm(PortalForm):
    """One question for the plan and one for each partner that waits; those that did not come up stay open."""

    submit_label = gettext_lazy("Antwoord vastleggen")

    channel = _ask_channel()

    def __init__(self, *args: Any, consent: HelpConsent | None, may_agree: bool, matches: list[Match]) -> None:
        self.matches = {f"match_{match.pk}": match for match in matches}
        super().__init__(*args)
        if may_agree:
            self._ask("help", _("Mogen wijkpartners zien welke hulp het plan zoekt?"))
            self.initial["help"] = _given(consent)
        for name, match in self.matches.items():
            self._ask(name, _("Mag %(owner)s contact opnemen?") % {"owner": match.offer.owner_name})
            self.fields[name].help_text = match.offer.title
        self.order_fields([*(name for name in self.fields if name != "channel"), "channel"])

    def clean(self) -> dict[str, Any]:
        """At least one answer."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asked = [name for name in self.fields if name != "channel"]
        if asked and not any(cleaned.get(name) for name in asked):
            self.add_error(asked[0], _("Kies ja of nee bij de vraag die u besprak"))
        return cleaned

    def answers(self) -> tuple[bool | None, dict[Match, bool]]:
        """About the plan (None when it did not come up), and about the partners that did."""
        given = {name: value == "yes" for name, value in self.cleaned_data.items() if value in ("yes", "no")}
        about = {match: given[name] for name, match in self.matches.items() if name in given}
        return given.get("help"), about

    def _ask(self, name: str, label: str) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=ANSWERS, required=False, widget=forms.RadioSelect)
        self.prepare(name, self.fields[name])


def _given(consent: HelpConsent | None) -> str:
    if consent is None:
        return ""
    return "yes" if consent.agreed_at else "no" if consent.declined_at else ""
