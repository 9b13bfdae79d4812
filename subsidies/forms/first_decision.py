"""What is filled in to decide on an application, and what belongs only there: a term of 4:51, a proviso of 4:34."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.terms.calendar import today
from shared.ui.fields import EuroField, SplitDateField
from shared.ui.notations import euro_text
from subsidies import budget
from subsidies.enums import GroundRule, Outcome
from subsidies.findings import consecutive_years
from subsidies.forms.decide import TermsForm
from subsidies.models import Hearing
from subsidies.workflow import grounds, proviso
from subsidies.workflow.decision_checks import GRANTS
from subsidies.workflow.decision_terms import DecisionTerms
from subsidies.workflow.owed import promised

# Questions that only belong to money that is given.
OF_A_GRANT = ("amount", "obligations", "own_obligations", "execute_until", "report_due_on")


class DecisionForm(TermsForm):
    """Decide on the application."""

    outcomes = (Outcome.GRANT, Outcome.GRANT_PARTLY, Outcome.REFUSE, Outcome.NOT_PROCESSED)
    with_period = True

    advance = EuroField(label=gettext_lazy("Voorschot"), required=False, min_value=Decimal(0))
    under_proviso = forms.BooleanField(required=False)
    facts_of_others = forms.BooleanField(
        label=gettext_lazy("Het rust ook op gegevens over de aanvrager die van iemand anders komen (Awb 4:7)"),
        required=False,
        help_text=gettext_lazy(
            "Bij weigeren of deels toekennen. Wijken die gegevens af van wat de aanvrager zelf schreef? Vink dit dan "
            "aan. Dan moet de aanvrager eerst kunnen reageren: vraag een zienswijze over dit besluit en deze gronden."
        ),
    )
    announced_on = SplitDateField(
        label=gettext_lazy("Na drie jaar of meer: wanneer maakte u het voornemen bekend?"),
        required=False,
        help_text=gettext_lazy("Alleen bij de grond van Awb 4:51. Vanaf die dag loopt de redelijke termijn."),
    )
    reasonable_until = SplitDateField(
        label=gettext_lazy("Redelijke termijn tot en met"),
        required=False,
        help_text=gettext_lazy(
            "De wet noemt geen getal. Kijk wat de aanvrager moet afbouwen. Loopt de termijn nog als de activiteit "
            "begint? Ken dan voor die tijd een deel toe."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not set(GRANTS) & set(self.possible_outcomes()):
            for name in OF_A_GRANT:
                self.fields.pop(name, None)
        self._offer_advance()
        self._offer_proviso()
        self._offer_reasonable_term()
        # What belongs to a ground stands below the grounds.
        self.fields["facts_of_others"].hide_optional = True  # type: ignore[attr-defined]
        days = ["announced_on", "reasonable_until"]
        first = ["outcome", "under_proviso", "amount", "advance", "grounds", *days, "facts_of_others"]
        self.order_fields([*first, "motivation"])

    def possible_outcomes(self) -> tuple[Outcome, ...]:
        """No grant while the round waits: the page says why."""
        waits = budget.why_round_waits(self.application, today())
        return tuple(each for each in self.outcomes if not (waits and each in GRANTS))

    def usual_amount(self) -> Decimal:
        """What was asked, as far as the rules and the ceiling allow."""
        most = min(grounds.asked(self.application), grounds.most(self.application))
        return min(most, budget.room_for(self.application, today()))

    @property
    def terms(self) -> DecisionTerms:
        """The decision, with the term and the proviso where they belong."""
        found, terms = self.cleaned_data, super().terms
        if terms.outcome in GRANTS:
            terms = replace(terms, advance=found.get("advance"))
        if terms.outcome in GRANTS and found.get("under_proviso") and self._budget:
            terms = replace(terms, budget_year=self._budget.year)
        if terms.outcome in (Outcome.REFUSE, Outcome.GRANT_PARTLY):
            terms = replace(terms, facts_of_others=bool(found.get("facts_of_others")))
        if self._asks_term(terms):
            terms = replace(
                terms, announced_on=found.get("announced_on"), reasonable_until=found.get("reasonable_until")
            )
        return terms

    def _offer_advance(self) -> None:
        """Only where not every amount is settled at once, or no grant is possible now."""
        rules, field = self.application.scheme_version, self.fields["advance"]
        if rules.direct_settlement_until >= rules.maximum_amount or not set(GRANTS) & set(self.possible_outcomes()):
            del self.fields["advance"]
            return
        field.help_text = _(
            "Wat de aanvrager vóór de vaststelling krijgt. Leeg: zoals de regeling zegt, %(percent)d%% van het bedrag "
            "boven %(above)s."
        ) % {"percent": rules.advance_percent, "above": euro_text(rules.advance_above)}
        if not rules.advance_above:
            text = _("Wat de aanvrager vóór de vaststelling krijgt. Leeg: zoals de regeling zegt, %(percent)d%%.")
            field.help_text = text % {"percent": rules.advance_percent}
        field.hide_optional = True  # type: ignore[attr-defined]

    def _offer_proviso(self) -> None:
        """Only while the budget of the activity is not adopted."""
        self._budget = proviso.budget_for(self.application, today())
        if self._budget is None:
            del self.fields["under_proviso"]
            return
        field, year = self.fields["under_proviso"], self._budget.year
        field.label = _("Onder voorbehoud van de begroting van %(year)d (Awb 4:34)") % {"year": year}
        field.help_text = _(
            "De raad heeft die begroting nog niet vastgesteld. De aanvrager krijgt het geld als de raad het "
            "beschikbaar stelt. Sluit de regeling dit uit? Gebruik het dan niet."
        )
        field.initial = year == today().year
        field.hide_optional = True  # type: ignore[attr-defined]

    def _offer_reasonable_term(self) -> None:
        """Only after three years or more, when the catalogue has the ground."""
        if not any(ground.rule == GroundRule.YEARS for ground in self._offered.values()):
            del self.fields["announced_on"]
            del self.fields["reasonable_until"]
            return
        asked = Hearing.objects.filter(application=self.application).order_by("asked_on").first()
        self.fields["announced_on"].initial = asked.asked_on if asked else None
        for name in ("announced_on", "reasonable_until"):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]

    def _asks_term(self, terms: DecisionTerms) -> bool:
        return any(self._offered[pk].rule == GroundRule.YEARS for pk in terms.grounds if pk in self._offered)


class InvokeForm(TermsForm):
    """Take the grant back, or a part of it, because the council made too little money available."""

    outcomes = (Outcome.REVOKE,)

    amount = EuroField(
        label=gettext_lazy("Hoeveel krijgt de aanvrager nog wel?"),
        min_value=Decimal(0),
        help_text=gettext_lazy("Vul 0 in om de hele subsidie in te trekken."),
    )
    continued = forms.BooleanField(
        label=gettext_lazy("De aanvrager deed deze activiteit vorig jaar ook (Awb 4:34, vierde lid)"),
        required=False,
        help_text=gettext_lazy("Dan hoort er een redelijke termijn bij, en een vergoeding van schade (Awb 4:50)."),
    )
    reasonable_until = SplitDateField(label=gettext_lazy("Redelijke termijn tot en met"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The law itself is the ground.
        self.fields.pop("grounds", None)
        self._offered = {}
        self.fields["amount"].initial = Decimal(0)
        self.fields["continued"].initial = bool(consecutive_years(self.application))
        for name in ("continued", "reasonable_until"):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]
        self.order_fields(["outcome", "amount", "continued", "reasonable_until", "motivation"])

    def clean(self) -> dict[str, Any]:
        """Less than was promised; and time for who did the same last year."""
        cleaned = super().clean() or self.cleaned_data
        amount = cleaned.get("amount")
        if amount is not None and amount >= promised(self.application):
            self.add_error("amount", _("Vul een lager bedrag in dan nu is toegezegd"))
        if cleaned.get("continued") and not cleaned.get("reasonable_until"):
            self.add_error("reasonable_until", _("Vul in tot en met welke dag de aanvrager de tijd krijgt"))
        return cleaned

    @property
    def terms(self) -> DecisionTerms:
        """A withdrawal, or a change to what is left."""
        found, left = self.cleaned_data, self.cleaned_data["amount"]
        return replace(
            super().terms,
            outcome=Outcome.CHANGE if left else Outcome.REVOKE,
            amount=left or None,
            reasonable_until=found["reasonable_until"] if found["continued"] else None,
            invokes_proviso=True,
        )
