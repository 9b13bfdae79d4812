"""Who objects: asked when an objection is entered for somebody, and when the file has to say it better."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.terms.calendar import today
from shared.ui.fields import SplitDateField
from subsidies.enums import ObjectorRole
from subsidies.forms.objection import ObjectionForm
from subsidies.forms.steps import long_text
from subsidies.workflow import objector
from subsidies.workflow.objector import Objector

FIELDS = ("objector_name", "objector_email", "objector_address", "authorised_on")


class ObjectorFields(forms.Form):
    """Name and address of who is not the applicant (Awb articles 2:1 and 6:5)."""

    role = forms.ChoiceField(
        label=gettext_lazy("Wie maakt bezwaar?"),
        choices=ObjectorRole.choices,
        initial=ObjectorRole.APPLICANT,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Is dat niet de aanvrager? Dan gaan de brieven over het bezwaar naar de indiener."),
    )
    objector_name = forms.CharField(label=gettext_lazy("Naam van de indiener"), required=False, max_length=120)
    objector_email = forms.EmailField(
        label=gettext_lazy("E-mailadres van de indiener"),
        required=False,
        help_text=gettext_lazy("Alleen als de indiener brieven per e-mail wil krijgen (Awb 2:8)."),
    )
    objector_address = long_text(
        gettext_lazy("Postadres van de indiener"),
        rows=2,
        most=300,
        required=False,
        help_text=gettext_lazy("Straat en nummer op de eerste regel, postcode en plaats op de tweede."),
    )
    authorised_on = SplitDateField(
        label=gettext_lazy("Wanneer zag u de machtiging?"),
        required=False,
        help_text=gettext_lazy("Alleen voor een gemachtigde. U mag erom vragen (Awb 2:1, tweede lid)."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("role", *FIELDS):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]

    def check_objector(self) -> None:
        """Somebody else has a name and an address; an authorisation was seen on a day that has been."""
        found = self.cleaned_data
        if (found.get("role") or ObjectorRole.APPLICANT) == ObjectorRole.APPLICANT:
            return
        if not found.get("objector_name"):
            self.add_error("objector_name", _("Vul de naam van de indiener in"))
        if not (found.get("objector_email") or found.get("objector_address")):
            self.add_error("objector_address", _("Vul een e-mailadres of een postadres van de indiener in"))
        if (day := found.get("authorised_on")) and day > today():
            self.add_error("authorised_on", _("Vul een dag in die is geweest, of laat dit leeg"))

    @property
    def objector(self) -> Objector:
        """Who it is."""
        found = self.cleaned_data
        return Objector(
            ObjectorRole(found.get("role") or ObjectorRole.APPLICANT),
            found["objector_name"],
            found["objector_email"],
            found["objector_address"],
            found.get("authorised_on"),
        )


class ObjectorForm(ObjectorFields, ObjectionForm):
    """Who made the open objection."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = objector.of(self.objection)
        values = (known.role, known.name, known.email, known.address, known.authorised_on)
        for name, value in zip(("role", *FIELDS), values, strict=True):
            self.fields[name].initial = value

    def clean(self) -> dict[str, Any]:
        """Name and address belong together."""
        cleaned = super().clean() or self.cleaned_data
        self.check_objector()
        return cleaned
