"""Notices of default (ingebrekestelling) and the penalty that follows when we decide too late (Awb 4:17 and 4:18)."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms import legal_days, penalty
from shared.terms.calendar import today
from subsidies import settlement
from subsidies.enums import UNDECIDED, MessageKind, Outcome
from subsidies.letters import default_notice as letters
from subsidies.letters.decision import Enclosed
from subsidies.models import Application, CaseMessage, Decision, DefaultNotice, PenaltyRate
from subsidies.policies import mandates_of, may_decide
from subsidies.waiting import Awaited, what_waits
from subsidies.workflow import case, decision_checks
from subsidies.workflow.decide import Act, SecondPairNeeded, take
from subsidies.workflow.decision_terms import DecisionTerms

DAY = timedelta(days=1)
PENALTY = Outcome.PENALTY
# After one of these nobody waits for the settlement any more.
ENDS_SETTLEMENT = (Outcome.SETTLE, Outcome.SETTLE_LOWER, Outcome.REVOKE)


@transaction.atomic
def receive(application: Application, message: CaseMessage, by: User | None = None) -> DefaultNotice:
    """Write down whether it has effect and from when the penalty runs; tell the applicant, reviewer and manager."""
    late = what_waits(application)
    if late is not None and late.is_settlement and settlement.refresh(application):
        # The clock may not have come by yet; the penalty counts from the day that is kept.
        application.save(update_fields=["settle_due_legal", "settle_due_safe"])
    notice = DefaultNotice(
        application=application,
        message=message,
        objection=late.objection if late else None,
        about_settlement=late is not None and late.is_settlement,
        received_on=message.received_on,
    )
    with translation.override("nl"):
        notice.no_effect_because = _no_effect(notice, late)
    if not notice.no_effect_because:
        runs = penalty_of(notice)
        notice.first_day_safe, notice.first_day = runs.first_safe, runs.first_legal
    notice.save()
    trail.record(
        "subsidies.default_notice_received",
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        text=notice.no_effect_because,
    )
    _tell(notice, f"default_notice.{message.pk}")
    return notice


@transaction.atomic
def deny(notice: DefaultNotice, *, reason: str, no_interest: bool, by: User, version: int | None) -> Decision:
    """Decide that nothing is owed: too early, unreasonably late, or not by who waits for it (Awb 4:17(6) and 4:18).

    Who gets this letter can object to it, as to each decision.

    Raises:
        WorkflowError: the penalty was decided on before, or this person may not decide it.
    """
    application, notice = _locked(notice, version)
    if notice.decision_id:
        raise WorkflowError(_("Over de dwangsom is al besloten."))
    decision = _decide(application, notice, Decimal(0), reason, no_interest=no_interest, by=by)
    notice.no_effect_because, notice.first_day, notice.first_day_safe = reason[:300], None, None
    notice.amount, notice.decision = Decimal(0), decision
    notice.save()
    return decision


@transaction.atomic
def set_penalty(
    notice: DefaultNotice, *, motivation: str, no_interest: bool, by: User, version: int | None
) -> Decision:
    """Decide what we owe for being late, and prepare its payment (Awb article 4:18).

    Raises:
        WorkflowError: nothing is owed, the days still run, or this person may not decide it.
    """
    application, notice = _locked(notice, version)
    if why := why_not_set(notice):
        raise WorkflowError(why)
    amount = owed(notice, today())
    decision = _decide(application, notice, amount, motivation, no_interest=no_interest, by=by)
    notice.amount, notice.decision = amount, decision
    notice.save()
    return decision


def _locked(notice: DefaultNotice, version: int | None) -> tuple[Application, DefaultNotice]:
    application = case.lock(notice.application, version)
    found: DefaultNotice = DefaultNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    found.application = application
    return application, found


def _decide(
    application: Application, notice: DefaultNotice, amount: Decimal, motivation: str, *, no_interest: bool, by: User
) -> Decision:
    """Save and send the decision on the penalty, under a mandate for its amount."""
    on = today()
    terms = DecisionTerms(Outcome.PENALTY, motivation, amount=amount, no_interest=no_interest)
    if reasons := decision_checks.second_pair_because(application, terms, by=by):
        raise SecondPairNeeded(
            _("Dit kunt u niet alleen beslissen: %(reasons)s. Vraag een collega zonder belang.")
            % {"reasons": "; ".join(reasons)}
        )
    if not may_decide(by, application):
        raise WorkflowError(_("U mag over deze aanvraag niet beslissen. Vraag de functioneel beheerder."))
    mandate = next((each for each in mandates_of(by, application, on) if each.maximum_amount >= amount), None)
    if mandate is None or not motivation.strip():
        raise WorkflowError(_("Schrijf waarom, en kijk of uw mandaat genoeg is voor dit bedrag."))
    enclosed = Enclosed(kind=Outcome.PENALTY, notice=notice)
    return take(application, Act(terms, [], mandate, by, None, application.status), on=on, enclosed=enclosed)


def penalty_of(notice: DefaultNotice) -> penalty.Penalty:
    """The days and amounts that follow from the notice.

    Raises:
        ValueError: the notice came while the term still ran.
    """
    return penalty.penalty(
        notice.received_on,
        term_ended_on=_term_ended_on(notice),
        rates=rates(),
        calendar=legal_days.calendar(),
    )


def most_of(notice: DefaultNotice) -> Decimal:
    """The most that the penalty can become, also when we found the notice too early."""
    ended = min(_term_ended_on(notice), notice.received_on - DAY)
    found = penalty.penalty(notice.received_on, term_ended_on=ended, rates=rates(), calendar=legal_days.calendar())
    return found.most


def in_effect(application: Application) -> DefaultNotice | None:
    """The notice about the decision on the application itself that has effect."""
    found: DefaultNotice | None = (
        application.default_notices.filter(objection=None, about_settlement=False).exclude(first_day=None).last()
    )
    return found


def rates() -> list[penalty.Rates]:
    """The known amounts, with those that were entered in the portal."""
    entered = [penalty.Rates(row.valid_from, (row.first, row.second, row.third)) for row in PenaltyRate.objects.all()]
    days = {each.valid_from for each in entered}
    return [*entered, *(each for each in penalty.KNOWN_RATES if each.valid_from not in days)]


def owed(notice: DefaultNotice, on: date) -> Decimal:
    """What is owed up to and including this day; the day on which the decision was sent does not count any more."""
    if notice.first_day is None:
        return Decimal(0)
    sent_on = decided_on(notice)
    return penalty_of(notice).amount_on(min(on, sent_on - DAY) if sent_on else on)


def decided_on(notice: DefaultNotice) -> date | None:
    """The day on which the late decision was sent, or on which nobody waited for it any more; None before that."""
    if notice.objection is not None:
        answer = notice.objection.decision
        return answer.notified_on if answer else notice.objection.withdrawn_on
    taken = notice.application.decisions.order_by("decided_at", "pk")
    taken = taken.filter(outcome__in=ENDS_SETTLEMENT) if notice.about_settlement else taken.exclude(outcome=PENALTY)
    first = taken.first()
    return first.notified_on if first else _withdrawn_on(notice.application)


def penalty_due(notice: DefaultNotice) -> date | None:
    """Until when to set the amount: two weeks after the last day that counts (Awb article 4:18)."""
    if notice.first_day is None:
        return None
    sent_on = decided_on(notice)
    return penalty_of(notice).decision_due(sent_on - DAY if sent_on else None, calendar=legal_days.calendar())


def _withdrawn_on(application: Application) -> date | None:
    """The day on which the applicant took the application back."""
    if application.status in UNDECIDED:
        return None
    taken_back = application.messages.filter(kind=MessageKind.WITHDRAWAL).order_by("-pk")
    found: date | None = taken_back.values_list("received_on", flat=True).first()
    return found


def why_not_set(notice: DefaultNotice) -> str:
    """Why the penalty cannot be set now; empty when it can."""
    if notice.decision_id:
        return _("De dwangsom is al vastgesteld.")
    if notice.first_day is None:
        return _("Deze ingebrekestelling heeft geen gevolg: %(why)s") % {"why": notice.no_effect_because}
    if decided_on(notice) is None and today() <= penalty_of(notice).last_day:
        return _("De dwangsom loopt nog. Neem eerst het besluit waar de aanvrager op wacht.")
    if not owed(notice, today()):
        return _("Het besluit kwam op tijd na de ingebrekestelling. Er is geen dwangsom verschuldigd.")
    return ""


def _term_ended_on(notice: DefaultNotice) -> date:
    """The earlier day where readings of the law differ: a doubt of ours takes no right from who waits."""
    if notice.about_settlement:
        case_now = notice.application
        return case_now.settle_due_safe or case_now.settle_due_legal or notice.received_on
    waits_for = notice.objection or notice.application
    return waits_for.due_safe or waits_for.due_legal or notice.received_on


def _no_effect(notice: DefaultNotice, late: Awaited | None) -> str:
    """Why the notice has no effect; empty when it has."""
    if late is None:
        return _("Wij hebben al een besluit genomen.")
    ends_on = late.due_on or notice.received_on
    if notice.received_on <= ends_on:
        day = format_date(ends_on, "l j F Y")
        return _("Wij hebben nog tijd om te beslissen: tot en met %(day)s.") % {"day": day}
    if late.is_ex_officio:
        return _(
            "U stuurde geen verslag, en zonder uw verslag geldt er geen dwangsom. Wij stellen het bedrag wel vast."
        )
    return ""


def _tell(notice: DefaultNotice, name: str) -> None:
    application = notice.application
    runs = None if notice.no_effect_because else penalty_of(notice)
    case.tell_applicant(application, letters.receipt(notice, runs), name)
    managers = User.objects.active_in_role(Role.FUNCTIONAL_MANAGER)
    warned = dict.fromkeys([*case.reviewers(application), *managers])
    case.tell_staff(application, warned, letters.warning(notice, runs), name)
