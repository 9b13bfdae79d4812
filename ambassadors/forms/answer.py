"""The adviser's answer: one choice and a few words."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.enums import AdviceVerdict
from shared.ui.forms import PortalForm
from shared.ui.standing import StandingForm

VERDICTS = (
    (AdviceVerdict.NO_OBJECTION.value, gettext_lazy("Geen bezwaar")),
    (AdviceVerdict.CONCERN.value, gettext_lazy("Aandachtspunt: het kan, maar let hierop")),
    (AdviceVerdict.RATHER_NOT.value, gettext_lazy("Liever niet")),
)


class AdviceForm(StandingForm):
    """In a minute, with an account or without."""

    submit_label = gettext_lazy("Advies versturen")

    verdict = forms.ChoiceField(label=gettext_lazy("Wat is uw advies?"), choices=VERDICTS, widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Toelichting"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Nodig bij een aandachtspunt of “liever niet”. Noem geen namen van bewoners."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whether it is needed depends on the choice above it, and the help text says so.
        self.fields["text"].hide_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A doubt comes with its reason."""
        cleaned = super().clean() or self.cleaned_data
        verdict = cleaned.get("verdict")
        if verdict and verdict != AdviceVerdict.NO_OBJECTION and "text" not in self.errors and not cleaned.get("text"):
            self.add_error("text", _("Leg uit waar de behandelaar op moet letten"))
        return cleaned


class HandBackForm(PortalForm):
    """Why somebody cannot answer, and who perhaps can."""

    submit_label = gettext_lazy("Vraag teruggeven")

    note = forms.CharField(
        label=gettext_lazy("Waarom is dit niet voor u?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Weet u wie het wel weet? Schrijf dat er dan bij. Noem geen namen van bewoners."),
    )
    error_texts: ClassVar = {"note": {"required": gettext_lazy("Schrijf waarom de vraag niet voor u is")}}
