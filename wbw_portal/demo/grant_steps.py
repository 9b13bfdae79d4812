"""What can happen to an invented application: each step of the stories as a call of the real workflow."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from schwifty import IBAN

from shared.documents import intake
from shared.terms import legal_days
from shared.terms.calendar import today
from shared.terms.lengths import month
from subsidies import budget, dates
from subsidies.enums import (
    Channel,
    CheckAnswer,
    ExtensionKind,
    MessageKind,
    ObjectionOutcome,
    Outcome,
    PaymentStatus,
)
from subsidies.models import Payment
from subsidies.workflow import contact, decide, messages, objection, objection_decision, objection_file, pay, review
from subsidies.workflow import grounds as catalogue
from subsidies.workflow.after import closing, evaluation, recovery, report, sending
from subsidies.workflow.decision_terms import DecisionTerms
from wbw_portal.demo import people, pictures
from wbw_portal.demo.advice_steps import advice_steps
from wbw_portal.demo.law_steps import LAW_STEPS

if TYPE_CHECKING:
    from wbw_portal.demo.grant_stories import GrantStory

Step = dict[str, Any]

# Steps that applicants take, at any hour; the others are taken at work.
BY_APPLICANTS = {"add", "message", "account", "report", "evaluate", "move"}


def _take_up(story: "GrantStory", step: Step) -> None:
    review.take_up(story.application, by=story.by)


def _note(story: "GrantStory", step: Step) -> None:
    review.note(story.application, text=step["text"], by=story.by)


def _contact(story: "GrantStory", step: Step) -> None:
    review.record_contact(story.application, kind=step["kind"], on=today(), text=step["text"], by=story.by)


def _ask_completion(story: "GrantStory", step: Step) -> None:
    due_on = dates.completion_due(story.application.scheme_version, today())
    review.request_completion(story.application, items=step["items"], due_on=due_on, by=story.by)


def _message(story: "GrantStory", step: Step) -> None:
    kind, by = MessageKind(step.get("kind", "addition")), story.application.applicant
    messages.receive_message(story.application, kind=kind, text=step["text"], by=by)


def _hearing(story: "GrantStory", step: Step) -> None:
    due_on = dates.hearing_due(story.application.scheme_version, today())
    outcome = Outcome(step["outcome"])
    keys = _grounds(story, outcome, step)
    review.ask_hearing(
        story.application, intended=step["text"], outcome=outcome, grounds=keys, due_on=due_on, by=story.by
    )


def _extend(story: "GrantStory", step: Step) -> None:
    review.extend(
        story.application, kind=ExtensionKind.EXTENSION, weeks=step["weeks"], reason=step["text"], by=story.by
    )


def _score(story: "GrantStory", step: Step) -> None:
    lines = story.application.scheme_version.score_lines
    review.score(story.application, scores=dict(zip(lines, step["scores"], strict=True)), by=story.by)


def _count_votes(story: "GrantStory", step: Step) -> None:
    review.count_votes(story.application, votes=step["votes"], held_on=today(), how=step["text"], by=story.by)


def _grant(story: "GrantStory", step: Step) -> None:
    _judge(story, step)
    decide.decide(story.application, terms=_grant_terms(story, step), by=story.by, version=None)


def _propose(story: "GrantStory", step: Step) -> None:
    _judge(story, step)
    decide.propose(story.application, terms=_grant_terms(story, step), by=story.by, version=None)


def _second(story: "GrantStory", step: Step) -> None:
    proposal = story.application.proposals.get(closed_at=None)
    decide.second(proposal, no_interest=True, by=people.manager(), version=None)


def _refuse(story: "GrantStory", step: Step) -> None:
    _judge(story, step)
    _decide(story, Outcome.REFUSE, step)


def _not_processed(story: "GrantStory", step: Step) -> None:
    _decide(story, Outcome.NOT_PROCESSED, step | {"grounds": ["4:5"]})


def _revoke(story: "GrantStory", step: Step) -> None:
    _decide(story, Outcome.REVOKE, step)


def _recover(story: "GrantStory", step: Step) -> None:
    _decide(story, Outcome.RECOVER, step, amount=Decimal(step["amount"]))


def _settle(story: "GrantStory", step: Step) -> None:
    terms = _terms(story, Outcome.SETTLE, step, amount=story.application.granted_amount)
    decide.decide(story.application, terms=terms, by=people.manager(), version=None)


def _account(story: "GrantStory", step: Step) -> None:
    by = story.by if "channel" in step else None
    iban = IBAN.generate("NL", "TRIO", f"{2_000_000 + 7 * step.get('number', story.number):010d}")
    supplier = step.get("supplier", "")
    pay.give_account(
        story.application,
        iban=iban.compact,
        holder=supplier or story.data["by"],
        is_supplier=bool(supplier),
        invoice_number=step.get("invoice", ""),
        invoice=intake.store(pictures.draw("factuur")) if supplier else None,
        by=by,
        channel=step.get("channel", "web"),
    )


def _repaid(story: "GrantStory", step: Step) -> None:
    recovery.book_received(
        story.application, amount=Decimal(step["amount"]), received_on=today(), by=people.finance()[0]
    )


def _close(story: "GrantStory", step: Step) -> None:
    if story.application.unread_since:
        review.mark_read(story.application, by=story.by)
    closing.close(story.application, today())


def _move(story: "GrantStory", step: Step) -> None:
    """Somebody moved house, or reads mail somewhere else."""
    known = contact.contact_of(story.application)
    contact.change_contact(story.application, replace(known, **step["to"]), by=story.application.applicant)


def _returned(story: "GrantStory", step: Step) -> None:
    paid = Payment.objects.filter(application=story.application, status=PaymentStatus.PAID).last()
    if paid is not None:
        pay.mark_returned(paid, returned_on=today(), reason=step["text"], by=people.finance()[0])


def _report(story: "GrantStory", step: Step) -> None:
    if "channel" in step:
        messages.receive_message(
            story.application,
            kind=MessageKind.REPORT,
            text=step["text"],
            by=story.by,
            channel=Channel(step["channel"]),
        )
        return
    photos = ((intake.store(pictures.draw(step["photo"])), step["alt"]),) if "photo" in step else ()
    receipts = (intake.store(pictures.draw("repareren")),) if step.get("receipts") else ()
    answers = sending.ReportAnswers(
        took_place=True,
        what_happened=step["text"],
        people_count=step["people"],
        what_changed=step["better"],
        spent=Decimal(step["spent"]) if "spent" in step else None,
        shows_result=True,
        photos=photos,
        receipts=receipts,
    )
    sending.receive_report(story.application, answers, by=story.application.applicant)


def _approve(story: "GrantStory", step: Step) -> None:
    text = step.get("show", "")
    report.approve(story.application, show=bool(text), public_text=text, by=story.by)


def _evaluate(story: "GrantStory", step: Step) -> None:
    evaluation.answer(story.application, mark=step["mark"], text=step["text"])


def _take_up_objection(story: "GrantStory", step: Step) -> None:
    found, by = objection.open_objection(story.application), people.manager()
    if found is not None:
        objection.take_up(found, handler=by, committee=False, by=by, version=None)


def _plan_hearing(story: "GrantStory", step: Step) -> None:
    found = objection.open_objection(story.application)
    on = legal_days.calendar().working_day_from(today() + timedelta(days=step["days"]))
    if found is not None:
        objection.plan_hearing(found, on=on, place=step["place"], by=people.manager(), version=None)


def _record_hearing(story: "GrantStory", step: Step) -> None:
    found = objection.open_objection(story.application)
    if found is not None:
        objection_file.record_hearing(found, record=step["text"], by=people.manager(), version=None)


def _decide_objection(story: "GrantStory", step: Step) -> None:
    found = objection.open_objection(story.application)
    if found is not None:
        objection_decision.decide(
            found,
            outcome=ObjectionOutcome(step["outcome"]),
            motivation=step["text"],
            no_interest=True,
            by=people.manager(),
            version=None,
        )


def _judge(story: "GrantStory", step: Step) -> None:
    """Yes to every criterion, except to the one that is refused for."""
    application = story.application
    words = step.get("grounds", [])
    checklist = {
        criterion.pk: review.Answer(
            CheckAnswer.NO if any(word in criterion.article for word in words) else CheckAnswer.YES
        )
        for criterion in application.scheme_version.criteria.all()
    }
    review.judge(application, checklist=checklist, cost_lines={}, by=story.by)
    application.refresh_from_db()


def _decide(story: "GrantStory", outcome: Outcome, step: Step, amount: Decimal | None = None) -> None:
    terms = _terms(story, outcome, step, amount=amount)
    decide.decide(story.application, terms=terms, by=story.by, version=None)


def _grant_terms(story: "GrantStory", step: Step) -> DecisionTerms:
    """What the decision form proposes, for the amount of the story or else for all that was asked."""
    application = story.application
    rules = application.scheme_version
    last = application.ends_on or application.starts_on
    until = last if last and last >= today() else month(rules.execute_months).after(today())
    asked = catalogue.asked(application)
    amount = Decimal(step["amount"]) if "amount" in step else min(asked, budget.room_for(application, today()))
    return _terms(
        story,
        Outcome.GRANT if amount == asked else Outcome.GRANT_PARTLY,
        step,
        amount=amount,
        obligations=tuple(duty.with_basis for duty in rules.obligations.filter(by_default=True)),
        execute_until=until,
        report_due_on=until + timedelta(weeks=rules.report_weeks),
        budget_year=today().year + 1 if step.get("next_budget") else None,
    )


def _terms(story: "GrantStory", outcome: Outcome, step: Step, **values: Any) -> DecisionTerms:
    grounds = _grounds(story, outcome, step)
    return DecisionTerms(outcome, step["text"], grounds=grounds, no_interest=True, **values)


def _grounds(story: "GrantStory", outcome: Outcome, step: Step) -> tuple[int, ...]:
    """Those whose article holds one of the words of the story."""
    offered = catalogue.offered(story.application, outcome, today())
    return tuple(each.pk for each in offered if any(word in each.article for word in step.get("grounds", [])))


STEPS: dict[str, Callable[["GrantStory", Step], None]] = {
    **LAW_STEPS,
    "take_up": _take_up,
    "note": _note,
    "contact": _contact,
    "ask_completion": _ask_completion,
    "add": _message,
    "message": _message,
    **advice_steps(lambda story: story.application),
    "hearing": _hearing,
    "extend": _extend,
    "score": _score,
    "count_votes": _count_votes,
    "grant": _grant,
    "propose": _propose,
    "second": _second,
    "refuse": _refuse,
    "not_processed": _not_processed,
    "revoke": _revoke,
    "recover": _recover,
    "settle": _settle,
    "account": _account,
    "returned": _returned,
    "repaid": _repaid,
    "move": _move,
    "close": _close,
    "report": _report,
    "approve": _approve,
    "evaluate": _evaluate,
    "take_up_objection": _take_up_objection,
    "plan_hearing": _plan_hearing,
    "record_hearing": _record_hearing,
    "decide_objection": _decide_objection,
}
