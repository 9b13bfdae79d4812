"""The second pair of eyes on a decision on an objection: one proposes, another who had no part in it either decides."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies import budget, findings
from subsidies.enums import ObjectionStatus, Outcome
from subsidies.letters import decision as letters
from subsidies.models import Decision, Objection, Proposal
from subsidies.policies import may_handle_objection
from subsidies.workflow import case
from subsidies.workflow.decision_checks import GRANTS
from subsidies.workflow.objection import handlers
from subsidies.workflow.objection_decision import check, lock, mandate_on_objection, take_on_objection
from subsidies.workflow.objection_terms import ObjectionTerms
from subsidies.workflow.owed import promised


@transaction.atomic
def propose(against: Objection, *, plan: ObjectionTerms, by: User, version: int | None) -> Proposal:
    """Lay the decision on an objection before a colleague; who proposes may have an interest, and says so."""
    found = lock(against, version)
    check(found, plan, by)
    application, before = found.against.application, found.status
    found.move_to(ObjectionStatus.PROPOSED)
    found.save()
    _set_aside(found, plan, by)
    proposal = Proposal.objects.create(
        application=application,
        objection=found,
        outcome=Outcome.OBJECTION,
        terms=plan.as_json(),
        status_before=before,
        proposed_by=by,
        proposed_at=timezone.now(),
        declared_interest=plan.interest,
    )
    application.version += 1
    application.save()
    trail.record("subsidies.objection_proposed", subject=application, by=by, text=plan.outcome.label)
    colleagues = [user for user in handlers(found) if can_second(proposal, user)]
    case.tell_staff(application, colleagues, letters.proposed(proposal), "objection_proposed")
    return proposal


@transaction.atomic
def second(proposal: Proposal, *, no_interest: bool, by: User, version: int | None) -> Decision:
    """The second pair of eyes agrees: the decision is taken as it was proposed, by this person.

    Raises:
        WorkflowError: this person proposed it, had a part in the first decision, or may have an interest.
    """
    found, proposal = _open(proposal, version)
    plan = ObjectionTerms.from_json(proposal.terms).declared(no_interest=no_interest)
    if by.pk == proposal.proposed_by_id:
        raise WorkflowError(_("U deed dit voorstel zelf. Een collega moet beslissen."))
    if not no_interest or findings.conflict_hints(found.against.application, by):
        raise WorkflowError(_("Wie een eigen belang kan hebben, beslist niet op het bezwaar (Awb 2:4)."))
    grounds = check(found, plan, by)
    proposal.closed_at = timezone.now()
    proposal.save()
    return take_on_objection(found, plan, grounds, by=by, prepared_by=proposal.proposed_by)


@transaction.atomic
def return_proposal(proposal: Proposal, *, reason: str, by: User, version: int | None) -> Proposal:
    """Give it back with the reason; the objection goes on from where it stood."""
    found, proposal = _open(proposal, version)
    if not may_handle_objection(by, found):
        raise WorkflowError(
            _("U nam het besluit of bereidde het voor. Iemand anders behandelt het bezwaar (Awb 10:3, derde lid).")
        )
    application = found.against.application
    found.move_to(proposal.status_before)
    found.save()
    budget.release(application, by=by, on=today())
    proposal.returned_at = proposal.closed_at = timezone.now()
    proposal.returned_because = reason
    proposal.save()
    application.version += 1
    application.save()
    trail.record("subsidies.objection_proposal_returned", subject=application, by=by, text=reason)
    if by.pk != proposal.proposed_by_id:
        back = letters.returned(proposal, by)
        case.tell_staff(application, [proposal.proposed_by], back, "objection_proposal_returned")
    return proposal


def can_second(proposal: Proposal, user: User) -> bool:
    """Whether this person may decide on it: someone else, without a part in the first decision or an interest."""
    found = proposal.objection
    if found is None or user.pk == proposal.proposed_by_id or not may_handle_objection(user, found):
        return False
    if not user.has_perm("subsidies.decide_application") or findings.conflict_hints(found.against.application, user):
        return False
    return mandate_on_objection(found, ObjectionTerms.from_json(proposal.terms), user) is not None


def open_proposal(found: Objection) -> Proposal | None:
    """The proposal that waits for a second pair of eyes."""
    waiting = found.proposals.filter(closed_at=None).select_related("proposed_by")
    proposal: Proposal | None = waiting.first()
    if proposal is not None:
        proposal.objection, proposal.application = found, found.against.application
    return proposal


def _set_aside(found: Objection, plan: ObjectionTerms, by: User) -> None:
    """Nobody else gets the money on top while a colleague looks."""
    application = found.against.application
    more = (plan.decision.amount or Decimal(0)) - promised(application)
    if plan.decision.outcome in GRANTS and more > 0:
        budget.reserve(application, more, by=by, on=today())


def _open(proposal: Proposal, version: int | None) -> tuple[Objection, Proposal]:
    """Lock the case, and refuse when the proposal is not open any more."""
    if proposal.objection is None:
        raise WorkflowError(_("Over dit voorstel is al beslist."))
    found = lock(proposal.objection, version)
    waiting = Proposal.objects.select_related("proposed_by").filter(pk=proposal.pk, closed_at=None).first()
    if waiting is None or found.status != ObjectionStatus.PROPOSED:
        raise WorkflowError(_("Over dit voorstel is al beslist."))
    waiting.objection, waiting.application = found, found.against.application
    return found, waiting
