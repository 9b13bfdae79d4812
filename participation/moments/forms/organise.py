"""What colleagues fill in: the moment itself, the steps on it, and what people said on paper or by phone."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.enums import MomentForm
from participation.models import Project
from participation.moments.enums import Criterion, Source, Verdict
from participation.moments.forms.take_part import ContributionForm, PersonForm
from participation.moments.models import Moment
from participation.moments.policies import may_organise
from participation.moments.workflow import Details
from shared.accounts.models import User
from shared.review.forms import StepForm, long_text
from shared.terms.calendar import AMSTERDAM
from shared.ui.fields import EmailField, SplitDateField
from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken

HOURS = ["%H:%M", "%H.%M", "%H%M", "%H"]
END_OF_DAY = time(23, 59)
FEWEST_CHOICES = 2


def _hour(label: Any, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=required,
        input_formats=HOURS,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "portal-width-8", "inputmode": "text", "type": "text"}),
        error_messages={"invalid": gettext_lazy("Vul een tijd in, zoals 19:30")},
    )


class MomentFields(PortalForm):
    """When, where, for whom, and what is asked."""

    title = forms.CharField(label=gettext_lazy("Hoe heet het moment?"), max_length=120)
    form = forms.ChoiceField(label=gettext_lazy("Vorm"), choices=MomentForm.choices)
    text = long_text(gettext_lazy("Waar gaat het over?"), rows=5, help_text=gettext_lazy("Dit komt op de website."))
    invited = forms.CharField(
        label=gettext_lazy("Voor wie is het?"),
        help_text=gettext_lazy("Groepen, geen namen. Bijvoorbeeld: bewoners en winkeliers van de Kerkstraat."),
        max_length=300,
        required=False,
    )
    day = SplitDateField(label=gettext_lazy("Op welke dag?"))
    last_day = SplitDateField(
        label=gettext_lazy("Tot en met welke dag?"),
        help_text=gettext_lazy("Alleen als het langer dan een dag duurt, zoals een online vragenlijst."),
        required=False,
    )
    begins = _hour(gettext_lazy("Hoe laat begint het?"))
    ends = _hour(gettext_lazy("Hoe laat eindigt het?"))
    place = forms.CharField(label=gettext_lazy("Waar?"), max_length=200, required=False)
    access = long_text(
        gettext_lazy("Hoe toegankelijk is het?"),
        rows=3,
        most=1000,
        required=False,
        help_text=gettext_lazy("Drempels, ringleiding, tolk, parkeren, bus. Dit komt op de website."),
    )
    link = forms.URLField(
        label=gettext_lazy("Link voor wie online meedoet"),
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Vul een hele link in, zoals https://www.voorbeeld.nl/wijktafel")},
    )
    takes_sign_ups = forms.BooleanField(label=gettext_lazy("Mensen melden zich aan"), required=False, initial=True)
    capacity = forms.IntegerField(
        label=gettext_lazy("Hoeveel plekken zijn er?"),
        help_text=gettext_lazy("Leeg: geen grens. Wie te laat is, komt vanzelf op de wachtlijst."),
        min_value=1,
        max_value=5000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "portal-width-8"}),
    )
    sign_up_until = SplitDateField(label=gettext_lazy("Aanmelden kan tot en met"), required=False)
    takes_contributions = forms.BooleanField(label=gettext_lazy("Mensen kunnen online meedenken"), required=False)
    question = forms.CharField(label=gettext_lazy("Open vraag"), max_length=300, required=False)
    choice_question = forms.CharField(label=gettext_lazy("Keuzevraag"), max_length=300, required=False)
    choices = long_text(
        gettext_lazy("Antwoorden op de keuzevraag"),
        rows=4,
        most=1000,
        required=False,
        help_text=gettext_lazy("Eén antwoord per regel."),
    )
    contributions_until = SplitDateField(label=gettext_lazy("Online meedenken kan tot en met"), required=False)

    def clean(self) -> dict[str, Any] | None:
        """The parts belong together."""
        cleaned = super().clean()
        answers = self.cleaned_data
        if {"day", "begins", "ends"} <= set(answers) and "last_day" in answers and self._ends() <= self._starts():
            self.add_error("ends", _("Het einde komt na het begin"))
        if answers.get("form") not in (MomentForm.ONLINE, MomentForm.LETTER) and not answers.get("place"):
            self.add_error("place", _("Vul in waar het is"))
        if answers.get("takes_contributions") and not answers.get("question") and not answers.get("choice_question"):
            self.add_error("question", _("Vul een open vraag of een keuzevraag in"))
        if (
            answers.get("choice_question")
            and len([c for c in answers.get("choices", "").splitlines() if c.strip()]) < 2
        ):
            self.add_error("choices", _("Geef twee of meer antwoorden, elk op een eigen regel"))
        return cleaned

    def details(self) -> Details:
        """The answers, with days and hours put together."""
        names = set(Details.__dataclass_fields__) & set(self.cleaned_data)
        answers = {name: self.cleaned_data[name] for name in names - {"sign_up_until", "contributions_until"}}
        return Details(
            **answers,
            **self._unasked(),
            starts_at=self._starts(),
            ends_at=self._ends(),
            sign_up_until=_until(self.cleaned_data["sign_up_until"]),
            contributions_until=_until(self.cleaned_data["contributions_until"]),
        )

    def _unasked(self) -> dict[str, Any]:
        """What this form leaves as it is."""
        return {}

    def _starts(self) -> datetime:
        return _at(self.cleaned_data["day"], self.cleaned_data["begins"])

    def _ends(self) -> datetime:
        return _at(self.cleaned_data["last_day"] or self.cleaned_data["day"], self.cleaned_data["ends"])


class PlanForm(OnceToken, MomentFields):
    """A new moment of one of the projects that this colleague works on."""

    submit_label = gettext_lazy("Moment bewaren")

    project = forms.ModelChoiceField(
        label=gettext_lazy("Bij welk project?"),
        queryset=Project.objects.none(),
        empty_label=gettext_lazy("Kies een project"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = Project.objects.visible_to(user).active().order_by("title", "pk")
        self.order_fields(["project"])

    def clean_project(self) -> Project:
        """One that this colleague works on."""
        project: Project = self.cleaned_data["project"]
        if not may_organise(self.user, project):
            raise ValidationError(_("Kies een project waar u aan werkt"))
        return project

    def _unasked(self) -> dict[str, Any]:
        project = self.cleaned_data["project"]
        return {"phase": project.phases.filter(kind=project.phase).first()}


class ChangeForm(StepForm, MomentFields):
    """Another day, place or question."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = _known(self.case)
        for name, field in self.fields.items():
            field.initial = known.get(name, field.initial)

    def _unasked(self) -> dict[str, Any]:
        return {"phase": self.case.phase, "planned": self.case.planned}


