"""Decide on an objection: look at everything again, and put a new decision in the place of the old one where needed."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.terms import awb, legal_days
from shared.terms.calendar import today
from shared.ui.notations import euro_text
from subsidies.enums import ObjectionOutcome, ObjectionStatus, Outcome, Status
from subsidies.letters.decision import Enclosed
from subsidies.models import Application, Decision, DefaultNotice, Ground, Mandate, Objection
from subsidies.policies import mandates_of, may_handle_objection
from subsidies.workflow import case, debts, decision_checks, default_notice, disadvantage, objection, pay
from subsidies.workflow.decide import Act, SecondPairNeeded, take
from subsidies.workflow.decision_checks import GRANTS
from subsidies.workflow.decision_terms import DecisionTerms
from subsidies.workflow.objection_terms import ObjectionTerms
from subsidies.workflow.owed import promised, waivable

NOTHING = Decimal(0)
CENT = Decimal("0.01")
# Founded, these need no other decision in their place: the case goes on, or the debt is gone.
WITHOUT_ANOTHER = (Outcome.NOT_PROCESSED, Outcome.RECOVER, Outcome.DEFER)
# What a new decision can be, by what the objection was against (Awb article 7:11(2)).
IN_ITS_PLACE = {
    Outcome.GRANT: GRANTS,
    Outcome.GRANT_PARTLY: GRANTS,
    Outcome.REFUSE: GRANTS,
    Outcome.NOT_PROCESSED: GRANTS,
    Outcome.REVOKE: GRANTS,
    Outcome.CHANGE: (Outcome.CHANGE,),
    Outcome.PENALTY: (Outcome.PENALTY,),
    # What comes on top of the first decision.
    Outcome.WAIVE: (Outcome.WAIVE,),
    Outcome.INTEREST: (Outcome.INTEREST,),
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
    interest: str = "",
    without_hearing: str = "",
    deviates_because: str = "",
    by: User,
    version: int | None,
) -> Decision:
    """Take the decision on an objection, with the new decision on the application when it is founded.

    `without_hearing` says why nobody had to be heard (Awb article 7:3), `deviates_because` why the advice of the
    committee is not followed (7:13(7)). `version` is that of the application.

    Raises:
        SecondPairNeeded: propose it to a colleague instead.
        WorkflowError: it cannot be decided like this; nothing happened.
    """
    plan = ObjectionTerms(outcome, motivation, terms, no_interest, interest, without_hearing, deviates_because)
    found = lock(against, version)
    if found.status == ObjectionStatus.PROPOSED:
        raise WorkflowError(_("Er ligt al een voorstel voor deze beslissing. Een collega beslist, of geeft het terug."))
    grounds = check(found, plan, by)
    if reasons := second_pair_because(found, plan, by=by):
        raise SecondPairNeeded(
            _("Hier is een tweede paar ogen nodig: %(reasons)s. Leg het als voorstel voor aan een collega.")
            % {"reasons": "; ".join(reasons)}
        )
    return take_on_objection(found, plan, grounds, by=by, prepared_by=found.handler)


def lock(against: Objection, version: int | None) -> Objection:
    """Lock the case and the objection, and give their newest state."""
    application = case.lock(against.against.application, version)
    found: Objection = Objection.objects.locked().select_related("against", "handler").get(pk=against.pk)
    found.against.application = application
    return found


def take_on_objection(
    found: Objection, plan: ObjectionTerms, grounds: list[Ground], *, by: User, prepared_by: User | None
) -> Decision:
    """Save and send the decision; the caller locked and checked everything but the mandate."""
    application, terms = found.against.application, plan.decision
    mandate = _mandate(found, plan, by)
    found.outcome, found.deviates_because = plan.outcome, plan.deviates_because.strip()
    preparer = prepared_by if prepared_by and prepared_by.pk != by.pk else None
    act = Act(terms, grounds, mandate, by, preparer, application.status)
    enclosed = Enclosed(kind=terms.outcome, record_as=Outcome.OBJECTION, objection=found)
    decision = take(application, act, on=today(), enclosed=enclosed)
    if plan.outcome == ObjectionOutcome.FOUNDED and plan.new is None:
        _undo(application, found, decision)
    objection.note_decided(found, decision)
    return decision


def second_pair_because(found: Objection, plan: ObjectionTerms, *, by: User) -> list[str]:
    """Why a second person has to look, as at a first decision: the money of the old or the new one, or an interest."""
    application, old = found.against.application, _old(found)
    both = [old, plan.decision] if plan.new is None else [plan.decision, old]
    amount = next((reason for terms in both if (reason := decision_checks.above_limit(application, terms))), "")
    return [*([amount] if amount else []), *decision_checks.interests(application, plan.decision, by=by)]


def check(found: Objection, plan: ObjectionTerms, by: User) -> list[Ground]:
    """Everything but the mandate and the second pair of eyes; gives the grounds of the new decision.

    Raises:
        WorkflowError: it cannot be decided like this.
    """
    _check(found, plan, by)
    return _check_new(found.against.application, found, plan.outcome, plan.new and plan.decision)


def _check(found: Objection, plan: ObjectionTerms, by: User) -> None:
    if not may_handle_objection(by, found) or not by.has_perm("subsidies.decide_application"):
        raise WorkflowError(
            _("U nam het besluit of bereidde het voor. Iemand anders beslist op het bezwaar (Awb 10:3, derde lid).")
        )
    if found.against.application.status == Status.PROPOSED:
        raise WorkflowError(_("Er ligt nog een voorstel over deze aanvraag. Handel dat eerst af."))
    decision_checks.check_words(plan.decision)
    decision_checks.check_period(plan.decision)
    if found.is_late and not found.excused_because and plan.outcome != ObjectionOutcome.INADMISSIBLE:
        raise WorkflowError(
            _(
                "Dit bezwaar kwam te laat. Laat het eerst toe met een reden (Awb 6:11), "
                "of verklaar het niet-ontvankelijk."
            )
        )
    asked = found.repair
    waits = asked is not None and asked.repaired_on is None and asked.last_day >= today()
    if plan.outcome == ObjectionOutcome.INADMISSIBLE and waits:
        raise WorkflowError(_("De tijd om het bezwaar aan te vullen is nog niet voorbij (Awb 6:6)."))
    _check_file(found, plan)


def _check_file(found: Objection, plan: ObjectionTerms) -> None:
    """The hearing is on record or was not needed; the advice of the committee is there, and is followed or not."""
    if not found.was_heard and not plan.without_hearing.strip():
        if found.hearing_on and found.hearing_on <= today():
            raise WorkflowError(_("Maak eerst een verslag van de hoorzitting (Awb 7:7)."))
        if found.hearing_on:
            raise WorkflowError(_("De hoorzitting moet nog komen. Wacht erop, of schrijf waarom zij niet hoeft."))
        raise WorkflowError(
            _("Nodig de indiener eerst uit voor een hoorzitting, of schrijf waarom dat niet hoeft (Awb 7:2 en 7:3).")
        )
    if not found.committee:
        return
    if found.advised_on is None:
        raise WorkflowError(_("Wacht op het advies van de commissie en leg dat vast (Awb 7:13)."))
    if plan.outcome != found.advised and not plan.deviates_because.strip():
        raise WorkflowError(
            _("De commissie adviseert “%(advice)s”. Schrijf waarom u daarvan afwijkt (Awb 7:13, zevende lid).")
            % {"advice": found.get_advised_display()}
        )


def _check_new(
    application: Application, found: Objection, outcome: ObjectionOutcome, terms: DecisionTerms | None
) -> list[Ground]:
    """The new decision on the application keeps to the same rules, and is never worse for an applicant who objected.

    When somebody else objected it can be: the decision is looked at as a whole (Awb article 7:11).
    """
    old = Outcome(found.against.outcome)
    if outcome != ObjectionOutcome.FOUNDED:
        if terms is not None:
            raise WorkflowError(_("Alleen bij een gegrond bezwaar komt er een ander besluit."))
        return []
    if terms is None and old in WITHOUT_ANOTHER:
        return []
    if terms is None:
        raise WorkflowError(_("Het bezwaar is gegrond. Kies welk besluit er in de plaats komt."))
    if terms.outcome not in in_its_place(found):
        raise WorkflowError(_("Dit besluit kan niet in de plaats komen van het besluit waartegen bezwaar is gemaakt."))
    if found.by_other:
        _check_heard_if_worse(application, found, terms)
    else:
        _check_not_worse(application, terms, least=_least(application, found))
    _check_amount(application, found, terms)
    # Who objected was heard about it, or now rests it on nothing that was not put to them before the first decision.
    known = set(terms.grounds) <= set(found.against.grounds.values_list("pk", flat=True))
    heard = known or found.was_heard
    return decision_checks.check_grounds(application, terms, today(), heard=heard)


def in_its_place(found: Objection) -> tuple[Outcome, ...]:
    """What can take the place of the decision; who is not the applicant can object to there being a grant at all."""
    usual = IN_ITS_PLACE.get(Outcome(found.against.outcome), ())
    granted = found.against.outcome in GRANTS
    return (*usual, Outcome.REFUSE) if found.by_other and granted else usual


def _check_not_worse(application: Application, terms: DecisionTerms, *, least: Decimal) -> None:
    if terms.amount is None or terms.amount < least:
        raise WorkflowError(
            _("Door eigen bezwaar wordt niemand slechter af: het bedrag moet %(now)s of meer zijn.")
            % {"now": euro_text(least)}
        )
    if worse := disadvantage.why_worse(application, terms):
        raise WorkflowError(_("Door eigen bezwaar wordt niemand slechter af: %(why)s.") % {"why": "; ".join(worse)})


def _check_heard_if_worse(application: Application, found: Objection, terms: DecisionTerms) -> None:
    lower = terms.amount is not None and terms.amount < _least(application, found)
    worse = terms.outcome == Outcome.REFUSE or lower or disadvantage.why_worse(application, terms)
    if worse and not found.applicant_was_heard:
        raise WorkflowError(
            _(
                "Dit besluit is in het nadeel van de aanvrager. Nodig uit voor een hoorzitting (de aanvrager krijgt "
                "ook een uitnodiging) en maak daarvan een verslag (Awb 7:2)."
            )
        )


def _check_amount(application: Application, found: Objection, terms: DecisionTerms) -> None:
    if terms.outcome in GRANTS:
        decision_checks.check_grant(application, terms, today())
    elif terms.outcome != Outcome.REFUSE:
        most = _most(application, found)
        if terms.amount is None or not NOTHING <= terms.amount <= most:
            raise WorkflowError(_("Het bedrag moet %(granted)s of minder zijn.") % {"granted": euro_text(most)})


def _least(application: Application, found: Objection) -> Decimal:
    """What the applicant has now: an own objection never takes from it, that of somebody else after a hearing."""
    against = found.against
    if against.outcome == Outcome.PENALTY:
        return against.amount or NOTHING
    if against.outcome in (Outcome.WAIVE, Outcome.INTEREST):
        return CENT
    return NOTHING if application.status == Status.REVOKED else promised(application)


def _most(application: Application, found: Objection) -> Decimal:
    """The most that can be decided, apart from the limits of a grant."""
    against = found.against
    if against.outcome == Outcome.PENALTY:
        return default_notice.most_of(DefaultNotice.objects.get(decision=against))
    if against.outcome == Outcome.WAIVE:
        return waivable(application)
    if against.outcome == Outcome.INTEREST:
        most: Decimal = against.late_interest.payment.amount
        return most
    # What a change took away can be given back.
    earlier = application.decisions.filter(outcome__in=[*GRANTS, Outcome.CHANGE, Outcome.OBJECTION])
    once: Decimal = earlier.aggregate(most=Max("amount", default=NOTHING))["most"]
    changed = against.outcome == Outcome.CHANGE
    return max(application.granted_amount or NOTHING, once if changed else NOTHING)


def mandate_on_objection(found: Objection, plan: ObjectionTerms, user: User) -> Mandate | None:
    """The mandate under which this person may decide it; None without one that is enough."""
    application = found.against.application
    stakes = [decision_checks.at_stake(application, terms) for terms in (plan.decision, _old(found))]
    mandates = mandates_of(user, application, today())
    return next((each for each in mandates if each.maximum_amount >= max(stakes)), None)


def _mandate(found: Objection, plan: ObjectionTerms, by: User) -> Mandate:
    mandate = mandate_on_objection(found, plan, by)
    if mandate is None:
        raise WorkflowError(
            _("Uw mandaat is niet genoeg voor deze beslissing. Leg haar voor aan een collega met meer mandaat.")
        )
    return mandate


def _old(found: Objection) -> DecisionTerms:
    return DecisionTerms(Outcome(found.against.outcome), "", amount=found.against.amount)


def _undo(application: Application, found: Objection, decision: Decision) -> None:
    """Without a new decision: the application is handled after all, or nothing is claimed back any more."""
    if found.against.outcome == Outcome.NOT_PROCESSED:
        application.move_to(Status.IN_REVIEW)
        application.decided_at = None
        case.save(application)
        return
    if found.against.outcome == Outcome.DEFER:
        debts.end_arrangement(application, decision)
        return
    recovery = found.against.recovery
    if not recovery.received_amount and not recovery.waived_amount:
        recovery.delete()
        return
    recovery.amount = recovery.received_amount + recovery.waived_amount
    recovery.save()
    if not recovery.received_amount:
        return
    due_on = awb.payment_due(decision.notified_on, calendar=legal_days.calendar()).due_legal
    pay.prepare_payment(decision, purpose="settlement", amount=recovery.received_amount, due_on=due_on)
