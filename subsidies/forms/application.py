"""The questions of an application under one version of a scheme: for applicants, and for staff who write it down."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar, cast

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared import municipality
from shared.documents.forms import FilesField, token
from shared.documents.models import StoredFile
from shared.themes.models import Theme
from shared.ui.fields import EmailField, EuroField, HouseNumberField, PhoneField, PostcodeField, SplitDateField
from shared.ui.forms import PortalForm, Row, Section
from shared.ui.notations import euro_text
from shared.ui.spam import SpamTrap, opened_now
from shared.wijken.lookup import propose
from shared.wijken.models import Buurt
from subsidies import completeness
from subsidies.enums import ApplicantKind, SupportMode
from subsidies.forms import limits
from subsidies.forms.costs import AMOUNT, WHAT, CostsField
from subsidies.models import SchemeVersion
from subsidies.questions import (
    BY_EMAIL,
    FILES,
    LABELS,
    LABELS_BY_MODE,
    LEGALLY_NEEDED,
    WAYS,
    asked_by,
    label,
)
from subsidies.workflow.apply import Answers
from subsidies.workflow.drafts import KEPT_FILES

LONGEST_ANSWER = 20_000
MOST_FILES = 8
# The inputs that come in more than once.
SEVERAL = (*KEPT_FILES.values(), WHAT, AMOUNT)
SUPPORT_HELP = {
    SupportMode.LETTERS: gettext_lazy("Stuur de berichten van buren mee, of schrijf op wat zij zeggen."),
    SupportMode.POLL: gettext_lazy("Bijvoorbeeld: wij deden een briefje in elke bus, met een vraag en een code."),
}
YES_NO = [("ja", gettext_lazy("Ja")), ("nee", gettext_lazy("Nee"))]


def _number() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "class": "portal-width-8"})


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ApplicationQuestions(PortalForm):
    """The whole application on one page; a scheme leaves out what it does not need.

    `lenient` is for who sends it as it is: only what the law needs is asked for, and the rules of the scheme wait for
    the reviewer. `answers_given()` gives what the workflow takes; the files are in `cleaned_data["files"]`.
    """

    submit_label = gettext_lazy("Controleer uw aanvraag")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "title": {"required": gettext_lazy("Geef uw plan een naam")},
        "what": {"required": gettext_lazy("Vertel wat u gaat doen")},
        "benefit": {"required": gettext_lazy("Vertel voor wie het is en wat er beter wordt")},
        "starts_on": {"required": gettext_lazy("Vul in wanneer u het doet")},
        "asked_amount": {"required": gettext_lazy("Vul in welk bedrag u vraagt")},
        "name": {"required": gettext_lazy("Vul uw naam in")},
        "supporters_count": {"required": gettext_lazy("Vul in hoeveel buren meedoen")},
        "supporters_pro": {"required": gettext_lazy("Vul in hoeveel buren vóór uw plan zijn")},
        "support_list": {"required": gettext_lazy("Kies de lijst met buren")},
        "support": {"required": gettext_lazy("Vertel wie er meedoet")},
        "category": {"required": gettext_lazy("Kies wat voor activiteit het is")},
        "files": {"required": gettext_lazy("Kies een offerte of andere bijlage")},
    }

    title = forms.CharField(max_length=120)
    what = forms.CharField(
        help_text=gettext_lazy(
            "Vertel het gewoon, in uw eigen woorden. Vroeg u dit al eens aan en kreeg u toen geen geld? Schrijf dan "
            "ook wat er nu anders is."
        ),
        max_length=3000,
        widget=_area(6),
    )
    benefit = forms.CharField(max_length=1500, widget=_area(4))
    category = forms.ChoiceField(widget=forms.RadioSelect, required=False)
    everybody_welcome = forms.TypedChoiceField(
        choices=YES_NO, widget=forms.RadioSelect, required=False, empty_value=None, coerce=lambda value: value == "ja"
    )
    theme = forms.TypedChoiceField(required=False, empty_value=None)
    buurt = forms.TypedChoiceField(
        required=False,
        empty_value=None,
        help_text=gettext_lazy("Is het in uw eigen buurt? Dan hoeft u niets te kiezen."),
    )
    place = forms.CharField(
        help_text=gettext_lazy("Bijvoorbeeld: het veldje achter de school."), max_length=120, required=False
    )
    starts_on = SplitDateField()
    ends_on = SplitDateField(required=False)
    supporters_count = forms.IntegerField(min_value=0, max_value=100_000, required=False, widget=_number())
    supporters_pro = forms.IntegerField(min_value=0, max_value=100_000, required=False, widget=_number())
    supporters_con = forms.IntegerField(min_value=0, max_value=100_000, required=False, widget=_number())
    supporters_neutral = forms.IntegerField(min_value=0, max_value=100_000, required=False, widget=_number())
    support_list = FilesField(
        help_text=gettext_lazy(
            "Een foto of scan is goed. Alleen wie uw aanvraag behandelt, ziet de lijst. Na het besluit vernietigen wij "
            "haar; de aantallen bewaren wij."
        ),
        required=False,
        max_files=MOST_FILES,
    )
    support = forms.CharField(
        help_text=gettext_lazy("Bijvoorbeeld: ik belde aan in de straat, twaalf gezinnen komen."),
        max_length=1000,
        widget=_area(3),
        required=False,
    )
    proof = FilesField(required=False, max_files=MOST_FILES)
    costs = CostsField(
        help_text=gettext_lazy("Een schatting is goed. Schrijf elk ding op een eigen regel, met btw."),
    )
    asked_amount = EuroField()
    own_money = EuroField(required=False)
    own_hours = forms.IntegerField(min_value=0, max_value=100_000, required=False, widget=_number())
    own_goods = forms.CharField(
        help_text=gettext_lazy("Bijvoorbeeld: gereedschap, of de zaal van de kerk."), max_length=300, required=False
    )
    other_funds = forms.CharField(max_length=500, required=False, widget=_area(2))
    public_space = forms.TypedChoiceField(
        choices=YES_NO, widget=forms.RadioSelect, required=False, empty_value=None, coerce=lambda value: value == "ja"
    )
    permits = forms.CharField(
        help_text=gettext_lazy("Bijvoorbeeld om de straat af te zetten. Weet u het niet? Schrijf dat dan op."),
        max_length=500,
        required=False,
        widget=_area(2),
    )
    upkeep = forms.CharField(
        help_text=gettext_lazy("Alleen als er iets blijft staan, zoals een bankje of plantenbak."),
        max_length=500,
        required=False,
        widget=_area(2),
    )
    files = FilesField(required=False, max_files=MOST_FILES)
    withheld = forms.CharField(
        help_text=gettext_lazy(
            "Dat mag, als u een goede reden heeft om het voor u te houden. Schrijf op wat, en waarom. "
            "Sla die vraag dan over en verstuur uw aanvraag zoals zij is."
        ),
        max_length=500,
        required=False,
        widget=_area(2),
    )
    applicant_kind = forms.ChoiceField(widget=forms.RadioSelect, required=False)
    organisation = forms.CharField(max_length=120, required=False)
    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    postcode = PostcodeField()
    house_number = HouseNumberField()
    street = forms.CharField(
        max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "address-line1"})
    )
    town = forms.CharField(
        max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    email = EmailField(
        help_text=gettext_lazy("Heeft u geen e-mail? Vul dan uw telefoonnummer in. Wij sturen u dan brieven."),
        required=False,
    )
    phone = PhoneField(required=False)
    by_email = forms.TypedChoiceField(
        choices=WAYS,
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
        coerce=lambda value: value == BY_EMAIL,
        help_text=gettext_lazy("U kunt dit later veranderen op de pagina van uw aanvraag."),
    )
    co_applicants = forms.CharField(
        help_text=gettext_lazy("Schrijf van ieder de naam en het adres op een eigen regel."),
        max_length=500,
        required=False,
        widget=_area(3),
    )
    shows_result = forms.BooleanField(
        help_text=gettext_lazy("Uw naam en adres komen nooit op de website."), required=False
    )

    def __init__(self, *args: Any, version: SchemeVersion, lenient: bool = False, **kwargs: Any) -> None:
        self.version, self.lenient = version, lenient
        self.caps = {cap.name: cap.maximum_amount for cap in version.category_caps.all()}
        super().__init__(*args, **kwargs)
        self._leave_out()
        self._offer()
        self._require()

    def clean(self) -> dict[str, Any] | None:
        """There must be a way to answer; the rules of the scheme hold, unless it is sent as it is."""
        cleaned = super().clean()
        answers = self.cleaned_data
        starts_on, ends_on = answers.get("starts_on"), answers.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("Kies een laatste dag die na de eerste dag ligt"))
        if ends_on and not starts_on and "starts_on" not in self.errors:
            self.add_error("starts_on", _("Vul ook de eerste dag in"))
        if self.lenient:
            return cleaned
        self._check_reach(answers)
        self._check_rules(answers)
        return cleaned

    def _check_reach(self, answers: dict[str, Any]) -> None:
        """How we answer is said; a way that needs an address has one (Awb article 2:8)."""
        if not {"email", "phone"} & set(self.errors) and not (answers.get("email") or answers.get("phone")):
            self.add_error("email", _("Vul uw e-mailadres of uw telefoonnummer in"))
        elif answers.get("phone") and not answers.get("email") and not answers.get("street"):
            self.add_error("street", _("Vul uw straat in. Zonder e-mailadres sturen wij u brieven"))
        if answers.get("email") and answers.get("by_email") is None and "by_email" not in self.errors:
            self.add_error("by_email", _("Kies hoe u onze berichten wilt krijgen"))
        elif answers.get("by_email") and not answers.get("email") and "email" not in self.errors:
            self.add_error("email", _("Vul uw e-mailadres in, of kies voor berichten op papier"))
        elif answers.get("by_email") is False and not answers.get("street") and "street" not in self.errors:
            self.add_error("street", _("Vul uw straat in. Daarheen sturen wij u brieven"))

    def _check_rules(self, answers: dict[str, Any]) -> None:
        wants_proof = completeness.asks_proof(answers.get("asked_amount"), self.version)
        if wants_proof and not answers.get("proof") and "proof" not in self.errors:
            text = _("Stuur bewijs mee dat uw buren het willen. Lukt dat nu niet? Verstuur zoals het is")
            self.add_error("proof", text)
        if not answers.get("buurt") and propose(answers.get("postcode") or "").outside and "buurt" not in self.errors:
            self.add_error("buurt", _("Kies in welke buurt u het doet. Uw eigen postcode ligt niet in onze gemeente"))
        for name, text in limits.problems(answers, self.version, self.caps):
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, text)

    def answers_given(self) -> Answers:
        """What the workflow takes."""
        known = {name: value for name, value in self.cleaned_data.items() if name in Answers.__dataclass_fields__}
        known["house_number"] = str(known["house_number"] or "")
        known["own_money"] = known.get("own_money") or Decimal(0)
        known["own_hours"] = known.get("own_hours") or 0
        known["applicant_kind"] = known.get("applicant_kind") or ApplicantKind.RESIDENT
        # Who did not say so is not written to by e-mail (Awb article 2:8).
        known["by_email"] = bool(known.get("by_email"))
        known["town"] = known["town"] or municipality.current().name
        return Answers(**known)

    def files_given(self) -> dict[str, list[StoredFile]]:
        """The files by what they are for."""
        return {purpose: self.cleaned_data.get(name, []) for name, purpose in FILES.items()}

    def _leave_out(self) -> None:
        """Only what this scheme asks, in the order that every form of it has."""
        sections = asked_by(self.version, has_caps=bool(self.caps))
        asked = {name for _heading, names in sections for name in names}
        for name in set(LABELS) - asked:
            del self.fields[name]
        self.layout = [Section(heading, *_in_rows(names)) for heading, names in sections]

    def _require(self) -> None:
        needed = {
            "category": bool(self.caps),
            "supporters_count": bool(self.version.support_minimum),
            "supporters_pro": bool(self.version.support_minimum),
            "support_list": completeness.asks_list(self.version),
            "support": bool(self.version.support_minimum) and self.version.support_mode == SupportMode.LETTERS,
            "files": self.version.attachments_required,
        }
        for name, field in self.fields.items():
            if self.lenient:
                field.required = name in LEGALLY_NEEDED
            elif needed.get(name):
                field.required = True
        # Of the address to write to and the number to call one is needed; the other two are filled in already.
        for name in {"email", "phone", "by_email", "town", "applicant_kind"} & set(self.fields):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]

    def _offer(self) -> None:
        """Themes, buurten, activities and kinds of applicants to choose from."""
        if "category" in self.fields:
            other = _("iets anders")
            self._choices("category", [*((name, name) for name in self.caps), (other, other)])
        if "applicant_kind" in self.fields:
            labels = dict(ApplicantKind.choices)
            self._choices("applicant_kind", [(kind, labels[kind]) for kind in self.version.applicant_kinds])
            self.fields["applicant_kind"].initial = self.version.applicant_kinds[0]
        self._word_support(SupportMode(self.version.support_mode))
        if "proof" in self.fields:
            words = _(
                "Alleen nodig als u meer vraagt dan %(amount)s. Bijvoorbeeld handtekeningen of berichten van buren."
            )
            self.fields["proof"].help_text = words % {"amount": euro_text(self.version.extra_proof_above)}
        themes = {str(theme.pk): theme for theme in Theme.objects.choosable()}
        self._choices("theme", [("", _("Kies een thema")), *((key, one.label) for key, one in themes.items())], themes)
        found = Buurt.objects.current().select_related("wijk").only("code", "name", "wijk__code", "wijk__short_name")
        buurten = {str(buurt.pk): buurt for buurt in found.order_by("wijk__code", "code")}
        self._choices("buurt", [("", _("In mijn eigen buurt")), *_by_wijk(buurten)], buurten)
        self.fields["town"].initial = municipality.current().name

    def _word_support(self, mode: SupportMode) -> None:
        """Questions about neighbours, in the words of the proof that this scheme asks."""
        for name in set(LABELS_BY_MODE) & set(self.fields):
            self.fields[name].label = label(name, self.version)
        if "support" in self.fields and mode in SUPPORT_HELP:
            self.fields["support"].help_text = str(SUPPORT_HELP[mode])
        first = "support_list" if "support_list" in self.fields else "supporters_pro"
        if self.version.addresses_by_staff and first in self.fields:
            words = _("Bel ons voordat u begint: wij zeggen bij welke adressen u langsgaat.")
            self.fields[first].help_text = f"{words} {self.fields[first].help_text}".strip()

    def _choices(self, name: str, choices: Iterable[Any], records: dict[str, Any] | None = None) -> None:
        """One query gives both what is shown and what an answer stands for."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
        if records is not None and isinstance(field, forms.TypedChoiceField):
            field.coerce = records.__getitem__


