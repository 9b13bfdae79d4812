"""What the municipality intends: the decision and its grounds, put to the applicant before it is taken."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.terms.calendar import today
from shared.ui.fields import EuroField, SplitDateField
from subsidies import dates
from subsidies.enums import Outcome, Status
from subsidies.forms.decide import ground_label
from subsidies.forms.steps import StepForm, long_text
from subsidies.models import Ground
from subsidies.workflow import grounds, proviso
from subsidies.workflow.owed import promised
from subsidies.workflow.review.hearing import CAN_INTEND


class HearingForm(StepForm):
    """Which decision, on which grounds, with the facts behind it, and until when to react."""

    outcome = forms.ChoiceField(label=gettext_lazy("Welk besluit bent u van plan?"), widget=forms.RadioSelect)
    grounds = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Op welke gronden?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Op een andere grond kunt u na deze zienswijze niet besluiten."),
    )
    amount = EuroField(
        label=gettext_lazy("Hoeveel houdt de aanvrager?"),
        required=False,
        help_text=gettext_lazy("Alleen bij een lager bedrag. Lager dan dit kunt u na deze zienswijze niet besluiten."),
    )
    intended = long_text(
        gettext_lazy("Wat is de gemeente van plan, en waarom?"),
        rows=8,
        most=3000,
        help_text=gettext_lazy("Noem de feiten waarop u zich baseert: de aanvrager kan die verbeteren."),
    )
    due_on = SplitDateField(label=gettext_lazy("Reageren tot en met"), help_text=gettext_lazy("Een werkdag."))
    error_texts: ClassVar = {"outcome": {"required": gettext_lazy("Kies welk besluit u van plan bent")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = dates.hearing_due(self.application.scheme_version, today())
        outcomes = CAN_INTEND.get(Status(self.application.status), ())
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.value, each.label) for each in outcomes]
        self._offered: dict[int, Ground] = {}
        for outcome in outcomes:
            self._offered |= {each.pk: each for each in grounds.offered(self.application, outcome, today())}
        boxes = self.fields["grounds"]
        assert isinstance(boxes, forms.TypedMultipleChoiceField)
        boxes.choices = [(pk, ground_label(ground)) for pk, ground in self._offered.items()]
        for name in ("grounds", "amount"):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The grounds are those of the decision, and an amount is lower than what was promised or asked."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("outcome"):
            return cleaned
        outcome, kind = Outcome(cleaned["outcome"]), grounds.KIND_OF[Outcome(cleaned["outcome"])]
        chosen = cleaned.get("grounds") or []
        if any(self._offered[pk].kind != kind for pk in chosen):
            self.add_error("grounds", _("Kies alleen gronden die bij dit besluit horen"))
        elif not chosen and not self._rests_on_proviso(outcome):
            self.add_error("grounds", _("Kies ten minste één grond"))
        self._check_amount(outcome, cleaned)
        return cleaned

    def _rests_on_proviso(self, outcome: Outcome) -> bool:
        taking_back = outcome in (Outcome.CHANGE, Outcome.REVOKE)
        return taking_back and proviso.open_proviso(self.application) is not None

    def _check_amount(self, outcome: Outcome, cleaned: dict[str, Any]) -> None:
        amount = cleaned.get("amount")
        if outcome in (Outcome.REFUSE, Outcome.REVOKE):
            cleaned["amount"] = None
        elif outcome == Outcome.SETTLE_LOWER and amount is None:
            self.add_error("amount", _("Vul in op welk bedrag u wilt vaststellen"))
        elif amount is not None and amount >= (promised(self.application) or grounds.asked(self.application)):
            self.add_error("amount", _("Vul een lager bedrag in, of laat dit leeg als het bedrag hetzelfde blijft"))