class ReasonForm(StepForm):
    """Why it does not take place; everybody reads it."""

    reason = long_text(
        gettext_lazy("Waarom gaat het niet door, en hoe gaat het verder?"),
        rows=4,
        most=1000,
        help_text=gettext_lazy("Dit staat in de e-mail en op de website."),
    )


class HoldForm(StepForm):
    """How many people were there."""

    attended = forms.IntegerField(
        label=gettext_lazy("Hoeveel mensen waren er?"),
        help_text=gettext_lazy("Leeg als u straks afvinkt wie er was."),
        min_value=0,
        max_value=10_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "portal-width-8"}),
    )


class AttendanceForm(StepForm):
    """Who of the people with a place was there."""

    present = forms.MultipleChoiceField(
        label=gettext_lazy("Wie was er?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    others = forms.IntegerField(
        label=gettext_lazy("Hoeveel mensen kwamen zonder aanmelding?"),
        min_value=0,
        max_value=10_000,
        initial=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "portal-width-8"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.case.sign_ups.placed().order_by("name", "pk")
        self.fields["present"].choices = [(str(one.pk), one.name) for one in people]
        self.fields["present"].initial = [str(one.pk) for one in people if one.was_there]

    def keys(self) -> Iterable[int]:
        """Of the sign-ups that were ticked."""
        return map(int, self.cleaned_data["present"])


class FeedbackForm(StepForm):
    """What we heard, what we do with it, and what not and why."""

    heard = long_text(gettext_lazy("Wat hebben wij gehoord?"), rows=6, most=4000)
    doing = long_text(gettext_lazy("Wat doen wij ermee?"), rows=6, most=4000)
    not_doing = long_text(gettext_lazy("Wat doen wij niet, en waarom?"), rows=6, most=4000)


class EnterSignUpForm(StepForm, PersonForm):
    """Somebody who called: the same questions, put to a colleague."""

    LABELS: ClassVar[dict[str, Any]] = {
        "name": gettext_lazy("Naam"),
        "email": gettext_lazy("E-mailadres"),
        "phone": gettext_lazy("Telefoonnummer"),
        "wants_feedback": gettext_lazy("Wil na afloop horen wat er met de inbreng gebeurt"),
    }
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "name": {"required": gettext_lazy("Vul de naam in")},
    }
    unreachable = gettext_lazy("Vul het e-mailadres of het telefoonnummer in")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.LABELS.items():
            self.fields[name].label = label
        self.fields["email"].help_text = gettext_lazy("Heeft deze persoon dat niet? Vul dan het telefoonnummer in.")
        # Browsers would offer the colleague's own name.
        self.fields["name"].widget.attrs["autocomplete"] = "off"


class PaperForm(StepForm, ContributionForm):
    """One paper, or something that was said."""

    source = forms.ChoiceField(
        label=gettext_lazy("Hoe kwam het binnen?"),
        choices=[(source.value, source.label) for source in (Source.PAPER, Source.SPOKEN)],
        widget=forms.RadioSelect,
    )
    email = EmailField(
        label=gettext_lazy("E-mailadres van wie bericht wil"),
        help_text=gettext_lazy("Alleen als het op het papier staat en die persoon daarom vraagt."),
        required=False,
    )

    def __init__(self, *args: Any, case: Moment, **kwargs: Any) -> None:
        super().__init__(*args, case=case, moment=case, **kwargs)
        self.order_fields(["source", "choice", "text", "theme", "email"])


class CountsForm(StepForm):
    """A pile of papers: how many chose what."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, choice in enumerate(self.case.choice_list):
            field = forms.IntegerField(
                label=choice,
                min_value=0,
                max_value=30_000,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "portal-width-8"}),
            )
            self.fields[f"count_{number}"] = field
            self.prepare(f"count_{number}", field)

    def counts(self) -> dict[str, int]:
        """How many chose each answer."""
        given = enumerate(self.case.choice_list)
        return {choice: self.cleaned_data[f"count_{number}"] or 0 for number, choice in given}


class HideForm(PortalForm):
    """Why nobody outside may read it."""

    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "reason": {"required": gettext_lazy("Schrijf op waarom u deze bijdrage verbergt.")}
    }

    reason = forms.CharField(label=gettext_lazy("Waarom verbergen?"), max_length=200)


class EvaluationForm(StepForm):
    """A verdict on each criterion of the handbook, and what is learnt."""

    went_well = long_text(gettext_lazy("Wat ging goed?"), rows=5, most=3000)
    lessons = long_text(gettext_lazy("Wat doen wij de volgende keer anders?"), rows=5, most=3000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in Criterion:
            field = forms.ChoiceField(label=criterion.label, choices=Verdict.choices, widget=forms.RadioSelect)
            self.fields[criterion.value] = field
            self.prepare(criterion.value, field)
        self.order_fields([*Criterion.values, "went_well", "lessons"])

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdicts by criterion."""
        return {criterion.value: self.cleaned_data[criterion.value] for criterion in Criterion}


def _at(day: Any, hour: time) -> datetime:
    return datetime.combine(day, hour, AMSTERDAM)


def _until(day: Any) -> datetime | None:
    return _at(day, END_OF_DAY) if day else None


def _known(moment: Moment) -> dict[str, Any]:
    """The moment as the answers of the form."""
    first, last = timezone.localtime(moment.starts_at), timezone.localtime(moment.ends_at)
    days = {
        name: timezone.localdate(value) if (value := getattr(moment, name)) else None
        for name in ("sign_up_until", "contributions_until")
    }
    return {
        **{name: getattr(moment, name) for name in Details.__dataclass_fields__},
        **days,
        "day": first.date(),
        "last_day": last.date() if last.date() != first.date() else None,
        "begins": first.time(),
        "ends": last.time(),
    }
