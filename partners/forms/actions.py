"""The questions about a joint action, its steps, and the wijkagenda."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.forms.together import NO_PERSONS, PersonField, ReasonForm, StepForm, WithoutPersons, let_choose
from partners.models import ActionStep, JointAction, Partner, Signal
from partners.policies.people import people_of
from partners.workflow.actions import ActionPlan
from shared.accounts.models import User
from shared.themes.models import Theme
from shared.ui.fields import SplitDateField
from shared.ui.forms import PortalForm, Section
from shared.ui.once import OnceToken
from shared.wijken.models import Wijk


class ActionForm(WithoutPersons, OnceToken, StepForm):
    """What we want to reach together, with whom, and who keeps it going."""

    checked = ("title", "goal")
    submit_label = gettext_lazy("Voorstel versturen")
    layout: ClassVar[list[Any]] = [
        Section(gettext_lazy("Wat"), "title", "goal", "theme"),
        Section(gettext_lazy("Met wie"), "owner", "partners"),
        Section(gettext_lazy("Wanneer"), "year", "due_on"),
    ]
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "title": {"required": gettext_lazy("Geef de actie een naam")},
        "goal": {"required": gettext_lazy("Schrijf wat u samen wilt bereiken")},
    }

    title = forms.CharField(label=gettext_lazy("Hoe heet de actie?"), max_length=120)
    goal = forms.CharField(
        label=gettext_lazy("Wat wilt u samen bereiken?"),
        help_text=NO_PERSONS,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.choosable(), label=gettext_lazy("Thema"), empty_label=gettext_lazy("Kies een thema")
    )
    owner = PersonField(
        User.objects.none(),
        label=gettext_lazy("Wie is de trekker?"),
        help_text=gettext_lazy("Precies één persoon houdt de stappen bij."),
        empty_label=gettext_lazy("Kies een trekker"),
    )
    partners = forms.ModelMultipleChoiceField(
        Partner.objects.none(),
        label=gettext_lazy("Welke wijkpartners doen mee?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    year = forms.TypedChoiceField(label=gettext_lazy("In de wijkagenda van"), coerce=int)
    due_on = SplitDateField(label=gettext_lazy("Klaar vóór"), required=False)

    def __init__(self, *args: Any, wijk: Wijk, user: User, action: JointAction | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(action, user) | (kwargs.get("initial") or {})
        super().__init__(*args, wijk=wijk, **kwargs)
        everybody = people_of(wijk)
        let_choose(self.fields["owner"], everybody | User.objects.filter(pk=action.owner_id) if action else everybody)
        taking_part = Partner.objects.active().in_wijk(wijk).order_by("name")
        self.fields["partners"].queryset = taking_part  # type: ignore[attr-defined]
        self.fields["year"].choices = _years(action)  # type: ignore[attr-defined]
        if action is not None:
            self.submit_label = gettext_lazy("Bewaren")

    def plan(self) -> ActionPlan:
        """The answers as the workflow takes them."""
        answers = self.cleaned_data
        names = ("title", "goal", "theme", "owner", "year", "due_on")
        return ActionPlan(**{name: answers[name] for name in names}, partners=tuple(answers["partners"]))


def _initial(action: JointAction | None, user: User) -> dict[str, Any]:
    if action is None:
        return {"owner": user.pk, "year": timezone.localdate().year}
    names = ("title", "goal", "theme", "owner", "year", "due_on", "version")
    return {name: getattr(action, name) for name in names} | {"partners": list(action.partners.all())}


def _years(action: JointAction | None) -> list[tuple[int, str]]:
    this_year = timezone.localdate().year
    years = sorted({this_year, this_year + 1, *([action.year] if action else [])})
    return [(year, str(year)) for year in years]


class ActionStepForm(WithoutPersons, OnceToken, PortalForm):
    """What, who, before when."""

    checked = ("what",)
    submit_label = gettext_lazy("Stap toevoegen")
    error_texts = {"what": {"required": gettext_lazy("Schrijf wat er moet gebeuren")}}

    what = forms.CharField(label=gettext_lazy("Wat moet er gebeuren?"), max_length=200)
    responsible = PersonField(
        User.objects.none(),
        label=gettext_lazy("Wie doet dat?"),
        required=False,
        empty_label=gettext_lazy("De trekker"),
    )
    due_on = SplitDateField(label=gettext_lazy("Vóór welke dag?"), required=False)

    def __init__(self, *args: Any, action: JointAction, step: ActionStep | None = None, **kwargs: Any) -> None:
        if step is not None:
            kwargs["initial"] = {name: getattr(step, name) for name in ("what", "responsible", "due_on")}
        super().__init__(*args, wijk=action.wijk, **kwargs)
        self.had = step.due_on if step else None
        let_choose(self.fields["responsible"], people_of(action.wijk))
        if step is not None:
            self.submit_label = gettext_lazy("Bewaren")

    def clean_due_on(self) -> date | None:
        """A day that still comes; the old day of a step may stay."""
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate() and due_on != self.had:
            raise forms.ValidationError(_("Kies een dag die nog komt"))
        return due_on

    def answers(self) -> dict[str, Any]:
        """The answers as the workflow takes them."""
        return {name: self.cleaned_data[name] for name in ("what", "responsible", "due_on")}


class FinishForm(WithoutPersons, StepForm):
    """The result of an action."""

    submit_label = gettext_lazy("Actie afronden")
    error_texts = {"text": {"required": gettext_lazy("Schrijf wat het resultaat is")}}

    text = forms.CharField(
        label=gettext_lazy("Wat is het resultaat?"),
        help_text=gettext_lazy(
            "Wie meedoet, leest dit. Het kan ook in de openbare wijkagenda komen: schrijf niets over personen."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class StopForm(WithoutPersons, ReasonForm):
    """Why an action stops; the published wijkagenda says it too."""


class AgendaForm(WithoutPersons, StepForm):
    """What of the plan of a wijk everybody may read."""

    checked = ("intro",)
    submit_label = gettext_lazy("Wijkagenda publiceren")

    intro = forms.CharField(
        label=gettext_lazy("Inleiding"),
        help_text=gettext_lazy("Twee of drie zinnen: wat willen wij dit jaar samen bereiken?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    actions = forms.ModelMultipleChoiceField(
        JointAction.objects.none(),
        label=gettext_lazy("Welke acties komen op de website?"),
        help_text=gettext_lazy("Alleen wat is afgesproken kan erop. Wat er daarna mee gebeurt, ziet iedereen vanzelf."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, wijk: Wijk, year: int, **kwargs: Any) -> None:
        super().__init__(*args, wijk=wijk, **kwargs)
        self.fields["actions"].queryset = (  # type: ignore[attr-defined]
            JointAction.objects.of_year(wijk, year).order_by("title", "pk")
        )


class JoinActionForm(StepForm):
    """Which action takes a signal up."""

    submit_label = gettext_lazy("Koppelen")

    action = forms.ModelChoiceField(
        JointAction.objects.none(),
        label=gettext_lazy("Bij welke actie hoort dit signaal?"),
        empty_label=gettext_lazy("Kies een actie"),
    )

    def __init__(self, *args: Any, signal: Signal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = JointAction.objects.open().filter(wijk=signal.wijk).order_by("title", "pk")
        self.fields["action"].queryset = running  # type: ignore[attr-defined]
