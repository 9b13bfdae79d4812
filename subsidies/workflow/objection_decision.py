"""Decide on an objection: look at everything again, and put a new decision in the place of the old one where needed."""

from dataclasses import replace
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.terms import awb, legal_days
from shared.terms.calendar import today
from shared.ui.notations import euro_text
from subsidies import findings
from subsidies.enums import ObjectionOutcome, Outcome, Status
from subsidies.letters.decision import Enclosed
from subsidies.models import Application, Decision, DefaultNotice, Ground, Mandate, Objection
from subsidies.policies import mandates_of, may_handle_objection
from subsidies.workflow import case, decision_checks, default_notice, objection, pay
from subsidies.workflow.decide import Act, take
from subsidies.workflow.decision_checks import GRANTS
from subsidies.workflow.decision_terms import DecisionTerms
from subsidies.workflow.owed import promised

NOTHING = Decimal(0)
# What a new decision can be, by what the objection was against (Awb article 7:11(2)).
IN_ITS_PLACE = {
    Outcome.GRANT: GRANTS,
    Outcome.GRANT_PARTLY: GRANTS,
    Outcome.REFUSE: GRANTS,
    Outcome.NOT_PROCESSED: GRANTS,
    Outcome.REVOKE: GRANTS,
    Outcome.CHANGE: (Outcome.CHANGE,),
    Outcome.PENALTY: (Outcome.PENALTY,),
    Outcome.SETTLE: (Outcome.SETTLE, Outcome.SETTLE_LOWER),
    Outcome.SETTLE_LOWER: (Outcome.SETTLE, Outcome.SETTLE_LOWER),
}


@transaction.atomic
def decide(
    against: Objection,
    *,
    outcome: ObjectionOutcome,
    motivation: str,
    terms: DecisionTerms | None = None,
    no_interest: bool,
    without_hearing: str = "",
    by: User,
    version: int | None,
) -> Decision:
    """Take the decision on an objection, with the new decision on the application when it is founded.

    `without_hearing` says why nobody had to be heard (Awb article 7:3). `version` is that of the application.

    Raises:
        WorkflowError: it cannot be decided like this; nothing happened.
    """
    application = case.lock(against.against.application, version)
    found = Objection.objects.locked().select_related("against", "handler").get(pk=against.pk)
    found.against.application = application
    new = terms or DecisionTerms(Outcome.OBJECTION, motivation)
    new = replace(new, motivation=_with_reason(motivation, without_hearing), no_interest=no_interest)
    _check(found, outcome, new, without_hearing, by)
    grounds = _check_new(application, found, outcome, terms and new)
    mandate = _mandate(application, found, new, by)
    found.outcome = outcome
    handler = found.handler if found.handler_id != by.pk else None
    act = Act(new, grounds, mandate, by, handler, application.status)
    enclosed = Enclosed(kind=new.outcome, record_as=Outcome.OBJECTION, objection=found)
    decision = take(application, act, on=today(), enclosed=enclosed)
    if outcome == ObjectionOutcome.FOUNDED and terms is None:
        _undo(application, found, decision)
    objection.note_decided(found, decision)
    return decision


def _check(found: Objection, outcome: ObjectionOutcome, terms: DecisionTerms, without_hearing: str, by: User) -> None:
    if not may_handle_objection(by, found) or not by.has_perm("subsidies.decide_application"):
        raise WorkflowError(
            _("U nam het besluit of bereidde het voor. Iemand anders beslist op het bezwaar (Awb 10:3, derde lid).")
        )
    application = found.against.application
    if application.status == Status.PROPOSED:
        raise WorkflowError(_("Er ligt nog een voorstel over deze aanvraag. Handel dat eerst af."))
    if findings.conflict_hints(application, by) or not terms.no_interest:
        raise WorkflowError(_("Wie een eigen belang kan hebben, beslist niet op het bezwaar (Awb 2:4)."))
    if not terms.motivation.strip():
        raise WorkflowError(_("Schrijf waarom u zo beslist. Een beslissing zonder motivering kan niet."))
    if found.is_late and not found.excused_because and outcome != ObjectionOutcome.INADMISSIBLE:
        raise WorkflowError(
            _(
                "Dit bezwaar kwam te laat. Laat het eerst toe met een reden (Awb 6:11), "
                "of verklaar het niet-ontvankelijk."
            )
        )
    waits = found.repair_due_on and found.repaired_on is None and found.repair_due_on >= today()
    if outcome == ObjectionOutcome.INADMISSIBLE and waits:
        raise WorkflowError(_("De tijd om het bezwaar aan te vullen is nog niet voorbij (Awb 6:6)."))
    heard = found.hearing_on is not None and found.hearing_on <= today()
    if not heard and not without_hearing.strip():
        raise WorkflowError(
            _("Nodig de indiener eerst uit voor een hoorzitting, of schrijf waarom dat niet hoeft (Awb 7:2 en 7:3).")
        )


