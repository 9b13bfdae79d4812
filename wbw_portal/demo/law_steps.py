"""Steps of invented applications that only the law asks for: objections that go on, debts, interest, a budget."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shared.terms import legal_days
from shared.terms.calendar import today
from shared.terms.lengths import month
from subsidies import late
from subsidies.enums import ComplaintOutcome, ObjectionOutcome, Outcome, PostponementGround
from subsidies.models import Payment
from subsidies.workflow import complaint, decide, interest, objection, objection_later, objection_proposal, pay, proviso
from subsidies.workflow.decision_terms import DecisionTerms
from subsidies.workflow.objection_terms import ObjectionTerms
from subsidies.workflow.owed import still_claimed
from wbw_portal.demo import people

if TYPE_CHECKING:
    from wbw_portal.demo.grant_stories import GrantStory

Step = dict[str, Any]


def _extend_objection(story: "GrantStory", step: Step) -> None:
    found = objection.open_objection(story.application)
    if found is not None:
        objection.extend(found, reason=step["text"], by=people.manager(), version=None)


def _postpone_objection(story: "GrantStory", step: Step) -> None:
    found = objection.open_objection(story.application)
    if found is None or found.due_legal is None:
        return
    objection_later.postpone(
        found,
        ground=PostponementGround.OBJECTOR,
        until=legal_days.calendar().working_day_from(found.due_legal + timedelta(weeks=step["weeks"])),
        reason=step["text"],
        consent=step["consent"],
        consent_on=today(),
        by=people.manager(),
        version=None,
    )


def _propose_on_objection(story: "GrantStory", step: Step) -> None:
    found = objection.open_objection(story.application)
    if found is None:
        return
    until = month(6).after(today())
    new = DecisionTerms(Outcome.GRANT, "", amount=story.application.asked_amount, execute_until=until)
    plan = ObjectionTerms(
        ObjectionOutcome.FOUNDED,
        step["text"],
        new,
        interest=step["interest"],
        without_hearing=step["without_hearing"],
    )
    objection_proposal.propose(found, plan=plan, by=people.manager(), version=None)


def _take_up_complaint(story: "GrantStory", step: Step) -> None:
    found, by = complaint.open_complaint(story.application), people.manager()
    if found is not None:
        complaint.take_up(found, handler=by, adviser=step.get("adviser", ""), by=by)


def _extend_complaint(story: "GrantStory", step: Step) -> None:
    found = complaint.open_complaint(story.application)
    if found is not None:
        complaint.extend(found, reason=step["text"], by=people.manager())


def _answer_complaint(story: "GrantStory", step: Step) -> None:
    found, outcome = complaint.open_complaint(story.application), ComplaintOutcome(step["outcome"])
    if found is not None:
        complaint.answer(found, outcome=outcome, text=step["text"], heard_on=today(), by=people.manager())


def _waive(story: "GrantStory", step: Step) -> None:
    _debt(story, DecisionTerms(Outcome.WAIVE, step["text"], amount=Decimal(step["amount"])))


def _defer(story: "GrantStory", step: Step) -> None:
    terms = DecisionTerms(
        Outcome.DEFER,
        step["text"],
        amount=still_claimed(story.application),
        instalment=Decimal(step["amount"]),
        first_part_on=month(1).after(today()),
    )
    _debt(story, terms)


def _debt(story: "GrantStory", terms: DecisionTerms) -> None:
    decide.decide(story.application, terms=replace(terms, no_interest=True), by=story.by, version=None)


def _hold(story: "GrantStory", step: Step) -> None:
    for payment in pay.open_payments(story.application):
        pay.block(payment, reason=step["text"], by=people.finance()[0])


def _let_go(story: "GrantStory", step: Step) -> None:
    for payment in Payment.objects.filter(application=story.application, status="blocked"):
        pay.unblock(payment, by=people.finance()[0])


def _interest(story: "GrantStory", step: Step) -> None:
    for payment in late.to_settle(story.application):
        interest.set_interest(payment, motivation=step["text"], no_interest=True, by=people.manager(), version=None)


def _end_proviso(story: "GrantStory", step: Step) -> None:
    proviso.let_lapse(story.application, by=story.by, version=None)


LAW_STEPS: dict[str, Callable[["GrantStory", Step], None]] = {
    "extend_objection": _extend_objection,
    "postpone_objection": _postpone_objection,
    "propose_on_objection": _propose_on_objection,
    "take_up_complaint": _take_up_complaint,
    "extend_complaint": _extend_complaint,
    "answer_complaint": _answer_complaint,
    "waive": _waive,
    "defer": _defer,
    "hold": _hold,
    "let_go": _let_go,
    "interest": _interest,
    "end_proviso": _end_proviso,
}
