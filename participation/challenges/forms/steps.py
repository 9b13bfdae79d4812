"""The questions of each step on a challenge, for colleagues."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import Initiative
from participation.challenges import policies
from participation.challenges.enums import OUTCOMES, Criterion, Status, Verdict
from participation.models import Project
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.review.forms import StepForm, long_text
from shared.terms.calendar import today
from shared.ui.fields import SplitDateField


class TextForm(StepForm):
    """A message."""

    text = long_text(gettext_lazy("Uw bericht"), rows=7, most=4000)


class ReasonForm(StepForm):
    """Why, for the file."""

    reason = long_text(gettext_lazy("Waarom?"), rows=3, most=500)


class TalkForm(TextForm):
    """When and where, and a friendly word."""

    talk_on = SplitDateField(label=gettext_lazy("Wanneer is het gesprek?"))
    talk_place = forms.CharField(label=gettext_lazy("Waar?"), max_length=200)
    field_order = ["talk_on", "talk_place", "text"]

    def clean_talk_on(self) -> Any:
        """It is still to come."""
        day = self.cleaned_data["talk_on"]
        if day < today():
            raise ValidationError(_("Kies een dag vanaf vandaag"))
        return day


class AssessForm(StepForm):
    """A verdict on each criterion, and what has still to be done."""

    assessment = long_text(gettext_lazy("Toelichting: wat is nog nodig?"), rows=6, most=3000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in Criterion:
            field = forms.ChoiceField(label=criterion.label, choices=Verdict.choices, widget=forms.RadioSelect)
            self.fields[criterion.value] = field
            self.prepare(criterion.value, field)
        self.order_fields([*Criterion.values, "assessment"])

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdicts by criterion."""
        return {criterion.value: self.cleaned_data[criterion.value] for criterion in Criterion}


class ProposalForm(StepForm):
    """What is proposed to who decides."""

    proposal = long_text(gettext_lazy("Het voorstel"), rows=8, most=4000)


class DecideForm(StepForm):
    """Yes, partly or no; by whom, when and why."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Wat is er besloten?"),
        choices=[(status.value, status.label) for status in OUTCOMES],
        widget=forms.RadioSelect,
    )
    decided_by = forms.CharField(
        label=gettext_lazy("Wie besloot?"),
        help_text=gettext_lazy("Bijvoorbeeld: het college van burgemeester en wethouders."),
        max_length=150,
    )
    decided_on = SplitDateField(label=gettext_lazy("Op welke dag?"))
    reasons = long_text(gettext_lazy("Waarom?"), rows=7, most=4000)
    way_on = long_text(
        gettext_lazy("Wat kan nu wel?"),
        rows=4,
        most=2000,
        required=False,
        help_text=gettext_lazy("Bij een nee altijd: wat kan de groep nu wel doen, en wie helpt daarbij?"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = today()
        self.fields["way_on"].hide_optional = True

    def clean(self) -> dict[str, Any] | None:
        """A no comes with the way on."""
        cleaned = super().clean()
        answers = self.cleaned_data
        if answers.get("outcome") == Status.DECLINED and not answers.get("way_on"):
            self.add_error("way_on", _("Schrijf bij een nee ook op wat wel kan"))
        day = answers.get("decided_on")
        if day and (refusal := policies.why_not_decided_on(self.case, day)):
            self.add_error("decided_on", refusal)
        return cleaned


class StartForm(TextForm):
    """From when until when."""

    runs_from = SplitDateField(label=gettext_lazy("Wanneer begint de groep?"))
    runs_until = SplitDateField(label=gettext_lazy("Tot en met wanneer geldt de afspraak?"), required=False)
    field_order = ["runs_from", "runs_until", "text"]

    def clean(self) -> dict[str, Any] | None:
        """The end comes after the beginning."""
        cleaned = super().clean()
        first, last = self.cleaned_data.get("runs_from"), self.cleaned_data.get("runs_until")
        if first and last and last < first:
            self.add_error("runs_until", _("Kies een dag na het begin"))
        return cleaned


class ResumeForm(TextForm):
    """Until when the group goes on."""

    runs_until = SplitDateField(label=gettext_lazy("Tot en met wanneer geldt de afspraak nu?"), required=False)
    field_order = ["runs_until", "text"]


class EvaluationForm(StepForm):
    """What was seen when looking back."""

    evaluation = long_text(gettext_lazy("Wat ging goed, wat niet, en hoe gaat het verder?"), rows=7, most=3000)


class EndForm(StepForm):
    """Why it ends."""

    end_reason = long_text(gettext_lazy("Waarom houdt het op?"), rows=4, most=1500)


class PublishForm(StepForm):
    """What everybody may read."""

    public_text = long_text(
        gettext_lazy("Tekst op de website"),
        rows=6,
        most=2000,
        help_text=gettext_lazy("Iedereen kan dit lezen. Laat namen, adressen en telefoonnummers weg."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["public_text"].initial = self.case.public_text or f"{self.case.now}\n\n{self.case.plan}"[:2000]


class AssignForm(StepForm):
    """Which colleague goes on with it."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("Aan wie?"), queryset=User.objects.none(), empty_label=gettext_lazy("Kies een collega")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = User.objects.active_in_role(Role.COORDINATOR)


class LinkForm(StepForm):
    """A plan of residents and a project of the municipality that it belongs to, by their numbers."""

    initiative = forms.CharField(label=gettext_lazy("Nummer van het initiatief"), max_length=12, required=False)
    project = forms.CharField(label=gettext_lazy("Nummer van het project"), max_length=14, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("initiative", "project"):
            found = getattr(self.case, name)
            self.fields[name].initial = found.reference if found else ""

    def clean_initiative(self) -> Initiative | None:
        """The plan with this number."""
        return self._find("initiative", Initiative, _("Er is geen initiatief met dit nummer"))

    def clean_project(self) -> Project | None:
        """The project with this number."""
        return self._find("project", Project, _("Er is geen project met dit nummer"))

    def clean(self) -> dict[str, Any]:
        """The file tells of a link only when there is another one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        names = ("initiative", "project")
        if not self.errors and all(cleaned[name] == getattr(self.case, name) for name in names):
            raise ValidationError(_("Er verandert niets. Vul het nummer in van een initiatief of project."))
        return cleaned

    def _find(self, name: str, model: Any, refusal: str) -> Any:
        number = self.cleaned_data[name]
        found = model.objects.filter(reference=number).first() if number else None
        if number and found is None:
            raise ValidationError(refusal)
        return found