for _name, _field in ApplicationQuestions.base_fields.items():
    _field.label = LABELS[_name]


class ApplicationForm(SpamTrap, ApplicationQuestions):
    """The form on the website; what was typed can be kept as a draft, right or wrong."""

    # The plan that this application was started from; see views.from_plan.
    plan = forms.CharField(required=False, widget=forms.HiddenInput, max_length=300)

    @classmethod
    def from_answers(
        cls, answers: dict[str, Any], *, version: SchemeVersion, blame: bool = False, lenient: bool = False
    ) -> "ApplicationForm":
        """The form as it was left. Without `blame` it does not tell yet what is wrong or missing."""
        data = QueryDict(mutable=True)
        for name, value in answers.items():
            data.setlist(name, value if name in SEVERAL else [value])
        # What was taken over from a plan was never on a screen: it is opened now.
        data.setdefault("opened", opened_now())
        form = cls(data, version=version, lenient=lenient)
        if not blame:
            form._errors = ErrorDict()
        return form

    def answers(self) -> dict[str, Any]:
        """Everything typed and chosen, as it must come back: one text, or a list where there are more."""
        typed = cast("QueryDict", self.data)
        kept: dict[str, Any] = {}
        for key in filter(self._is_answer, typed):
            values = [value.replace("\x00", "")[:LONGEST_ANSWER] for value in typed.getlist(key)]
            kept[key] = values if key in SEVERAL else values[-1]
        for name, received in self._received.items():
            if received:
                kept[KEPT_FILES[name]] = [token(stored) for stored in received]
        return kept

    @property
    def received(self) -> list[StoredFile] | None:
        """The files so far, the good ones among wrong ones too; None before the form was read."""
        every = self._received.values()
        return None if None in every else [stored for received in every for stored in received or ()]

    @property
    def _received(self) -> dict[str, list[StoredFile] | None]:
        """The files by question."""
        return {name: field.received for name, field in self.fields.items() if isinstance(field, FilesField)}

    def forget_errors_except(self, *names: str) -> bool:
        """Tell only what is wrong with these answers; true when nothing is."""
        for name in set(self.errors) - set(names):
            del self.errors[name]
        return not self.errors

    def _is_answer(self, key: str) -> bool:
        if key in KEPT_FILES.values():
            return self.received is None
        return key in SEVERAL or (
            key != "homepage" and (key in self.fields or key.rpartition("_")[0] in ("starts_on", "ends_on"))
        )


def _in_rows(names: list[str]) -> list[Any]:
    """Postcode and house number beside each other."""
    return [Row("postcode", "house_number") if name == "postcode" else name for name in names if name != "house_number"]


def _by_wijk(buurten: dict[str, Buurt]) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, buurt in buurten.items():
        groups.setdefault(str(buurt.wijk), []).append((key, buurt.name))
    return groups.items()
