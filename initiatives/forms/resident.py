"""What an initiator fills in about an own plan that was sent."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import Initiative
from shared.documents.forms import FilesField, FilesInput
from shared.documents.models import StoredFile
from shared.ui.fields import EmailField, PhoneField
from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken

# Enough for a day of work in the garden; more makes the form long on a phone.
PHOTOS = (1, 2, 3)


class MessageForm(OnceToken, PortalForm):
    """A message to the coordinator, or the answer to a question."""

    submit_label = gettext_lazy("Bericht versturen")
    error_texts = {"text": {"required": gettext_lazy("Schrijf eerst uw bericht")}}

    text = forms.CharField(label=gettext_lazy("Uw bericht"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))
    files = FilesField(label=gettext_lazy("Foto’s of bestanden"), required=False, max_files=5)

    def __init__(self, *args: Any, is_answer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_answer:
            self.fields["text"].label = _("Uw antwoord")
            self.fields["text"].error_messages["required"] = _("Schrijf eerst uw antwoord")
            self.submit_label = gettext_lazy("Antwoord versturen")


class WithdrawForm(PortalForm):
    """Stop with a plan; the reason is welcome, not needed."""

    submit_label = gettext_lazy("Idee intrekken")

    reason = forms.CharField(
        label=gettext_lazy("Waarom stopt u?"),
        help_text=gettext_lazy("De wijkcoördinator leest dit. Het komt niet op de website."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ContactForm(PortalForm):
    """How the municipality reaches the initiator; a new e-mail address is confirmed by a link first."""

    submit_label = gettext_lazy("Gegevens bewaren")
    error_texts = {
        "name": {"required": gettext_lazy("Vul uw naam in")},
        "email": {"required": gettext_lazy("Vul uw e-mailadres in")},
    }

    name = forms.CharField(
        label=gettext_lazy("Uw naam"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = EmailField(
        label=gettext_lazy("Uw e-mailadres"),
        help_text=gettext_lazy("Vult u een nieuw adres in? Dan sturen wij daar een link naartoe om het te bevestigen."),
    )
    phone = PhoneField(label=gettext_lazy("Uw telefoonnummer"), required=False)
    shows_first_name = forms.BooleanField(label=gettext_lazy("Mijn voornaam mag bij het idee staan"), required=False)

    @classmethod
    def about(cls, initiative: Initiative, data: Any = None) -> "ContactForm":
        """The form with what is known now."""
        return cls(data, initial={name: getattr(initiative, name) for name in cls.base_fields})


class UpdateForm(OnceToken, PortalForm):
    """News for the public page; each photo says what there is to see, for who cannot see it."""

    submit_label = gettext_lazy("Nieuws plaatsen")
    error_texts = {"text": {"required": gettext_lazy("Schrijf wat er te vertellen is")}}

    text = forms.CharField(
        label=gettext_lazy("Wat is er te vertellen?"),
        help_text=gettext_lazy("Iedereen kan dit lezen. Noem geen namen van mensen die dat niet willen."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in PHOTOS:
            self._add(f"photo_{number}", _photo_field(_("Foto %d") % number))
            label = _("Wat is er te zien op foto %d?") % number
            self._add(f"alt_{number}", forms.CharField(label=label, max_length=200, required=False))
            self.fields[f"alt_{number}"].hide_optional = True

    def clean(self) -> dict[str, Any] | None:
        """No photo without words."""
        cleaned = super().clean()
        for number in PHOTOS:
            if not all(file.is_image for file in self.cleaned_data.get(f"photo_{number}", ())):
                self.add_error(f"photo_{number}", _("Kies een foto: JPG, PNG, HEIC of WEBP"))
            elif self.cleaned_data.get(f"photo_{number}") and not self.cleaned_data.get(f"alt_{number}"):
                text = _("Vertel wat er te zien is op foto %d, voor mensen die de foto niet kunnen zien") % number
                self.add_error(f"alt_{number}", text)
        return cleaned

    def photos(self) -> Iterable[tuple[StoredFile, str]]:
        """Each photo with its words."""
        answers = self.cleaned_data
        return [(file, answers[f"alt_{number}"]) for number in PHOTOS for file in answers[f"photo_{number}"]]

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        self.prepare(name, field)


def _photo_field(label: str) -> FilesField:
    """One photo, nothing else."""
    return FilesField(
        label=label,
        help_text=_("JPG, PNG, HEIC of WEBP, 10 MB of minder. De plaats waar u de foto maakte, halen wij eruit."),
        required=False,
        max_files=1,
        widget=FilesInput(attrs={"multiple": False, "accept": "image/*,.heic,.heif"}),
    )
