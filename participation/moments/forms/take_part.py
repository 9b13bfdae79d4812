"""Signing up, saying what one thinks, following, and an opinion afterwards: as few questions as can be."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from participation.moments.enums import QUESTIONS
from participation.moments.models import Moment
from participation.moments.workflow import Words
from shared.documents.forms import FilesField
from shared.documents.models import StoredFile
from shared.notifications.enums import HOW_OFTEN, Frequency
from shared.themes.models import Theme
from shared.ui.fields import EmailField, PhoneField, PostcodeField
from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken
from shared.ui.spam import SpamTrap
from shared.wijken.models import Buurt, Wijk

RADII = [(500, gettext_lazy("500 meter")), (1000, gettext_lazy("1 kilometer")), (2000, gettext_lazy("2 kilometer"))]


class PersonForm(PortalForm):
    """Who comes: a name, and an e-mail address or a phone number."""

    unreachable = gettext_lazy("Vul uw e-mailadres of uw telefoonnummer in")

    name = forms.CharField(
        label=gettext_lazy("Uw naam"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = EmailField(
        label=gettext_lazy("Uw e-mailadres"),
        help_text=gettext_lazy("Heeft u dat niet? Vul dan uw telefoonnummer in."),
        required=False,
    )
    phone = PhoneField(label=gettext_lazy("Uw telefoonnummer"), required=False)
    wants_feedback = forms.BooleanField(
        label=gettext_lazy("Ik wil na afloop horen wat er met de inbreng gebeurt"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("email", "phone"):
            self.fields[name].hide_optional = True

    def clean(self) -> dict[str, Any] | None:
        """There must be a way to reach this person."""
        cleaned = super().clean()
        if not {"email", "phone"} & set(self.errors) and not any(self.cleaned_data.get(n) for n in ("email", "phone")):
            self.add_error("email", str(self.unreachable))
        return cleaned


class SignUpForm(SpamTrap, OnceToken, PersonForm):
    """Sign up on the website."""

    submit_label = gettext_lazy("Aanmelden")


class ContributionForm(PortalForm):
    """What somebody thinks about this moment's question; made for the questions that it asks."""

    submit_label = gettext_lazy("Versturen")
    # The question of the moment is the label, and it may be long.
    error_texts = {
        "choice": {"required": gettext_lazy("Kies een antwoord")},
        "text": {"required": gettext_lazy("Vul een antwoord in")},
    }

    choice = forms.ChoiceField(widget=forms.RadioSelect)
    text = forms.CharField(max_length=3000, widget=forms.Textarea(attrs={"rows": 6}))
    theme = forms.TypedChoiceField(label=gettext_lazy("Waar gaat het vooral over?"), required=False, empty_value=None)

    def __init__(self, *args: Any, moment: Moment, **kwargs: Any) -> None:
        self.moment = moment
        super().__init__(*args, **kwargs)
        if moment.choice_question:
            self.fields["choice"].label = moment.choice_question
            self.fields["choice"].choices = [(choice, choice) for choice in moment.choice_list]
        else:
            del self.fields["choice"]
        if moment.question:
            self.fields["text"].label = moment.question
            self.fields["text"].help_text = _("Noem geen namen of adressen van anderen.")
            self.fields["text"].required = not moment.choice_question
        else:
            del self.fields["text"]
        for name in ("choice", "text"):
            if name in self.fields:
                self.prepare(name, self.fields[name])
        themes = {str(theme.pk): theme for theme in Theme.objects.choosable()}
        self.fields["theme"].choices = [("", _("Geen keuze")), *((k, theme.label) for k, theme in themes.items())]
        self.fields["theme"].coerce = themes.__getitem__

    def words(self) -> Words:
        """What was said."""
        answers = self.cleaned_data
        return Words(text=answers.get("text", ""), choice=answers.get("choice", ""), theme=answers.get("theme") or None)


class OnlineContributionForm(SpamTrap, OnceToken, ContributionForm):
    """On the website: anonymous, with an address only for who wants to hear back."""

    files = FilesField(
        label=gettext_lazy("Foto"),
        help_text=gettext_lazy(
            "Eén foto van 10 MB of minder (JPG, PNG, HEIC of WEBP). De plaats waar u haar maakte, halen wij eruit."
        ),
        required=False,
        max_files=1,
        photos_only=True,
    )
    email = EmailField(
        label=gettext_lazy("Wilt u horen wat wij ermee doen? Vul dan uw e-mailadres in"),
        help_text=gettext_lazy("U krijgt een e-mail om dat te bevestigen. Meedoen kan ook zonder."),
        required=False,
    )
    field_order = ["choice", "text", "theme", "files", "email"]

    @property
    def photo(self) -> StoredFile | None:
        """The photo, if one was sent."""
        files = list(self.cleaned_data["files"])
        return files[0] if files else None


