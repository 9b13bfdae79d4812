"""What the register asks about a project, when it is new and when it changes."""

from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from participation.enums import FIRST_PHASES, PHASE_ORDER, BudgetBand, DecidingBody, PhaseKind, ProjectKind
from participation.models import Alderman, Project
from participation.policies import is_manager
from participation.workflow import Details, Planned
from shared.accounts.enums import Role
from shared.accounts.models import Department, User
from shared.accounts.policies import assignments_of, has_role
from shared.review.forms import StepForm, long_text
from shared.terms.calendar import today
from shared.themes.models import Theme
from shared.ui.fields import EmailField, PhoneField, SplitDateField
from shared.ui.forms import PortalForm, PortalFormMixin, Section
from shared.ui.once import OnceToken
from shared.wijken.models import Buurt, Wijk

T = gettext_lazy
ABOUT = ("title", "summary", "kind", "themes")
WHO = ("department", "lead", "alderman", "deciding_body", "budget_band")
WHERE = ("wijken", "buurten", "place", "latitude", "longitude")
CONTACT = ("contact_name", "contact_phone", "contact_email")


class ProjectQuestions(PortalFormMixin, forms.Form):
    """The questions of the register."""

    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "title": {"required": T("Geef het project een titel")},
        "summary": {"required": T("Vertel in een paar zinnen wat er gaat gebeuren")},
        "department": {"required": T("Kies een afdeling")},
        "started_on": {"required": T("Vul in wanneer het project is begonnen")},
    }

    title = forms.CharField(label=T("Hoe heet het project?"), max_length=120)
    summary = long_text(
        T("Wat gaat er gebeuren?"), rows=4, most=1500, help_text=T("In gewone taal. Dit komt op de website.")
    )
    kind = forms.ChoiceField(label=T("Wat is het?"), choices=ProjectKind, widget=forms.RadioSelect)
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label=T("Waar gaat het over?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    department = forms.ModelChoiceField(
        Department.objects.none(), label=T("Welke afdeling?"), empty_label=T("Kies een afdeling")
    )
    lead = forms.ModelChoiceField(
        User.objects.none(), label=T("Wie leidt het?"), required=False, empty_label=T("Nog niemand")
    )
    alderman = forms.ModelChoiceField(
        Alderman.objects.none(), label=T("Welke portefeuillehouder?"), required=False, empty_label=T("Nog niet bekend")
    )
    deciding_body = forms.ChoiceField(label=T("Wie beslist uiteindelijk?"), choices=DecidingBody)
    budget_band = forms.ChoiceField(label=T("Hoeveel geld gaat erin om?"), choices=BudgetBand)
    wijken = forms.ModelMultipleChoiceField(
        Wijk.objects.none(),
        label=T("In welke wijken?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=T("Niets gekozen: het gaat over de hele gemeente."),
    )
    buurten = forms.ModelMultipleChoiceField(
        Buurt.objects.none(),
        label=T("Alleen in deze buurten?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place = forms.CharField(label=T("Straat of plek"), max_length=120, required=False)
    latitude = forms.DecimalField(
        label=T("Breedtegraad van het punt op de kaart"),
        max_digits=8,
        decimal_places=6,
        min_value=50,
        max_value=54,
        required=False,
        localize=False,
        help_text=T("Bijvoorbeeld 51.8447."),
    )
    longitude = forms.DecimalField(
        label=T("Lengtegraad"),
        max_digits=8,
        decimal_places=6,
        min_value=3,
        max_value=8,
        required=False,
        help_text=T("Bijvoorbeeld 4.6412."),
    )
    started_on = SplitDateField(
        label=T("Wanneer is het begonnen?"), help_text=T("Vanaf deze dag telt de tijd voor de check.")
    )
    contact_name = forms.CharField(
        label=T("Wie kunnen inwoners bellen?"), max_length=120, required=False, help_text=T("Een naam of een functie.")
    )
    contact_phone = PhoneField(label=T("Telefoon voor inwoners"), required=False)
    contact_email = EmailField(label=T("E-mailadres voor inwoners"), required=False)

    def offer(self, user: User, project: Project | None = None) -> None:
        """The choices that this person has."""
        departments = Department.objects.all()
        if not (is_manager(user) or has_role(user, Role.COORDINATOR)):
            held = [a.department_id for a in assignments_of(user) if a.department_id]
            departments = departments.filter(pk__in=[*held, *([project.department_id] if project else [])])
        leads = User.objects.active_in_role(Role.PROJECT_LEAD)
        if project and project.lead_id:
            leads = (leads | User.objects.filter(pk=project.lead_id)).distinct()
        self.fields["department"].queryset = departments
        self.fields["lead"].queryset = leads
        self.fields["alderman"].queryset = Alderman.objects.filter(active=True)
        self.fields["themes"].queryset = Theme.objects.filter(active=True)
        self.fields["wijken"].queryset = Wijk.objects.current().without_geometry()
        self.fields["buurten"].queryset = Buurt.objects.current().without_geometry().select_related("wijk")

    def clean(self) -> dict[str, Any]:
        """A point has two numbers; a buurt lies in a wijk that was chosen; a start cannot lie far ahead."""
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            self.add_error("longitude", T("Vul de breedtegraad en de lengtegraad allebei in, of geen van beide."))
        wijken = {wijk.pk for wijk in cleaned.get("wijken") or []}
        if any(buurt.wijk_id not in wijken for buurt in cleaned.get("buurten") or []):
            self.add_error("buurten", T("Kies ook de wijk waarin deze buurt ligt"))
        return cleaned

    @property
    def details(self) -> Details:
        """The answers for the workflow."""
        given = self.cleaned_data
        lists = {name: list(given[name]) for name in ("wijken", "buurten", "themes")}
        names = (*ABOUT[:3], *WHO, "place", "latitude", "longitude", "started_on", *CONTACT)
        return Details(**{name: given[name] for name in names}, **lists)


def planning_fields() -> dict[str, forms.Field]:
    """When each phase is planned, and which there will be."""
    found: dict[str, forms.Field] = {}
    for kind in PHASE_ORDER:
        found[f"{kind}_on"] = forms.BooleanField(label=PhaseKind(kind).label, required=False)
        label = PhaseKind(kind).label
        found[f"{kind}_from"] = SplitDateField(label=format_lazy("{}: {}", label, T("vanaf")), required=False)
        found[f"{kind}_to"] = SplitDateField(label=format_lazy("{}: {}", label, T("tot en met")), required=False)
    return found


class PlanningMixin:
    """The phases with their planned dates."""

    def add_planning(self, project: Project | None = None) -> None:
        """The questions, with what is known."""
        known = {phase.kind: phase for phase in project.phases.all()} if project else {}
        for name, question in planning_fields().items():
            self.fields[name] = question  # type: ignore[attr-defined]
            question.hide_optional = True  # type: ignore[attr-defined]
            self.prepare(name, question)  # type: ignore[attr-defined]
        for kind in PHASE_ORDER:
            phase = known.get(kind)
            values = (phase is not None or project is None, phase and phase.planned_from, phase and phase.planned_to)
            for suffix, value in zip(("on", "from", "to"), values, strict=True):
                self.initial.setdefault(f"{kind}_{suffix}", value)  # type: ignore[attr-defined]

    def read_planning(self, cleaned: dict[str, Any]) -> list[Planned]:
        """The phases that were chosen, or that have a date; wrong orders are errors."""
        found: list[Planned] = []
        last = None
        for kind in PHASE_ORDER:
            begin, end = cleaned.get(f"{kind}_from"), cleaned.get(f"{kind}_to")
            if not (cleaned.get(f"{kind}_on") or begin or end):
                continue
            if begin and end and end < begin:
                self.add_error(f"{kind}_to", T("De laatste dag van een fase kan niet vóór de eerste dag liggen."))  # type: ignore[attr-defined]
            if begin and last and begin < last:
                self.add_error(f"{kind}_from", T("Deze fase begint vóór de vorige fase. Kijk de dagen na"))  # type: ignore[attr-defined]
            last = begin or last
            found.append(Planned(kind, begin, end))
        return found

    @property
    def planning_rows(self) -> list[dict[str, Any]]:
        """The phases for the page."""
        return [
            {"label": kind.label, "fields": [self[f"{kind}_{part}"] for part in ("on", "from", "to")]}  # type: ignore[index]
            for kind in PHASE_ORDER
        ]


class RegisterForm(OnceToken, PlanningMixin, ProjectQuestions, PortalForm):
    """A new project."""

    submit_label = T("Project aanmelden")
    layout: ClassVar[list[Any]] = [
        Section(T("Waar gaat het over?"), *ABOUT),
        Section(T("Wie doet wat?"), *WHO),
        Section(T("Waar?"), *WHERE),
        Section(T("Contact voor inwoners"), *CONTACT),
        Section(T("Hoe ver is het?"), "started_on", "phase"),
    ]

    phase = forms.ChoiceField(
        label=T("In welke fase is het nu?"),
        choices=[(kind.value, kind.label) for kind in FIRST_PHASES],
        widget=forms.RadioSelect,
        initial=PhaseKind.IDEA,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        known: dict[str, Any] = {"started_on": today(), "kind": ProjectKind.PROJECT}
        known |= {"deciding_body": DecidingBody.EXECUTIVE, "budget_band": BudgetBand.UNKNOWN}
        if has_role(user, Role.PROJECT_LEAD):
            known["lead"] = user
        kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.offer(user)
        departments = list(self.fields["department"].queryset[:2])
        if len(departments) == 1:
            self.initial.setdefault("department", departments[0])
        self.add_planning()
        # The planning has a part of the page of its own.
        self.helper.render_unmentioned_fields = False
        self.helper.render_hidden_fields = True

    def clean(self) -> dict[str, Any]:
        """The planning too."""
        cleaned = super().clean()
        self.planning = self.read_planning(cleaned)
        return cleaned


class ChangeForm(ProjectQuestions, StepForm):
    """What the register says, changed."""

    step_template = "admin/participation/project/_details_questions.html"

    def __init__(self, *args: Any, case: Project, user: User, **kwargs: Any) -> None:
        names = (*ABOUT[:3], *WHO, "place", "latitude", "longitude", "started_on", *CONTACT)
        known = {name: getattr(case, name) for name in names}
        known |= {name: list(getattr(case, name).all()) for name in ("wijken", "buurten", "themes")}
        kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, case=case, user=user, **kwargs)
        self.fields["started_on"].help_text = T(
            "Kiest u een eerdere dag, dan moet de check eerder klaar zijn. Een latere dag geeft niet meer tijd."
        )
        self.offer(user, case)

    def typed(self) -> dict[str, Any]:
        """Lists of records as the numbers that the page would send."""
        found = super().typed()
        for name in ("wijken", "buurten", "themes"):
            found[name] = [getattr(each, "pk", each) for each in found[name] or []]
        return found

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The questions for the page."""
        parts = [
            (T("Waar gaat het over?"), ABOUT),
            (T("Wie doet wat?"), WHO),
            (T("Waar?"), WHERE),
            (T("Contact voor inwoners"), CONTACT),
            (T("Begin"), ("started_on",)),
        ]
        return [{"title": title, "fields": [self[name] for name in names]} for title, names in parts]


class PlanForm(PlanningMixin, StepForm):
    """Which phases there will be, and when."""

    step_template = "admin/participation/project/_planning_questions.html"

    def __init__(self, *args: Any, case: Project, user: User, **kwargs: Any) -> None:
        super().__init__(*args, case=case, user=user, **kwargs)
        self.add_planning(case)

    def clean(self) -> dict[str, Any]:
        """The planning in the order of the phases."""
        cleaned = super().clean() or self.cleaned_data
        self.planning = self.read_planning(cleaned)
        return cleaned
