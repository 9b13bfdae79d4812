"""The questions about a plan and its initiator: one form for residents, and for staff who write it down for them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from crispy_forms.layout import LayoutObject
from django import forms
from django.forms.utils import ErrorDict
from django.forms.widgets import ChoiceWidget
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.enums import HelpKind
from initiatives.models.draft import KEPT_FILES
from initiatives.workflow import Initiator, Plan
from shared.documents.forms import FilesField, token
from shared.documents.models import StoredFile
from shared.themes.models import Theme
from shared.ui.fields import EmailField, EuroField, HouseNumberField, PhoneField, PostcodeField, SplitDateField
from shared.ui.forms import PortalForm, Row, Section
from shared.ui.once import OnceToken
from shared.ui.spam import SpamTrap
from shared.wijken.models import Buurt

# What a resident can ever type in one answer; longer is not a person, and is cut before it is kept.
LONGEST_ANSWER = 20_000
MOST_FILES = 5
HIGHEST_AMOUNT = Decimal(1_000_000)
# Later is a typing error.
FURTHEST_YEARS = 10
# The questions with more than one answer.
SEVERAL = (KEPT_FILES, "help_wanted")


class AreaRadio(ChoiceWidget):
    """Radio buttons of buurten, below the name of their wijk, in one template."""

    input_type = "radio"
    template_name = "initiatives/widgets/areas.html"
    use_fieldset = True

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The group has no label of its own; each button has, and the error summary leads to the first."""
        return "" if index is None else super().id_for_label(id_, "0" if index == "0_0" else index)


class AreaTools(LayoutObject):
    """Ways to find the buurt: by postcode, or on a map. Buttons, so that they work without a script."""

    fields: tuple[str, ...] = ()

    def render(self, form: Any, context: Any, template_pack: str = "nlds", **kwargs: Any) -> SafeString:
        """The buttons and what the last search gave."""
        return render_to_string("initiatives/area_tools.html", {"proposal": form.proposal})


