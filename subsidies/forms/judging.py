"""The checklist: a verdict on each criterion of the scheme and on each cost line, and scores for a ranking."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.ui.fields import SplitDateField
from subsidies.enums import CheckAnswer
from subsidies.forms.steps import StepForm, long_text
from subsidies.models import CostLine, Criterion
from subsidies.workflow.review import HIGHEST_SCORE, Answer, LineVerdict

# As many as there are people, about.
MOST_VOTES = 32_000


class JudgeForm(StepForm):
    """One question for each criterion, and one for each cost line; what is left open is not answered yet."""

    step_template = "admin/subsidies/application/_judge.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(self.application.scheme_version.criteria.all())
        self.lines = list(self.application.cost_lines.all())
        kept = self.application.checklist.get("criteria", {})
        for criterion in self.criteria:
            self._ask_criterion(criterion, kept.get(str(criterion.pk), {}))
        for line in self.lines:
            self._ask_line(line)

    @property
    def checklist(self) -> dict[int, Answer]:
        """The answered criteria."""
        answers = self.cleaned_data
        return {
            criterion.pk: Answer(CheckAnswer(answers[f"answer_{criterion.pk}"]), answers[f"remark_{criterion.pk}"])
            for criterion in self.criteria
            if answers[f"answer_{criterion.pk}"]
        }

    @property
    def verdicts(self) -> dict[int, LineVerdict]:
        """Which lines count."""
        answers = self.cleaned_data
        return {
            line.pk: LineVerdict(answers[f"counts_{line.pk}"] == "yes", answers[f"why_{line.pk}"])
            for line in self.lines
        }

    @property
    def criterion_rows(self) -> Iterator[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        """Each criterion with its two questions."""
        for criterion in self.criteria:
            yield criterion, self[f"answer_{criterion.pk}"], self[f"remark_{criterion.pk}"]

    @property
    def line_rows(self) -> Iterator[tuple[CostLine, forms.BoundField, forms.BoundField]]:
        """Each cost line with its two questions."""
        for line in self.lines:
            yield line, self[f"counts_{line.pk}"], self[f"why_{line.pk}"]

    def clean(self) -> dict[str, Any]:
        """What does not count needs a reason, because the applicant reads it in the decision."""
        cleaned = super().clean() or self.cleaned_data
        for line in self.lines:
            if cleaned.get(f"counts_{line.pk}") == "no" and not cleaned.get(f"why_{line.pk}"):
                self.add_error(f"why_{line.pk}", _("Schrijf waarom “%(what)s” niet meetelt") % {"what": line.what})
        return cleaned

    def _ask_criterion(self, criterion: Criterion, kept: dict[str, str]) -> None:
        article = f" ({criterion.article})" if criterion.article else ""
        self._add(
            f"answer_{criterion.pk}",
            forms.ChoiceField(
                label=f"{criterion.question}{article}",
                help_text=criterion.text,
                choices=CheckAnswer.choices,
                required=False,
                widget=forms.RadioSelect,
                initial=kept.get("answer", ""),
            ),
        )
        self._add(
            f"remark_{criterion.pk}",
            forms.CharField(
                label=_("Toelichting bij “%(question)s”") % {"question": criterion.question},
                required=False,
                max_length=500,
                initial=kept.get("remark", ""),
            ),
        )

    def _ask_line(self, line: CostLine) -> None:
        self._add(
            f"counts_{line.pk}",
            forms.ChoiceField(
                label=_("Telt “%(what)s” mee?") % {"what": line.what},
                choices=[("yes", _("Ja")), ("no", _("Nee"))],
                widget=forms.RadioSelect,
                initial="yes" if line.eligible else "no",
            ),
        )
        self._add(
            f"why_{line.pk}",
            forms.CharField(
                label=_("Waarom telt “%(what)s” niet mee?") % {"what": line.what},
                required=False,
                max_length=200,
                initial=line.why_not,
            ),
        )

    def _add(self, name: str, field: Any) -> None:
        # The page says once that open answers are fine.
        field.hide_optional = True
        self.fields[name] = field
        self.prepare(name, field)


class ScoreForm(StepForm):
    """Points for each criterion of the ranking."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = self.application.scheme_version.score_lines
        kept = self.application.checklist.get("scores", {})
        for number, criterion in enumerate(self.criteria):
            field = forms.IntegerField(
                label=criterion,
                min_value=0,
                max_value=HIGHEST_SCORE,
                initial=kept.get(criterion),
                help_text=_("0 tot en met %(most)d punten") % {"most": HIGHEST_SCORE},
            )
            self.fields[f"score_{number}"] = field
            self.prepare(f"score_{number}", field)

    @property
    def scores(self) -> dict[str, int]:
        """The points by criterion."""
        return {criterion: self.cleaned_data[f"score_{number}"] for number, criterion in enumerate(self.criteria)}


class VotesForm(StepForm):
    """What the vote of the neighbourhood came to for this plan."""

    votes = forms.IntegerField(label=gettext_lazy("Hoeveel stemmen kreeg dit plan?"), min_value=0, max_value=MOST_VOTES)
    held_on = SplitDateField(label=gettext_lazy("Wanneer was de stemming?"))
    how = long_text(
        gettext_lazy("Hoe is er gestemd?"),
        most=500,
        help_text=gettext_lazy("Bijvoorbeeld: op een avond in het wijkgebouw, met briefjes."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kept := self.application.checklist.get("vote"):
            self.fields["votes"].initial = kept["votes"]
            self.fields["held_on"].initial = date.fromisoformat(kept["held_on"])
            self.fields["how"].initial = kept["how"]
