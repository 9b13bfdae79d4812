"""What every offer and need is asked, whoever it is of: what, how much, when, on which conditions."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.enums.offers import Resource
from partners.forms.together import NO_PERSONS, WithoutPersons
from shared.ui.fields import SplitDateField
from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken


class TermsForm(WithoutPersons, OnceToken, PortalForm):
    """What, how much, when, and on which conditions."""

    checked = ("title", "what", "amount", "conditions")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "title": {"required": gettext_lazy("Schrijf in één zin waar het om gaat")},
    }

    kind = forms.ChoiceField(label=gettext_lazy("Wat voor hulp?"), choices=Resource, widget=forms.RadioSelect)
    title = forms.CharField(label=gettext_lazy("In één zin"), max_length=120)
    amount = forms.CharField(
        label=gettext_lazy("Hoeveel?"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Bijvoorbeeld “40 stoelen”, “3 uur per week” of “tot € 250”."),
    )
    what = forms.CharField(
        label=gettext_lazy("Toelichting"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_PERSONS,
    )
    starts_on = SplitDateField(label=gettext_lazy("Vanaf"), required=False)
    ends_on = SplitDateField(
        label=gettext_lazy("Tot en met"),
        required=False,
        help_text=gettext_lazy("Gaat het om één dag? Vul die dan bij allebei in."),
    )
    conditions = forms.CharField(
        label=gettext_lazy("Voorwaarden"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Bijvoorbeeld: zelf opruimen, niet met alcohol."),
    )

    def clean(self) -> dict[str, Any]:
        """Days that still come, in this order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if last and last < timezone.localdate():
            self.add_error("ends_on", _("Kies een laatste dag die nog komt"))
        elif first and last and last < first:
            self.add_error("ends_on", _("Kies een laatste dag die na de eerste dag ligt"))
        return cleaned

    def columns(self) -> dict[str, Any]:
        """The answers as a listing keeps them."""
        left_out = {"once", "because", "warned_of"}
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}