class PlanForm(PortalForm):
    """The whole plan on one page: eight answers are needed, the rest helps.

    `plan()` and `initiator()` give what the workflow takes; the files are in `cleaned_data["files"]`.
    """

    submit_label = gettext_lazy("Controleer uw idee")
    layout = [
        Section(gettext_lazy("Uw idee"), "title", "what", "benefit", "theme"),
        Section(
            gettext_lazy("Waar en wanneer"),
            Row("postcode", "house_number"),
            AreaTools(),
            "buurt",
            "place",
            "planned_on",
        ),
        Section(gettext_lazy("Samen"), "who_joins", "help_wanted", "amount", "files"),
        Section(gettext_lazy("Over u"), "name", "email", "phone", "shows_first_name"),
    ]
    error_texts = {
        "title": {"required": gettext_lazy("Geef uw idee een naam")},
        "what": {"required": gettext_lazy("Vertel wat u wilt doen")},
        "benefit": {"required": gettext_lazy("Vertel voor wie het is en wat er beter wordt")},
        "theme": {"required": gettext_lazy("Kies een thema")},
        "buurt": {"required": gettext_lazy("Kies een buurt")},
        "who_joins": {"required": gettext_lazy("Vertel wie er meedoet")},
        "name": {"required": gettext_lazy("Vul uw naam in")},
    }
    # What the search by postcode gave, in words.
    proposal = ""

    title = forms.CharField(label=gettext_lazy("Hoe heet uw idee?"), max_length=120)
    what = forms.CharField(
        label=gettext_lazy("Wat wilt u doen?"),
        help_text=gettext_lazy("Vertel het gewoon, in uw eigen woorden."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    benefit = forms.CharField(
        label=gettext_lazy("Voor wie is het en wat wordt er beter?"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    theme = forms.TypedChoiceField(
        label=gettext_lazy("Waar gaat uw idee vooral over?"), widget=forms.RadioSelect, empty_value=None
    )
    postcode = PostcodeField(required=False, help_text=gettext_lazy("Van de plek van uw idee, of van uw huis."))
    house_number = HouseNumberField(required=False)
    buurt = forms.TypedChoiceField(
        label=gettext_lazy("In welke buurt is het?"),
        widget=AreaRadio(attrs={"class": "utrecht-radio-button utrecht-radio-button--html-input"}),
        empty_value=None,
    )
    place = forms.CharField(
        label=gettext_lazy("Straat of plek"),
        help_text=gettext_lazy("Bijvoorbeeld: het veldje achter de school."),
        max_length=120,
        required=False,
    )
    planned_on = SplitDateField(
        label=gettext_lazy("Wanneer wilt u het doen?"),
        help_text=gettext_lazy("Weet u het nog niet? Laat het dan leeg."),
        required=False,
    )
    who_joins = forms.CharField(
        label=gettext_lazy("Wie doet er mee?"),
        help_text=gettext_lazy("Bijvoorbeeld: vier gezinnen uit de straat. Bent u nog alleen? Schrijf dat dan op."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    help_wanted = forms.MultipleChoiceField(
        label=gettext_lazy("Waarmee kunnen wij of uw buren helpen?"),
        choices=HelpKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    amount = EuroField(
        label=gettext_lazy("Hoeveel kost het ongeveer?"),
        help_text=gettext_lazy("Alleen als u geld vraagt. Een schatting is genoeg."),
        required=False,
        max_value=HIGHEST_AMOUNT,
    )
    files = FilesField(
        label=gettext_lazy("Foto’s of bestanden"),
        required=False,
        max_files=MOST_FILES,
    )
    name = forms.CharField(
        label=gettext_lazy("Uw naam"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailField(
        label=gettext_lazy("Uw e-mailadres"),
        help_text=gettext_lazy(
            "Met een e-mailadres kunt u uw idee volgen. Heeft u dat niet? Vul dan uw telefoonnummer in."
        ),
        required=False,
    )
    phone = PhoneField(label=gettext_lazy("Uw telefoonnummer"), required=False)
    shows_first_name = forms.BooleanField(
        label=gettext_lazy("Mijn voornaam mag bij het idee staan"),
        help_text=gettext_lazy("Uw andere gegevens ziet niemand, alleen de gemeente."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_themes()
        self._offer_buurten()
        # One of the two is needed, so neither is called "niet verplicht".
        for name in ("email", "phone"):
            self.fields[name].hide_optional = True

    def clean_planned_on(self) -> Any:
        """A plan is still to come."""
        day = self.cleaned_data["planned_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Kies een datum vanaf vandaag, of laat de datum leeg"), code="past")
        if day and day.year > timezone.localdate().year + FURTHEST_YEARS:
            raise forms.ValidationError(
                _("Kies een datum binnen %(years)d jaar, of laat de datum leeg"),
                code="far",
                params={"years": FURTHEST_YEARS},
            )
        return day

    def clean(self) -> dict[str, Any] | None:
        """There must be a way to reach the initiator."""
        cleaned = super().clean()
        typed_contact = {"email", "phone"} & set(self.errors)
        if not typed_contact and not any(self.cleaned_data.get(name) for name in ("email", "phone")):
            self.add_error("email", _("Vul uw e-mailadres of uw telefoonnummer in"))
        return cleaned

    def plan(self) -> Plan:
        """The answers about the plan."""
        answers = self.cleaned_data
        return Plan(
            title=answers["title"],
            what=answers["what"],
            theme=answers["theme"],
            wijk=answers["buurt"].wijk,
            buurt=answers["buurt"],
            benefit=answers["benefit"],
            place=answers["place"],
            planned_on=answers["planned_on"],
            who_joins=answers["who_joins"],
            help_wanted=answers["help_wanted"],
            amount=answers["amount"],
        )

    def initiator(self) -> Initiator:
        """The answers about the person."""
        answers = self.cleaned_data
        return Initiator(
            name=answers["name"],
            email=answers["email"],
            phone=answers["phone"],
            postcode=answers["postcode"],
            house_number=str(answers["house_number"] or ""),
            shows_first_name=answers["shows_first_name"],
        )

    def _offer_themes(self) -> None:
        themes = {str(theme.pk): theme for theme in Theme.objects.choosable()}
        names = [(key, theme.label) for key, theme in themes.items()]
        self._offer("theme", names, themes)

    def _offer_buurten(self) -> None:
        self._offer("buurt", *buurten_to_choose())

    def _offer(self, name: str, choices: list[Any], records: dict[str, Any]) -> None:
        """One query gives both what is shown and what an answer stands for."""
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices, field.coerce = choices, records.__getitem__


class IdeaForm(SpamTrap, PlanForm):
    """The form on the website; what was typed can be kept as a draft, right or wrong."""

    @classmethod
    def from_answers(cls, answers: dict[str, Any], *, blame: bool = False) -> "IdeaForm":
        """The form as it was left. Without `blame` it does not tell yet what is wrong or missing."""
        data = QueryDict(mutable=True)
        for name, value in answers.items():
            data.setlist(name, value if name in SEVERAL else [value])
        form = cls(data)
        if not blame:
            form._errors = ErrorDict()
        return form

    def answers(self) -> dict[str, Any]:
        """Everything typed and chosen, as it must come back: one text, or a list where more can be chosen."""
        typed = cast("QueryDict", self.data)
        kept: dict[str, Any] = {}
        for key in filter(self._is_answer, typed):
            values = [value.replace("\x00", "")[:LONGEST_ANSWER] for value in typed.getlist(key)]
            kept[key] = values if key in SEVERAL else values[-1]
        if self.received:
            kept[KEPT_FILES] = [token(stored) for stored in self.received]
        return kept

    @property
    def received(self) -> list[StoredFile] | None:
        """The files so far, the good ones among wrong ones too; None before the form was read."""
        field = self.fields["files"]
        return field.received if isinstance(field, FilesField) else None

    def forget_errors_except(self, *names: str) -> bool:
        """Tell only what is wrong with these answers; true when nothing is."""
        for name in set(self.errors) - set(names):
            del self.errors[name]
        return not self.errors

    def area_names(self) -> dict[str, str]:
        """The buurten that can be chosen, by the value of their button."""
        return {key: name for _wijk, buurten in self["buurt"].field.choices for key, name in buurten}

    def _is_answer(self, key: str) -> bool:
        if key == KEPT_FILES:
            return self.received is None
        return key != "homepage" and (key in self.fields or key.rpartition("_")[0] in self.fields)


class SendForm(OnceToken, PortalForm):
    """The button below the check page."""

    submit_label = gettext_lazy("Idee versturen")


class LinkForm(SpamTrap, PortalForm):
    """Where to send the way back to a draft."""

    submit_label = gettext_lazy("Stuur mij de link")

    email = EmailField(label=gettext_lazy("Uw e-mailadres"))


def buurten_to_choose() -> tuple[list[tuple[str, list[tuple[str, str]]]], dict[str, Buurt]]:
    """The buurten in force as choices below their wijk, and what each choice stands for; one query."""
    found = Buurt.objects.current().select_related("wijk").only("code", "name", "wijk__code", "wijk__short_name")
    buurten = {str(buurt.pk): buurt for buurt in found.order_by("wijk__code", "code")}
    return list(_by_wijk(buurten)), buurten


def _by_wijk(buurten: dict[str, Buurt]) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """The buurten as choices below their wijk; a wijk of one buurt with the same name says it once."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, buurt in buurten.items():
        groups.setdefault(str(buurt.wijk), []).append((key, buurt.name))
    return groups.items()
