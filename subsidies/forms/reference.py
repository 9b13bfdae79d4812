"""The texts of letters, the register of mandates and the amounts of penalties, as the manager edits them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.enums import Role
from shared.terms.calendar import today
from subsidies.letters.texts import NAMES, PLACES, unknown_variables
from subsidies.models import LetterText, Mandate, MunicipalBudget

# Who may decide on applications at all.
DECIDE = (Role.COORDINATOR, Role.FUNCTIONAL_MANAGER)


class LetterTextForm(forms.ModelForm[LetterText]):
    """A text with a place in a letter; only known words between braces."""

    letter = forms.ChoiceField(label=gettext_lazy("Plaats in de brief"))

    class Meta:
        model = LetterText
        fields = ("letter", "scheme", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("letter")
        if isinstance(field, forms.ChoiceField):
            field.choices = [(place.key, place.label) for place in PLACES.values()]

    def clean_body(self) -> str:
        """Refuse a word between braces that stands for nothing: it would leave the building as it is."""
        text: str = self.cleaned_data["body"]
        if unknown := unknown_variables(text):
            raise ValidationError(
                _("Het portaal kent %(unknown)s niet. Wel: %(known)s.")
                % {
                    "unknown": ", ".join(f"{{{name}}}" for name in unknown),
                    "known": ", ".join(f"{{{name}}}" for name in NAMES),
                }
            )
        return text


class MandateForm(forms.ModelForm[Mandate]):
    """A row of the register."""

    role = forms.ChoiceField(label=gettext_lazy("Rol"), choices=[(role.value, role.label) for role in DECIDE])

    class Meta:
        model = Mandate
        fields = ("scheme", "role", "user", "maximum_amount", "valid_from", "valid_to", "source")


class MunicipalBudgetForm(forms.ModelForm[MunicipalBudget]):
    """A budget of the council."""

    class Meta:
        model = MunicipalBudget
        fields = ("year", "expected_on", "adopted_on", "source")

    def clean_adopted_on(self) -> date | None:
        """The four weeks run from a day that has been; once provisos were dealt with, it stays as it is."""
        day: date | None = self.cleaned_data["adopted_on"]
        if day and day > today():
            raise ValidationError(_("Vul de dag pas in als de raad heeft besloten"))
        before = self.instance.adopted_on if self.instance.pk else None
        dealt_with = self.instance.pk and self.instance.provisos.exclude(invoked_by=None, lapsed_on=None).exists()
        if dealt_with and day != before:
            raise ValidationError(_("Er is al een voorbehoud ingeroepen of vervallen. De dag kan niet meer veranderen"))
        return day
