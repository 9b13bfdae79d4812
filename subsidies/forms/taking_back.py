"""What is filled in to change a grant or to take it back, with what the grounds of the law ask for."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.ui.fields import SplitDateField
from subsidies.enums import GroundRule, Outcome
from subsidies.forms.decide import TermsForm
from subsidies.workflow.decision_terms import DecisionTerms
from subsidies.workflow.disadvantage import in_force

WORSE, NOT_WORSE = "worse", "not_worse"
# What belongs to which ground.
ASKED_BY = {"reasonable_until": GroundRule.FUTURE, "breached_on": GroundRule.BREACH}


def keep_what_holds(form: TermsForm) -> None:
    """The period and the duties of now are what stays, unless they are changed in the form."""
    now = in_force(form.application)
    if now is None:
        return
    form.fields["execute_until"].initial = now.execute_until
    form.fields["report_due_on"].initial = now.report_due_on
    offered = []
    if "obligations" in form.fields:
        field = form.fields["obligations"]
        assert isinstance(field, forms.MultipleChoiceField)
        offered = [value for value, _label in field.choices]  # type: ignore[union-attr]
        field.initial = [duty for duty in now.obligations if duty in offered]
    form.fields["own_obligations"].initial = "\n".join(duty for duty in now.obligations if duty not in offered)


class TakingBackForm(TermsForm):
    """A decision that can rest on Awb articles 4:48 to 4:50."""

    reasonable_until = SplitDateField(
        label=gettext_lazy("Redelijke termijn tot en met"),
        required=False,
        help_text=gettext_lazy("Alleen bij de gronden van Awb 4:50. De aanvrager krijgt tot dan de tijd."),
    )
    breached_on = SplitDateField(
        label=gettext_lazy("Wanneer hield de aanvrager zich niet aan de verplichting?"),
        required=False,
        help_text=gettext_lazy("Alleen bij Awb 4:49, eerste lid, onder c. Vanaf die dag tellen de vijf jaar."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = {ground.rule for ground in self._offered.values()}
        for name, rule in ASKED_BY.items():
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]
            if rule not in rules:
                del self.fields[name]
        self.order_fields(["outcome", "worse", "amount", "grounds", *ASKED_BY, "motivation"])

    @property
    def terms(self) -> DecisionTerms:
        """The decision, with the days that its grounds ask for."""
        terms = super().terms
        rules = {self._offered[pk].rule for pk in terms.grounds}
        asked = {name: self.cleaned_data.get(name) for name, rule in ASKED_BY.items() if rule in rules}
        return replace(terms, **asked)


class ChangeForm(TakingBackForm):
    """Change what was granted."""

    outcomes = (Outcome.CHANGE,)
    with_period = True

    worse = forms.ChoiceField(
        label=gettext_lazy("Is de wijziging in het nadeel van de aanvrager?"),
        choices=[
            (NOT_WORSE, gettext_lazy("Nee: niets wordt zwaarder, korter of minder")),
            (WORSE, gettext_lazy("Ja: dan is een grond nodig, en eerst een zienswijze (Awb 4:12)")),
        ],
        widget=forms.RadioSelect,
    )
    error_texts: ClassVar = {
        **TermsForm.error_texts,
        "worse": {"required": gettext_lazy("Kies of de wijziging in het nadeel van de aanvrager is")},
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_what_holds(self)

    @property
    def terms(self) -> DecisionTerms:
        """The change, with what who decides says about it."""
        return replace(super().terms, worse=self.cleaned_data["worse"] == WORSE)


class RevokeForm(TakingBackForm):
    """Take the grant back."""

    outcomes = (Outcome.REVOKE,)
    with_amount = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motivation"].help_text = _(
            "Deze woorden komen in de brief. Schrijf ook hoe u de belangen van de aanvrager heeft meegewogen."
        )
