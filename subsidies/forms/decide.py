"""What is filled in to decide, to settle, to change, to take back, and to look at what a colleague proposes."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import AdviceRequest
from shared.terms.calendar import today
from shared.terms.lengths import month
from shared.ui.fields import EuroField, SplitDateField
from subsidies.enums import GroundKind, Outcome
from subsidies.forms.steps import StepForm, long_text
from subsidies.models import Ground, Report
from subsidies.rules import unspent
from subsidies.workflow import grounds
from subsidies.workflow.decision_terms import DecisionTerms
from subsidies.workflow.owed import overpaid, promised, still_claimed, waivable

# A duty that ends in what it rests on, between brackets.
_WITH_BASIS = re.compile(r"\([^()]{3,}\)\s*\.?\s*$")


class TermsForm(StepForm):
    """A decision in the making. `outcomes` are those to choose from; what does not belong to one is left out of it."""

    step_template = "admin/subsidies/application/_decision_form.html"
    outcomes: ClassVar[tuple[Outcome, ...]] = ()
    with_amount: ClassVar[bool] = True
    with_period: ClassVar[bool] = False

    outcome = forms.ChoiceField(label=gettext_lazy("Wat besluit u?"), widget=forms.RadioSelect)
    amount = EuroField(label=gettext_lazy("Bedrag"), required=False)
    grounds = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Gronden"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    motivation = long_text(
        gettext_lazy("Motivering"),
        rows=8,
        most=6000,
        help_text=gettext_lazy("Deze woorden komen in de brief. Schrijf zoals u praat: kort en gewoon."),
    )
    obligations = forms.MultipleChoiceField(
        label=gettext_lazy("Verplichtingen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    own_obligations = long_text(
        gettext_lazy("Andere verplichtingen, één per regel"),
        rows=3,
        required=False,
        help_text=gettext_lazy("Zet achter elke verplichting het artikel, bijvoorbeeld (Awb 4:38)."),
    )
    execute_until = SplitDateField(label=gettext_lazy("Klaar op of vóór"), required=False)
    report_due_on = SplitDateField(label=gettext_lazy("Verslag op of vóór"), required=False)
    no_interest = forms.BooleanField(
        label=gettext_lazy("Ik heb geen eigen belang: ik ken de aanvrager niet persoonlijk"), required=False
    )
    interest = forms.CharField(
        label=gettext_lazy("Of: welk belang heeft u?"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Dan beslist een collega. U kunt het besluit wel voorstellen."),
    )
    error_texts: ClassVar = {
        "motivation": {"required": gettext_lazy("Schrijf waarom u dit besluit neemt")},
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_outcomes()
        self._offer_grounds()
        if self.with_period:
            self._propose_period()
        else:
            for name in ("obligations", "own_obligations", "execute_until", "report_due_on"):
                del self.fields[name]
        if self.with_amount:
            self.fields["amount"].initial = self.usual_amount()
        else:
            del self.fields["amount"]
        self.fields["motivation"].help_text = _(
            "Deze woorden komen in de brief. Schrijf zoals u praat: kort en gewoon."
        )
        for name in ("amount", "grounds", "obligations", "interest", "execute_until", "report_due_on"):
            if name in self.fields:
                self.fields[name].hide_optional = True  # type: ignore[attr-defined]

    def usual_amount(self) -> Decimal:
        """The amount to start from."""
        return promised(self.application)

    def clean_own_obligations(self) -> str:
        """Each duty says what it rests on (Awb articles 4:37 to 4:39)."""
        text: str = self.cleaned_data["own_obligations"]
        # What was decided before stays as it was written.
        decided = str(self.fields["own_obligations"].initial or "").splitlines()
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        without = [line for line in lines if line not in decided and not _WITH_BASIS.search(line)]
        if without:
            raise ValidationError(
                _("Zet achter elke verplichting tussen haakjes waarop zij rust, bijvoorbeeld (Awb 4:38): “%(line)s”")
                % {"line": without[0][:80]}
            )
        return text

    def clean(self) -> dict[str, Any]:
        """The declaration is one of the two; everything else is looked at when the step is taken."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("no_interest") and not cleaned.get("interest"):
            self.add_error("no_interest", _("Zet hier een vinkje, of schrijf welk belang u heeft"))
        return cleaned

    @property
    def standard_reasons(self) -> list[str]:
        """Sentences to start the reasons from: those of the grounds, and what advisers wrote."""
        texts = [ground.text for ground in self._offered.values()]
        advised = AdviceRequest.objects.given_about(self.case).exclude(text="")
        return [*texts, *(each.text for each in advised)]

    @property
    def terms(self) -> DecisionTerms:
        """The decision as it was filled in."""
        found = self.cleaned_data
        outcome = Outcome(found["outcome"])
        gives = outcome not in (Outcome.REFUSE, Outcome.NOT_PROCESSED, Outcome.REVOKE)
        chosen = grounds.KIND_OF.get(outcome)
        keys = [pk for pk in found.get("grounds") or [] if pk in self._offered and self._offered[pk].kind == chosen]
        own = [line.strip() for line in found.get("own_obligations", "").splitlines() if line.strip()]
        return DecisionTerms(
            outcome=outcome,
            motivation=found["motivation"],
            amount=found.get("amount") if gives else None,
            grounds=tuple(keys),
            obligations=(*found.get("obligations", ()), *own) if gives else (),
            execute_until=found.get("execute_until") if gives else None,
            report_due_on=found.get("report_due_on") if gives else None,
            no_interest=bool(found.get("no_interest")) and not found.get("interest"),
            interest=found.get("interest", ""),
        )

    def possible_outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes that can be chosen now."""
        return self.outcomes

    def _offer_outcomes(self) -> None:
        field, possible = self.fields["outcome"], self.possible_outcomes()
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.value, each.label) for each in possible]
        field.initial = possible[0].value
        if len(possible) == 1:
            field.widget = forms.HiddenInput()

    def _offer_grounds(self) -> None:
        """Only grounds that hold now; one that two outcomes share stands there once."""
        found: dict[int, Ground] = {}
        for outcome in self.possible_outcomes():
            found |= {each.pk: each for each in grounds.offered(self.application, outcome, today())}
        self._offered = found
        if not found:
            del self.fields["grounds"]
            return
        field = self.fields["grounds"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(pk, ground_label(ground)) for pk, ground in found.items()]

    def _propose_period(self) -> None:
        rules = self.application.scheme_version
        texts = list(rules.obligations.all())
        field = self.fields["obligations"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(duty.with_basis, duty.with_basis) for duty in texts]
        field.initial = [duty.with_basis for duty in texts if duty.by_default]
        if not texts:
            del self.fields["obligations"]
        last = self.application.ends_on or self.application.starts_on
        until = last if last and last >= today() else month(rules.execute_months).after(today())
        self.fields["execute_until"].initial = until
        if rules.accountability_bands.exclude(mode="none").exists():
            self.fields["report_due_on"].initial = until + timedelta(weeks=rules.report_weeks)


class SettleForm(TermsForm):
    """Settle after the report."""

    outcomes = (Outcome.SETTLE, Outcome.SETTLE_LOWER)

    def usual_amount(self) -> Decimal:
        """What was granted, less what was not spent and is more than people may keep."""
        granted = promised(self.application)
        report = Report.objects.filter(application=self.application).first()
        keep = self.application.scheme_version.unspent_return_above
        return granted - unspent(granted, report.spent if report else None, keep)


class RecoverForm(TermsForm):
    """Claim back what was paid too much."""

    outcomes = (Outcome.RECOVER,)

    def usual_amount(self) -> Decimal:
        """What was paid above what the applicant has a right to."""
        return overpaid(self.application)


class WaiveForm(TermsForm):
    """Let go of what was paid too much, or of a part of it."""

    outcomes = (Outcome.WAIVE,)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].label = _("Van welk bedrag ziet u af?")

    def usual_amount(self) -> Decimal:
        """All that is open."""
        return waivable(self.application)


class DeferForm(TermsForm):
    """Let a debt be paid in monthly parts."""

    outcomes = (Outcome.DEFER,)
    with_amount = False

    instalment = EuroField(label=gettext_lazy("Hoeveel per maand?"), min_value=Decimal("0.01"))
    first_part_on = SplitDateField(label=gettext_lazy("Eerste deel uiterlijk"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_part_on"].initial = month(1).after(today())
        self.order_fields(["outcome", "instalment", "first_part_on", "motivation"])

    @property
    def terms(self) -> DecisionTerms:
        """The arrangement is about everything that is open."""
        found = self.cleaned_data
        return replace(
            super().terms,
            amount=still_claimed(self.application),
            instalment=found["instalment"],
            first_part_on=found["first_part_on"],
        )


class SecondForm(StepForm):
    """The second pair of eyes."""

    no_interest = forms.BooleanField(
        label=gettext_lazy("Ik heb geen eigen belang: ik ken de aanvrager niet persoonlijk")
    )
    error_texts: ClassVar = {
        "no_interest": {"required": gettext_lazy("Verklaar dat u geen eigen belang heeft, of vraag een andere collega")}
    }


class ReturnForm(StepForm):
    """Give a proposal back."""

    reason = long_text(gettext_lazy("Waarom geeft u het terug?"), rows=4, most=1000)


def ground_label(ground: Ground) -> str | Promise:
    """The article and its meaning, with what it is a ground for."""
    words = {
        GroundKind.REFUSAL: _("weigeren"),
        GroundKind.NOT_PROCESSED: _("buiten behandeling"),
        GroundKind.LOWER: _("lager"),
        GroundKind.REVOKE: _("intrekken of wijzigen"),
    }
    return f"{ground.article}: {ground.text} ({words[GroundKind(ground.kind)]})"
