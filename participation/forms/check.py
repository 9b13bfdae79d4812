"""The check as the lead fills it in: kept as far as it goes, with the advice of the rule beside it."""

from typing import Any, ClassVar, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from participation.enums import ChoiceLeft, Impact, LegalDuty, Level, MomentForm, NoneReason, Outcome
from participation.forms.rows import Rows
from participation.models import ParticipationCheck
from participation.policies import current_check
from participation.questions import CHAPTERS, advice_of, missing
from participation.rules import Advice
from participation.workflow.versions import ANSWERS
from shared.review.forms import StepForm, long_text
from shared.ui.fields import EuroField, SplitDateField

T = gettext_lazy
OPEN_YES_NO = ("needs_knowledge", "enough_means", "urgent")
YES_NO = [("True", T("Ja")), ("False", T("Nee"))]
GROUPS = Rows(
    "groep",
    T("Welke groepen hebben er belang bij?"),
    {
        "name": forms.CharField(label=T("Groep"), max_length=120, required=False),
        "interest": forms.CharField(label=T("Welk belang hebben zij?"), max_length=300, required=False),
        "level": forms.ChoiceField(label=T("Niveau"), choices=Level, required=False, initial=Level.INFORM),
        "hard_to_reach": forms.BooleanField(label=T("Moeilijk te bereiken"), required=False),
        "reached_by": forms.CharField(label=T("Hoe bereiken wij hen?"), max_length=300, required=False),
        "partner": forms.CharField(label=T("Wie helpt daarbij?"), max_length=150, required=False),
    },
    key="name",
    one=T("Groep %(n)d"),
    most=8,
    explains=T("Noem groepen, geen namen van mensen. Denk ook aan wie niet vanzelf komt."),
    needs_key=T("Vul de naam van de groep in"),
)
MOMENTS = Rows(
    "moment",
    T("Welke momenten komen er?"),
    {
        "form": forms.ChoiceField(
            label=T("Vorm"), choices=[("", T("Geen moment")), *MomentForm.choices], required=False
        ),
        "about": forms.CharField(label=T("Waarover"), max_length=200, required=False),
        "planned_on": SplitDateField(label=T("Rond welke dag?"), required=False),
    },
    key="form",
    one=T("Moment %(n)d"),
    most=5,
    needs_key=T("Kies de vorm van dit moment"),
)


def _choice(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect, **kwargs)


def _yes_no(label: Any, **kwargs: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        required=False,
        widget=forms.RadioSelect,
        coerce=lambda value: value == "True",
        empty_value=None,
        **kwargs,
    )


