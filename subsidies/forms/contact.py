"""How the applicant is called and reached: asked again when something changed, by the applicant or by a colleague."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.ui import notations
from shared.ui.fields import EmailField, HouseNumberField, PhoneField, PostcodeField
from shared.ui.forms import PortalForm, Row
from shared.ui.once import OnceToken
from subsidies.enums import ApplicantKind
from subsidies.forms.steps import StepForm
from subsidies.models import Application
from subsidies.questions import BY_EMAIL, BY_POST, LABELS, WAYS
from subsidies.workflow.contact import Contact, contact_of


class ContactQuestions(PortalForm):
    """Name, address and how to reach somebody; `contact` is what the workflow takes."""

    submit_label = gettext_lazy("Gegevens bewaren")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "name": {"required": gettext_lazy("Vul uw naam in")},
        "by_email": {"required": gettext_lazy("Kies hoe u onze berichten wilt krijgen")},
    }
    layout: ClassVar[list[Any]] = [
        "name",
        "organisation",
        Row("postcode", "house_number"),
        "street",
        "town",
        "email",
        "phone",
        "by_email",
    ]

    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    organisation = forms.CharField(max_length=120, required=False)
    postcode = PostcodeField()
    house_number = HouseNumberField()
    street = forms.CharField(
        max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "address-line1"})
    )
    town = forms.CharField(max_length=80, widget=forms.TextInput(attrs={"autocomplete": "address-level2"}))
    email = EmailField(
        required=False,
        help_text=gettext_lazy(
            "Een nieuw adres geldt zodra het is bevestigd met de link die wij daarheen sturen. "
            "Maakt u dit leeg? Dan gaan berichten op papier."
        ),
    )
    phone = PhoneField(required=False)
    by_email = forms.TypedChoiceField(
        choices=WAYS,
        widget=forms.RadioSelect,
        coerce=lambda value: value == BY_EMAIL,
        help_text=gettext_lazy("Zonder e-mailadres gaat alles op papier."),
    )

    def clean(self) -> dict[str, Any] | None:
        """There must be a way to answer."""
        cleaned = super().clean()
        given = self.cleaned_data
        if "email" not in self.errors and not given.get("email") and not given.get("street"):
            self.add_error("street", _("Vul uw straat in. Zonder e-mailadres sturen wij u brieven"))
        elif given.get("by_email") is False and not given.get("street") and "street" not in self.errors:
            self.add_error("street", _("Vul uw straat in. Daarheen sturen wij u brieven"))
        return cleaned

    @property
    def contact(self) -> Contact:
        """The answers."""
        given = self.cleaned_data
        return Contact(**{**given_of(given), "house_number": str(given["house_number"])})

    def ask_about(self, application: Application) -> None:
        """What is known stands in the form; a group has a name only where the scheme is for groups."""
        known = contact_of(application)
        for name in Contact.__dataclass_fields__:
            self.fields[name].initial = getattr(known, name)
        self.fields["phone"].initial = notations.phone_text(known.phone) if known.phone else ""
        self.fields["by_email"].initial = BY_EMAIL if known.by_email else BY_POST
        self.fields["email"].initial = application.email_pending or application.email
        kinds = set(application.scheme_version.applicant_kinds) - {ApplicantKind.RESIDENT}
        if not (kinds or application.organisation):
            del self.fields["organisation"]
            self.layout = [name for name in self.layout if name != "organisation"]


def given_of(given: dict[str, Any]) -> dict[str, Any]:
    """The answers by the names of the workflow."""
    words = {name: given.get(name) or "" for name in Contact.__dataclass_fields__}
    return words | {"by_email": bool(given.get("by_email"))}


for _name, _field in ContactQuestions.base_fields.items():
    _field.label = LABELS[_name]


class ContactForm(OnceToken, ContactQuestions):
    """By the applicant, on the page of the case."""

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_about(application)


# The questions as a colleague reads them.
FOR_STAFF = {
    "name": gettext_lazy("Naam"),
    "email": gettext_lazy("E-mailadres"),
    "phone": gettext_lazy("Telefoonnummer"),
}


class ContactStepForm(ContactQuestions, StepForm):
    """By a colleague, for somebody at the phone or the desk."""

    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "name": {"required": gettext_lazy("Vul de naam van de aanvrager in")}
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in FOR_STAFF.items():
            self.fields[name].label = label
        self.ask_about(self.application)


class ConfirmForm(OnceToken, PortalForm):
    """One button; pressing it again changes nothing."""

    submit_label = gettext_lazy("Ja, dit is mijn e-mailadres")
