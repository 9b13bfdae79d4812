"""What a recipient owes the municipality: claimed back, paid in parts, or let go (Awb 4:57, 4:94 and 4:94a)."""

from datetime import date
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.terms import awb, legal_days
from shared.terms.lengths import month
from shared.ui.notations import euro_text
from subsidies import budget
from subsidies.enums import Outcome
from subsidies.models import Application, Decision, Recovery, Waiver
from subsidies.workflow.decision_terms import DecisionTerms
from subsidies.workflow.owed import overpaid, still_claimed, waivable

NOTHING = Decimal(0)
# Longer than this nobody should be tied to a small grant.
MOST_PARTS = 36


def check(application: Application, terms: DecisionTerms, on: date) -> None:
    """The sums of a decision about what is owed.

    Raises:
        WorkflowError: more than is owed, or no arrangement that ends.
    """
    if terms.outcome == Outcome.RECOVER:
        _check_recovery(application, terms)
    elif terms.outcome == Outcome.WAIVE:
        _check_waiver(application, terms)
    elif terms.outcome == Outcome.DEFER:
        _check_parts(application, terms, on)


def parts(owed: Decimal, instalment: Decimal) -> int:
    """In how many parts a debt is paid."""
    return int((owed / instalment).to_integral_value(ROUND_CEILING))


def last_part_on(owed: Decimal, terms: DecisionTerms) -> date | None:
    """The day of the last part; None when it is not paid in parts."""
    if not terms.instalment or terms.first_part_on is None:
        return None
    return month(parts(owed, terms.instalment) - 1).after(terms.first_part_on)


def carry_out(application: Application, decision: Decision, outcome: str, *, by: User, on: date) -> None:
    """Do what a decision about a debt says; one about anything else does nothing here."""
    if outcome == Outcome.RECOVER:
        _claim_back(application, decision)
    elif outcome == Outcome.WAIVE:
        _waive(application, decision, by=by, on=on)


def _claim_back(application: Application, decision: Decision) -> None:
    due_on = decision.payment_due or decision.notified_on
    Recovery.objects.create(
        application=application, decision=decision, amount=decision.amount or NOTHING, due_on=due_on
    )


def _waive(application: Application, decision: Decision, *, by: User, on: date) -> None:
    """Let go of the sum: first of what was asked back, the oldest first, then of what never was."""
    amount = left = decision.amount or NOTHING
    for recovery in Recovery.objects.select_for_update().open().filter(application=application):
        part = min(left, recovery.left)
        if not part:
            break
        recovery.waived_amount += part
        recovery.save(update_fields=["waived_amount"])
        Waiver.objects.create(application=application, decision=decision, recovery=recovery, amount=part)
        left -= part
    if left:
        Waiver.objects.create(application=application, decision=decision, amount=left)
    budget.waived(application, amount, by=by, on=on, note=str(decision.pk))


def defer(application: Application, decision: Decision, terms: DecisionTerms) -> None:
    """Give the recipient time: no reminder goes out before the day of the last part (Awb article 4:94(2))."""
    for recovery in Recovery.objects.select_for_update().open().filter(application=application):
        recovery.instalment, recovery.first_part_on = terms.instalment, terms.first_part_on
        recovery.due_on = decision.payment_due or recovery.due_on
        recovery.reminded_at = None
        recovery.save(update_fields=["instalment", "first_part_on", "due_on", "reminded_at"])


def end_arrangement(application: Application, decision: Decision) -> None:
    """The objection against it was right: the debt is due as after any decision, until something else is agreed."""
    due_on = awb.payment_due(decision.notified_on, calendar=legal_days.calendar()).due_legal
    Recovery.objects.open().filter(application=application).update(instalment=None, first_part_on=None, due_on=due_on)


def _check_recovery(application: Application, terms: DecisionTerms) -> None:
    """Only what was paid without right comes back, and once (Awb article 4:57(1))."""
    most = overpaid(application)
    if not most:
        raise WorkflowError(_("Er is niets te veel betaald, of het is al teruggevraagd."))
    if not Decimal(0) < (terms.amount or Decimal(0)) <= most:
        raise WorkflowError(
            _("Er is %(most)s te veel betaald. Meer kunt u niet terugvragen.") % {"most": euro_text(most)}
        )


def _check_waiver(application: Application, terms: DecisionTerms) -> None:
    most = waivable(application)
    if not most:
        raise WorkflowError(_("Er staat niets open om van af te zien."))
    if not NOTHING < (terms.amount or NOTHING) <= most:
        raise WorkflowError(_("Er staat %(most)s open. Van meer kunt u niet afzien.") % {"most": euro_text(most)})


def _check_parts(application: Application, terms: DecisionTerms, on: date) -> None:
    owed = still_claimed(application)
    if not owed:
        raise WorkflowError(_("Er staat geen terugvordering open."))
    if terms.amount != owed:
        raise WorkflowError(_("De regeling gaat over alles wat nog open staat: %(owed)s.") % {"owed": euro_text(owed)})
    if not terms.instalment or not NOTHING < terms.instalment <= owed:
        raise WorkflowError(_("Vul een bedrag per maand in van ten hoogste %(owed)s.") % {"owed": euro_text(owed)})
    if terms.first_part_on is None or terms.first_part_on <= on:
        raise WorkflowError(_("Kies voor het eerste deel een dag na vandaag."))
    if parts(owed, terms.instalment) > MOST_PARTS:
        raise WorkflowError(
            _("Zo duurt het langer dan %(most)d maanden. Kies een hoger bedrag, of zie af van een deel.")
            % {"most": MOST_PARTS}
        )