class CheckForm(StepForm):
    """Every question may stay open until the check is handed in."""

    step_template = "admin/participation/project/_check_questions.html"
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {}

    legal_duty = _choice(T("Verplicht de wet tot participatie?"), LegalDuty)
    legal_article = forms.CharField(
        label=T("Welke wet, welk artikel?"), max_length=200, required=False, help_text=T("Alleen als de wet iets zegt.")
    )
    law_excludes = forms.BooleanField(label=T("De wet sluit participatie juist uit"), required=False)
    choice_left = _choice(T("Wat valt er nog te kiezen?"), ChoiceLeft)
    fixed = long_text(T("Wat ligt al vast?"), rows=3, required=False)
    open = long_text(T("Wat is nog open?"), rows=3, required=False)
    noticed_by = long_text(T("Wie merkt er iets van?"), rows=2, most=1000, required=False)
    impact = forms.TypedChoiceField(
        label=T("Hoeveel merken zij ervan?"),
        choices=Impact,
        required=False,
        widget=forms.RadioSelect,
        coerce=int,
        empty_value=None,
    )
    area = forms.CharField(label=T("In welk gebied?"), max_length=200, required=False)
    needs_knowledge = _yes_no(T("Weten anderen iets wat wij niet weten?"))
    knowledge = long_text(T("Welke kennis is dat?"), rows=2, most=1000, required=False)
    enough_means = _yes_no(T("Zijn er genoeg tijd, mensen en geld om het goed te doen?"))
    hours = forms.IntegerField(label=T("Hoeveel uren?"), min_value=0, max_value=100_000, required=False)
    budget = EuroField(label=T("Hoeveel geld?"), required=False)
    means = long_text(T("Toelichting"), rows=2, most=1000, required=False)
    urgent = _yes_no(T("Is er spoed, zodat wachten schade doet?"))
    urgency = long_text(T("Waarom?"), rows=2, most=1000, required=False)
    sensitive = forms.BooleanField(
        label=T("Dit ligt bestuurlijk gevoelig"),
        required=False,
        help_text=T("Dan beslist het college of de raad als er geen participatie komt."),
    )
    outcome = _choice(T("Wat kiest u?"), Outcome)
    overruled_because = long_text(T("Waarom kiest u anders dan het advies?"), rows=3, most=1500, required=False)
    level = forms.ChoiceField(
        label=T("Niveau in deze fase"), choices=[("", T("Nog kiezen")), *Level.choices], required=False
    )
    none_reason = forms.ChoiceField(
        label=T("Reden als er geen participatie is"),
        choices=[("", T("Niet van toepassing")), *NoneReason.choices],
        required=False,
    )
    none_text = long_text(T("Uitleg bij geen participatie"), rows=3, most=1500, required=False)
    decision_text = long_text(T("Wat wordt er besloten, door wie en wanneer?"), rows=2, most=1000, required=False)
    public_text = long_text(T("Hoe kunnen mensen meedoen?"), rows=4, most=3000, required=False)

    # What the rule advises on what stands here; filled in by the button that asks for it.
    looked = False

    def __init__(self, *args: Any, case: Any, user: Any, **kwargs: Any) -> None:
        check = current_check(case)
        known = {name: _as_typed(name, getattr(check, name)) for name in ANSWERS if check is not None}
        kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, case=case, user=user, **kwargs)
        self.check = check
        for rows, kept in ((GROUPS, "groups"), (MOMENTS, "planned_moments")):
            rows.add_to(self, [vars(each) for each in getattr(check, kept).all()] if check else [])
        for question in self.fields.values():
            # All of it may wait, and the page says so once.
            question.hide_optional = True

    def clean(self) -> dict[str, Any]:
        """Rows that make sense; a group that is hard to reach has a way to be reached."""
        cleaned = super().clean() or self.cleaned_data
        self.groups, self.moments = GROUPS.read(self), MOMENTS.read(self)
        for number in range(GROUPS.most):
            hard, way = (cleaned.get(GROUPS.name(number, part)) for part in ("hard_to_reach", "reached_by"))
            if hard and not way:
                self.add_error(GROUPS.name(number, "reached_by"), T("Vul in hoe wij deze groep bereiken"))
        names = [group["name"].casefold() for group in self.groups]
        if len(names) != len(set(names)):
            self.add_error(None, T("Elke groep kan er één keer in staan. Geef ze verschillende namen."))
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        """The answers for the workflow."""
        return {name: self.cleaned_data[name] for name in ANSWERS if name in self.cleaned_data}

    def pressed(self, sent: QueryDict) -> Self | None:
        """Look at the advice for what stands here, without keeping it."""
        if "_look" not in sent:
            return None
        form = type(self)(sent, **self.surroundings)
        form.is_valid()
        form.looked = True
        return form

    @property
    def as_check(self) -> ParticipationCheck:
        """The check as it would be with what stands here; never saved."""
        given = self.answers if self.is_bound and hasattr(self, "cleaned_data") else self.initial
        kept = {name: given[name] for name in ANSWERS if name in given and given[name] is not None}
        return ParticipationCheck(project=self.case, phase=self.case.phases.first(), **_as_kept(kept))

    @property
    def advice(self) -> Advice | None:
        """What the rule advises now."""
        return advice_of(self.as_check)

    @property
    def lacking(self) -> list[str]:
        """What the saved check still lacks before it can be handed in."""
        return missing(self.check) if self.check else []

    @property
    def chapters(self) -> list[dict[str, Any]]:
        """The questions for the page."""
        return [
            {"title": each.title, "explains": each.explains, "fields": [self[name] for name in each.fields]}
            for each in CHAPTERS
        ]

    @property
    def row_parts(self) -> list[dict[str, Any]]:
        """The rows for the page."""
        return [
            {"title": each.title, "explains": each.explains, "rows": each.shown(self)} for each in (GROUPS, MOMENTS)
        ]


def _as_typed(name: str, value: Any) -> Any:
    """A kept answer as the form shows it: a yes or no that may be open is a word there, a tick is a tick."""
    return str(value) if name in OPEN_YES_NO and value is not None else value


def _as_kept(answers: dict[str, Any]) -> dict[str, Any]:
    """A typed yes or no as it is kept."""
    words = {"True": True, "False": False}
    return {name: words.get(value, value) if isinstance(value, str) else value for name, value in answers.items()}