def _check_new(
    application: Application, found: Objection, outcome: ObjectionOutcome, terms: DecisionTerms | None
) -> list[Ground]:
    """The new decision on the application keeps to the same rules, and is never worse for who objected."""
    old = Outcome(found.against.outcome)
    if outcome != ObjectionOutcome.FOUNDED:
        if terms is not None:
            raise WorkflowError(_("Alleen bij een gegrond bezwaar komt er een ander besluit."))
        return []
    if terms is None and old in (Outcome.NOT_PROCESSED, Outcome.RECOVER):
        return []
    if terms is None:
        raise WorkflowError(_("Het bezwaar is gegrond. Kies welk besluit er in de plaats komt."))
    if terms.outcome not in IN_ITS_PLACE.get(old, ()):
        raise WorkflowError(_("Dit besluit kan niet in de plaats komen van het besluit waartegen bezwaar is gemaakt."))
    _check_not_worse(application, found, terms)
    return decision_checks.check_grounds(application, terms, today())


def _check_not_worse(application: Application, found: Objection, terms: DecisionTerms) -> None:
    least, most = _limits(application, found)
    if terms.amount is None or terms.amount < least:
        raise WorkflowError(
            _("Door bezwaar wordt niemand slechter af: het bedrag moet %(now)s of meer zijn.")
            % {"now": euro_text(least)}
        )
    if terms.outcome in GRANTS:
        decision_checks.check_grant(application, terms, today())
    elif terms.amount > most:
        raise WorkflowError(_("Het bedrag moet %(granted)s of minder zijn.") % {"granted": euro_text(most)})


def _limits(application: Application, found: Objection) -> tuple[Decimal, Decimal]:
    """Between which amounts the new decision lies, apart from the limits of a grant."""
    against = found.against
    if against.outcome == Outcome.PENALTY:
        notice = DefaultNotice.objects.get(decision=against)
        return against.amount or NOTHING, default_notice.penalty_of(notice).most
    now = NOTHING if application.status == Status.REVOKED else promised(application)
    # What a change took away can be given back.
    earlier = application.decisions.filter(outcome__in=[*GRANTS, Outcome.CHANGE, Outcome.OBJECTION])
    once: Decimal = earlier.aggregate(most=Max("amount", default=NOTHING))["most"]
    changed = against.outcome == Outcome.CHANGE
    return now, max(application.granted_amount or NOTHING, once if changed else NOTHING)


def _mandate(application: Application, found: Objection, terms: DecisionTerms, by: User) -> Mandate:
    old = DecisionTerms(Outcome(found.against.outcome), "", amount=found.against.amount)
    amount = max(decision_checks.at_stake(application, terms), decision_checks.at_stake(application, old))
    mandates = mandates_of(by, application, today())
    mandate = next((each for each in mandates if each.maximum_amount >= amount), None)
    if mandate is None:
        raise WorkflowError(
            _("Uw mandaat is niet genoeg voor %(amount)s. Vraag een collega met meer mandaat om te beslissen.")
            % {"amount": euro_text(amount)}
        )
    return mandate


def _undo(application: Application, found: Objection, decision: Decision) -> None:
    """Without a new decision: the application is handled after all, or nothing is claimed back any more."""
    if found.against.outcome == Outcome.NOT_PROCESSED:
        application.move_to(Status.IN_REVIEW)
        application.decided_at = None
        case.save(application)
        return
    recovery = found.against.recovery
    if not recovery.received_amount:
        recovery.delete()
        return
    recovery.amount = recovery.received_amount
    recovery.save()
    due_on = awb.payment_due(decision.notified_on, calendar=legal_days.calendar()).due_legal
    pay.prepare_payment(decision, purpose="settlement", amount=recovery.received_amount, due_on=due_on)


def _with_reason(motivation: str, without_hearing: str) -> str:
    return "\n\n".join(filter(None, [motivation.strip(), without_hearing.strip()]))