class FollowForm(SpamTrap, PortalForm):
    """News of one project: only an e-mail address."""

    submit_label = gettext_lazy("Volgen")

    email = EmailField(
        label=gettext_lazy("Uw e-mailadres"), help_text=gettext_lazy("Wij sturen u een link om te bevestigen.")
    )
    frequency = forms.ChoiceField(
        label=gettext_lazy("Hoe vaak wilt u nieuws?"),
        choices=HOW_OFTEN,
        initial=Frequency.WEEKLY,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["frequency"].hide_optional = True

    def clean_frequency(self) -> str:
        """Who does not choose gets it weekly."""
        return self.cleaned_data["frequency"] or Frequency.WEEKLY.value

    @property
    def chosen(self) -> dict[str, str]:
        """Who wants the news, how often and in which language, for the workflow."""
        answers = {name: self.cleaned_data[name] for name in ("email", "frequency")}
        return {**answers, "language": get_language() or "nl"}


class FollowPointForm(FollowForm):
    """News of every project within some distance of a place on the map; the place itself is in the address."""

    radius = forms.TypedChoiceField(label=gettext_lazy("Hoe ver daar omheen?"), choices=RADII, coerce=int, initial=1000)

    field_order = ["radius", "email", "frequency"]


class FollowAreaForm(FollowForm):
    """News of every project near you: of a wijk or buurt, or within some distance of a postcode."""

    WIJK, BUURT = "wijk", "buurt"

    area = forms.ChoiceField(label=gettext_lazy("Welke wijk of buurt?"), required=False)
    postcode = PostcodeField(
        label=gettext_lazy("Of: rond welke postcode?"),
        required=False,
        help_text=gettext_lazy("Wij bewaren de postcode en het midden van de buurt, niet uw adres."),
    )
    radius = forms.TypedChoiceField(
        label=gettext_lazy("Hoe ver daar omheen?"), choices=RADII, coerce=int, required=False, empty_value=1000
    )

    field_order = ["area", "postcode", "radius", "email", "frequency"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("area", "postcode", "radius"):
            self.fields[name].hide_optional = True
        wijken = Wijk.objects.current().without_geometry()
        buurten = Buurt.objects.current().without_geometry()
        self.fields["area"].choices = [
            ("", _("Kies een wijk of buurt")),
            (_("Wijken"), [(f"{self.WIJK}-{wijk.pk}", str(wijk)) for wijk in wijken]),
            (_("Buurten"), [(f"{self.BUURT}-{buurt.pk}", str(buurt)) for buurt in buurten]),
        ]

    def clean(self) -> dict[str, Any] | None:
        """One of the two says where."""
        cleaned = super().clean()
        chosen = [bool(self.cleaned_data.get(name)) for name in ("area", "postcode")]
        if not {"area", "postcode"} & set(self.errors) and not any(chosen):
            self.add_error("area", _("Kies een wijk of buurt, of vul een postcode in"))
        if all(chosen):
            self.add_error("area", _("Kies een wijk of buurt, of vul een postcode in: niet allebei"))
        return cleaned

    @property
    def chosen_area(self) -> Wijk | Buurt | None:
        """The wijk or buurt that was chosen."""
        kind, _dash, number = self.cleaned_data["area"].partition("-")
        model = {self.WIJK: Wijk, self.BUURT: Buurt}.get(kind)
        return model.objects.get(pk=int(number)) if model else None


class ScoreForm(PortalForm):
    """At most three questions, each from 1 to 5; all of them may be left open."""

    submit_label = gettext_lazy("Versturen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scale = [("5", _("5: ja, helemaal")), ("4", "4"), ("3", "3"), ("2", "2"), ("1", _("1: nee, helemaal niet"))]
        for name, words in QUESTIONS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=words, choices=scale, widget=forms.RadioSelect, coerce=int, empty_value=None, required=False
            )
            self.prepare(name, self.fields[name])
            # The introduction says that a sentence may be left out.
            self.fields[name].hide_optional = True

    def clean(self) -> dict[str, Any] | None:
        """One answer is enough."""
        cleaned = super().clean()
        if not self.errors and not any(self.cleaned_data.values()):
            raise ValidationError(_("Geef bij een of meer zinnen een cijfer."))
        return cleaned
