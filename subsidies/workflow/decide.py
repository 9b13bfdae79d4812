"""Decide: one indivisible act. The case, the money, the letter and the trail are saved together, or nothing is.

`decide` is for one person with enough mandate; above the scheme's amount, and whenever somebody may have an interest,
one person proposes and another with enough mandate decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.notifications.outbox import Attachment, Recipient
from shared.terms import awb, legal_days
from shared.terms.calendar import today
from shared.terms.lengths import weeks
from shared.ui import page_cache
from subsidies import budget, findings, settlement
from subsidies.enums import UNDECIDED, Outcome, Status
from subsidies.letters import decision as letters
from subsidies.letters.decision import Enclosed, Money
from subsidies.models import Application, Decision, Ground, Mandate, Proposal
from subsidies.policies import mandate_for
from subsidies.workflow import case, debts, decision_checks, disadvantage, objector, proviso
from subsidies.workflow.decision_effects import carry_out, is_direct, money_of
from subsidies.workflow.decision_terms import DecisionTerms

__all__ = [
    "DecisionTerms",
    "SecondPairNeeded",
    "decide",
    "propose",
    "return_proposal",
    "second",
]


class SecondPairNeeded(WorkflowError):
    """One person may not decide this alone."""


@dataclass(frozen=True)
class Act:
    """Who decides what, under which mandate; `status` is where the case stood."""

    terms: DecisionTerms
    grounds: Sequence[Ground]
    mandate: Mandate
    by: User
    prepared_by: User | None
    status: str


@transaction.atomic
def decide(application: Application, *, terms: DecisionTerms, by: User, version: int | None) -> Decision:
    """Take the decision and send it, in one act.

    Raises:
        SecondPairNeeded: propose it to a colleague instead.
        WorkflowError: it cannot be decided like this; nothing happened.
    """
    application = case.lock(application, version)
    on = today()
    found = decision_checks.check(application, terms, status=application.status, by=by, on=on)
    if reasons := decision_checks.second_pair_because(application, terms, by=by):
        raise SecondPairNeeded(
            _("Hier is een tweede paar ogen nodig: %(reasons)s. Leg het als voorstel voor aan een collega.")
            % {"reasons": "; ".join(reasons)}
        )
    mandate = decision_checks.check_mandate(application, terms, by=by, on=on)
    owner = application.owner if application.owner_id != by.pk else None
    return take(application, Act(terms, found, mandate, by, owner, application.status), on=on)


@transaction.atomic
def propose(application: Application, *, terms: DecisionTerms, by: User, version: int | None) -> Proposal:
    """Lay the decision before a colleague with enough mandate; who proposes may have an interest, and says so."""
    application = case.lock(application, version)
    decision_checks.check(application, terms, status=application.status, by=by, on=today())
    decision_checks.check_may_propose(application, by)
    status = application.status
    application.move_to(Status.PROPOSED)
    application.save()
    if terms.outcome in decision_checks.GRANTS:
        application.budget_year = terms.budget_year or application.budget_year
        # Nobody else gets this money while a colleague looks.
        budget.reserve(application, terms.amount or Decimal(0), by=by, on=today())
    proposal = Proposal.objects.create(
        application=application,
        outcome=terms.outcome,
        terms=terms.as_json(),
        status_before=status,
        proposed_by=by,
        proposed_at=timezone.now(),
        declared_interest=terms.interest,
    )
    trail.record("subsidies.proposed", subject=application, by=by, text=proposal.get_outcome_display())
    colleagues = [user for user in _deciders(application) if can_second(proposal, user)]
    case.tell_staff(application, colleagues, letters.proposed(proposal), "proposed")
    page_cache.touch()
    return proposal


@transaction.atomic
def second(proposal: Proposal, *, no_interest: bool, by: User, version: int | None, interest: str = "") -> Decision:
    """The second pair of eyes agrees: the decision is taken as it was proposed, by this person."""
    application, proposal = _open(proposal, version)
    terms = DecisionTerms.from_json(proposal.terms).declared(no_interest=no_interest, interest=interest)
    if by.pk == proposal.proposed_by_id:
        raise WorkflowError(_("U deed dit voorstel zelf. Een collega moet beslissen."))
    if findings.conflict_hints(application, by):
        raise WorkflowError(_("Wie een eigen belang kan hebben, neemt het besluit niet (Awb 2:4)."))
    on = today()
    status = proposal.status_before
    found = decision_checks.check(application, terms, status=status, by=by, on=on)
    mandate = decision_checks.check_mandate(application, terms, by=by, on=on)
    proposal.closed_at = timezone.now()
    proposal.save()
    return take(application, Act(terms, found, mandate, by, proposal.proposed_by, status), on=on)


@transaction.atomic
def return_proposal(proposal: Proposal, *, reason: str, by: User, version: int | None) -> Proposal:
    """Give a proposal back with the reason; the case goes on from where it stood."""
    application, proposal = _open(proposal, version)
    application.move_to(proposal.status_before)
    application.save()
    budget.release(application, by=by, on=today())
    proposal.returned_at = proposal.closed_at = timezone.now()
    proposal.returned_because = reason
    proposal.save()
    trail.record("subsidies.proposal_returned", subject=application, by=by, text=reason)
    if by.pk != proposal.proposed_by_id:
        case.tell_staff(application, [proposal.proposed_by], letters.returned(proposal, by), "proposal_returned")
    page_cache.touch()
    return proposal


def can_second(proposal: Proposal, user: User) -> bool:
    """Whether this person may decide on the proposal: someone else, without an interest, with enough mandate."""
    application, terms = proposal.application, DecisionTerms.from_json(proposal.terms)
    if findings.conflict_hints(application, user):
        return False
    amount = decision_checks.at_stake(application, terms)
    return user.pk != proposal.proposed_by_id and mandate_for(user, application, amount, today()) is not None


def take(application: Application, act: Act, *, on: date, enclosed: Enclosed | None = None) -> Decision:
    """Save the decision with its letter, do what it says, and send it; the caller checked everything and locked."""
    application.budget_year = act.terms.budget_year or application.budget_year
    enclosed = enclosed or Enclosed()
    money = money_of(application, act.terms, replaces=enclosed.objection.against if enclosed.objection else None)
    waiting = proviso.open_proviso(application)
    invoked = waiting if act.terms.invokes_proviso else None
    until = act.terms.budget_year or (waiting.budget.year if waiting and not invoked else None)
    to = objector.recipient(enclosed.objection) if enclosed.objection else None
    decision = _written(application, act, money, case.notified_on(application, on, to=to), until)
    decision.outcome = enclosed.record_as or decision.outcome
    enclosed = replace(
        enclosed,
        kind=enclosed.kind or act.terms.outcome,
        direct=_direct(application, act),
        instalment=act.terms.instalment,
        first_part_on=act.terms.first_part_on,
        proviso=invoked,
        waits_for=until,
        # The appeal to a proviso changes the amount alone.
        was=disadvantage.in_force(application) if act.terms.outcome == Outcome.CHANGE and not invoked else None,
    )
    letter = letters.decision(decision, act.grounds, money, enclosed)
    own = case.applicant(application)
    told = letters.for_applicant(decision, act.grounds, money, enclosed) if to and to != own else None
    letters.freeze(decision, letter, enclosed.objection)
    decision.save(force_insert=True)
    decision.grounds.set(act.grounds)
    before = {"status": act.status, "amount": str(money.before)}

    # The decision goes first; what follows from it, such as the question for an account, comes after.
    send(decision, letter, to=to or own)
    if told:
        case.tell_applicant(application, told, f"decision_told.{decision.pk}")
    proviso.note(decision, invoked)
    carry_out(application, decision, money, outcome=act.terms.outcome, status=act.status, by=act.by, on=on)
    if act.terms.outcome == Outcome.DEFER:
        debts.defer(application, decision, act.terms)
    if application.status not in UNDECIDED:
        # A penalty can be decided on while the application itself still waits.
        application.decided_at = application.decided_at or decision.decided_at
    application.unread_since = None
    settlement.refresh(application)
    application.save()

    with override("nl"):
        in_words = letters.in_one_line(decision)
    trail.record(
        f"subsidies.decided_{decision.outcome}",
        subject=application,
        by=act.by,
        visibility=Visibility.RESIDENT,
        text=in_words,
        old=before,
        new={"status": application.status, "amount": str(money.amount if money.amount is not None else money.before)},
    )
    page_cache.touch()
    return decision


def send(decision: Decision, letter: Letter, *, to: Recipient) -> None:
    """Put the letter in the outbox, with the frozen PDF: by e-mail, or in the print queue for who wants paper."""
    outbox.enqueue(
        letters.by_mail(letter),
        to=to,
        key=decision.letter_key,
        category=case.CATEGORY,
        about=decision.application,
        attachments=[Attachment(letters.file_name(decision), "application/pdf", bytes(decision.letter))],
    )


def _written(application: Application, act: Act, money: Money, sent_on: date, waits_for: int | None) -> Decision:
    terms, calendar = act.terms, legal_days.calendar()
    rules = application.scheme_version
    local = weeks(rules.payment_weeks) if rules.payment_weeks else None
    owes = money.pays or terms.outcome == Outcome.RECOVER
    due = awb.payment_due(sent_on, local_term=local, calendar=calendar).due_legal if owes else None
    if due and waits_for:
        # Not before it is certain that the money is there: a later day that the decision names (Awb article 4:87(1)).
        due = max(due, proviso.payment_due(waits_for, local))
    if terms.outcome == Outcome.DEFER:
        due = debts.last_part_on(terms.amount or Decimal(0), terms)
    return Decision(
        application=application,
        outcome=terms.outcome,
        amount=money.amount,
        advance=money.pays if money.purpose == "advance" else None,
        motivation=terms.motivation.strip(),
        obligations=list(terms.obligations),
        execute_until=terms.execute_until,
        report_due_on=terms.report_due_on,
        budget_year=terms.budget_year,
        announced_on=terms.announced_on,
        reasonable_until=terms.reasonable_until,
        breached_on=terms.breached_on,
        decided_by=act.by,
        prepared_by=act.prepared_by,
        mandate=act.mandate,
        no_interest=terms.no_interest,
        interest=terms.interest,
        decided_at=timezone.now(),
        notified_on=sent_on,
        objection_due=awb.objection_due(sent_on, calendar=calendar).due_legal,
        payment_due=due,
    )


def _deciders(application: Application) -> Iterable[User]:
    """Everyone who may have a mandate for this case: who coordinates the wijk, and who manages."""
    here = User.objects.coordinators_of(application.wijk)
    managers = User.objects.active_in_role(Role.FUNCTIONAL_MANAGER)
    return dict.fromkeys([*here, *managers])


def _direct(application: Application, act: Act) -> bool:
    return is_direct(application, act.terms.outcome, act.terms.amount, act.terms.budget_year)


def _open(proposal: Proposal, version: int | None) -> tuple[Application, Proposal]:
    """Lock the case, and refuse when the proposal is not open any more."""
    application = case.lock(proposal.application, version)
    found = Proposal.objects.select_related("proposed_by").filter(pk=proposal.pk, closed_at=None).first()
    if found is None or application.status != Status.PROPOSED:
        raise WorkflowError(_("Over dit voorstel is al beslist."))
    found.application = application
    return application, found
