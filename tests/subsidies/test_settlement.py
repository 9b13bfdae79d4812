"""Until when the amount has to be set after the activity, who is warned, and what being late costs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms import awb
from shared.terms.calendar import today
from subsidies import offers, tasks
from subsidies.enums import Channel, ExtensionKind, MessageKind, Outcome, Status
from subsidies.models import Application, DefaultNotice, Payment, Report
from subsidies.settlement import settlement
from subsidies.workflow import default_notice, messages, review
from subsidies.workflow.after import report as reports
from subsidies.workflow.decision_terms import DecisionTerms
from tests.factories.subsidies import ApplicationFactory, DecisionFactory, MandateFactory, ReportFactory
from tests.sign_in import sign_in
from tests.subsidies.deciding import NEXT_SUMMER, decidable, grant, now, take

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
WHOLE = DecisionTerms(Outcome.SETTLE, "Alles is gedaan.", amount=Decimal(750), no_interest=True)


def accounted(days_ago: int = 0, **changes) -> Application:
    """A grant of which the report came in so many days ago."""
    case = ApplicationFactory(granted=True, received_on=today() - timedelta(days=days_ago + 90))
    DecisionFactory(application=case, execute_until=today())
    ReportFactory(application=case, **changes)
    messages.receive_message(
        case,
        kind=MessageKind.REPORT,
        text="Wij aten met de hele straat.",
        by=case.owner,
        channel=Channel.PAPER,
        received_on=today() - timedelta(days=days_ago),
    )
    return now(case)


def notice(case: Application, on: date | None = None) -> DefaultNotice:
    messages.receive_message(
        case,
        kind=MessageKind.DEFAULT_NOTICE,
        text="U bent te laat met vaststellen.",
        by=case.owner,
        channel=Channel.PAPER,
        received_on=on or today(),
    )
    return case.default_notices.get()


def warned(name: str, case: Application) -> list[str]:
    to_owner = OutboxMessage.objects.filter(recipient_email=case.owner.email)
    return list(to_owner.filter(key__startswith=f"subsidies.{name}").values_list("subject", flat=True))


def test_the_report_starts_eight_weeks_to_settle():
    case = accounted()

    assert case.settle_due_legal == awb.decision_due(today()).due_legal
    assert case.settle_due_safe <= case.settle_due_legal


def test_the_term_of_the_scheme_goes_before_the_eight_weeks():
    case = accounted()
    case.scheme_version.settlement_weeks = 3
    case.scheme_version.save()

    assert settlement(now(case)).deadline.due_legal == today() + timedelta(weeks=3)


def test_the_clock_stands_still_while_the_recipient_completes_the_report():
    case = accounted(days_ago=10)
    before = case.settle_due_legal
    due_on = today() + timedelta(days=14)
    while due_on.weekday() > 4:
        due_on += DAY

    reports.return_report(case, reason="De bonnen ontbreken.", due_on=due_on, by=case.owner)

    assert now(case).settle_due_legal > before
    assert settlement(now(case)).applied_on == today() - timedelta(days=10)


def test_without_a_report_the_amount_is_set_in_the_term_that_the_grant_named():
    case = decidable()
    decision = take(case, grant())

    case = now(case)
    assert case.settle_due_legal == decision.report_due_on + timedelta(weeks=13)
    assert settlement(case).applied_on is None
    assert "binnen 13 weken na de laatste dag voor uw verslag" in decision.letter_text
    assert "binnen acht weken nadat wij uw verslag kregen" in decision.letter_text


def test_where_no_report_is_asked_the_last_day_of_the_activity_counts():
    case = decidable()
    case.scheme_version.accountability_bands.all().delete()

    take(case, grant(report_due_on=None))

    assert now(case).settle_due_legal == NEXT_SUMMER + timedelta(weeks=13)


def test_who_reviews_is_warned_once_at_each_share_and_when_the_term_is_over(time_machine):
    case, came_on = accounted(), today()
    told = []
    for days in (27, 29, 30, 43, 52, 60, 61):
        time_machine.move_to(f"{came_on + timedelta(days=days)} 12:00")
        tasks.watch_settlements()
        told.append(len(warned("settlement_", case)))

    assert told == [0, 1, 1, 2, 3, 4, 4]
    assert now(case).version == case.version


def test_a_settlement_that_waits_for_a_second_pair_of_eyes_is_not_a_late_first_decision():
    case = accounted(days_ago=10)
    Application.objects.filter(pk=case.pk).update(status=Status.PROPOSED, due_legal=today() - DAY, due_safe=today())

    tasks.watch_terms()

    assert warned("term_", case) == []
    assert Application.objects.undecided().count() == 0
    assert Application.objects.to_settle().get() == case


def test_a_notice_of_default_about_a_late_settlement_starts_the_penalty():
    case = accounted(days_ago=70)

    made = notice(case)

    assert (made.about_settlement, made.no_effect_because) == (True, "")
    assert made.first_day_safe == today() + timedelta(days=15)
    letter = OutboxMessage.objects.get(recipient_email=case.email, subject__startswith="Wij zijn te laat")
    assert "het bedrag al moeten vaststellen" in letter.text


def test_a_notice_counts_the_day_to_settle_also_when_the_clock_did_not_come_by_yet():
    case = accounted(days_ago=70)
    Application.objects.filter(pk=case.pk).update(settle_due_legal=None, settle_due_safe=None)

    made = notice(case)

    assert made.first_day_safe == today() + timedelta(days=15)
    assert now(case).settle_due_safe == case.settle_due_safe


def test_a_notice_within_the_term_to_settle_says_until_when():
    made = notice(accounted(days_ago=10))

    assert (made.about_settlement, made.first_day) == (True, None)
    assert "nog tijd" in made.no_effect_because


def test_who_sent_no_report_gets_no_penalty():
    case = ApplicationFactory(granted=True)
    ReportFactory(application=case, due_on=today() - timedelta(weeks=20))

    made = notice(now(case))

    assert made.first_day is None
    assert "geen dwangsom" in made.no_effect_because


def test_the_penalty_runs_until_the_settlement_and_not_until_the_grant():
    case = accounted(days_ago=120)
    MandateFactory(maximum_amount=Decimal(2000))
    made = notice(case, on=today() - timedelta(days=20))
    reports.approve(case, by=case.owner)

    take(now(case), WHOLE)

    made.refresh_from_db()
    made.application = now(case)
    assert default_notice.decided_on(made) == today()
    days = (today() - made.first_day).days
    decision = default_notice.set_penalty(
        made, motivation="Wij stelden te laat vast.", no_interest=True, by=case.owner, version=None
    )
    assert decision.amount == days * 23
    assert Payment.objects.filter(purpose="penalty").exists()


def test_a_penalty_for_an_earlier_late_decision_is_no_reason_to_pay_less_for_a_late_settlement():
    case = accounted(days_ago=120)
    MandateFactory(maximum_amount=Decimal(2000))
    DecisionFactory(application=case, outcome=Outcome.PENALTY, amount=Decimal(1442))
    made = notice(case, on=today() - timedelta(days=20))
    reports.approve(case, by=case.owner)
    take(now(case), WHOLE)
    made.refresh_from_db()

    decision = default_notice.set_penalty(
        made, motivation="Wij stelden te laat vast.", no_interest=True, by=case.owner, version=None
    )

    assert Payment.objects.get(purpose="penalty").amount == decision.amount > 0


def test_while_a_settlement_is_proposed_the_application_cannot_be_withdrawn():
    case = accounted()
    Application.objects.filter(pk=case.pk).update(status=Status.PROPOSED)
    words = {"text": "Ik stop ermee.", "by": case.applicant}

    offered = offers.offer(offers.standing(now(case), today()), "intrekken")
    with pytest.raises(WorkflowError, match="al besloten"):
        messages.receive_message(now(case), kind=MessageKind.WITHDRAWAL, **words)

    assert not offered.may_now
    assert (now(case).status, case.messages.filter(kind=MessageKind.WITHDRAWAL).count()) == (Status.PROPOSED, 0)


def test_another_day_for_the_report_is_a_new_term():
    case = decidable()
    take(case, grant())
    Report.objects.update(
        second_due_on=NEXT_SUMMER + 60 * DAY, second_reminded_at=timezone.now(), missed_at=timezone.now()
    )
    later = NEXT_SUMMER + 100 * DAY

    take(now(case), grant(outcome=Outcome.CHANGE, report_due_on=later))

    report = Report.objects.get()
    assert (report.last_day, report.second_reminded_at, report.missed_at) == (later, None, None)
    assert now(case).settle_due_legal == later + timedelta(weeks=13)


def test_a_report_is_not_asked_before_the_activity_has_to_be_done():
    case = decidable()

    with pytest.raises(WorkflowError, match="op of na de dag"):
        take(case, grant(report_due_on=NEXT_SUMMER - DAY))
    take(case, grant(report_due_on=NEXT_SUMMER))

    assert Report.objects.get().due_on == NEXT_SUMMER


def test_the_page_of_the_case_gives_the_day_the_reason_and_the_form_when_it_is_late():
    case = accounted(days_ago=70)
    client = Client()
    sign_in(client, case.applicant)

    page = client.get(reverse("subsidies:case", args=[case.reference])).text

    assert "Wanneer staat het bedrag vast?" in page
    assert "moeten vaststellen. Wij zijn te laat." in page
    offer = next(each for each in offers.offers(offers.standing(case, today())) if each.slug == "te-laat")
    assert (offer.may_now, "vaststellen" in offer.why) == (True, True)


def test_the_work_list_shows_and_sorts_by_the_day_to_settle():
    case = accounted(days_ago=70)
    client = Client()
    sign_in(client, case.owner)

    late = client.get(reverse("admin:subsidies_application_changelist"), {"termijn": "te-laat"}).text
    start = client.get(reverse("admin:index")).text

    assert case.reference in late
    assert "vaststellen: " in late
    assert case.title in start


def test_the_step_to_settle_tells_what_was_granted_and_nothing_of_the_ceiling():
    case = accounted()
    MandateFactory()
    reports.approve(case, by=case.owner)
    client = Client()
    sign_in(client, case.owner)

    page = client.get(reverse("admin:subsidies_application_step", args=[case.pk, "vaststellen"])).text

    assert ("Toegekend:" in page, "plafond" in page) == (True, False)


def test_the_settlement_can_be_announced_later_and_extended_once():
    case = accounted(days_ago=10)

    later = review.extend(case, kind=ExtensionKind.EXTENSION, weeks=12, reason="Wij wachten op bonnen.", by=case.owner)

    assert now(case).settle_due_legal == later.expected_on
    assert (later.about_settlement, later.expected_on) == (
        True,
        awb.decision_due(today() - 10 * DAY, local_term=None).due_legal + timedelta(weeks=4),
    )
    assert "het bedrag van" in OutboxMessage.objects.filter(key__contains="later_decision").get().text
    with pytest.raises(WorkflowError, match="al een keer verlengd"):
        review.extend(now(case), kind=ExtensionKind.EXTENSION, weeks=13, reason="Nog eens.", by=case.owner)


def test_before_the_report_there_is_no_term_to_extend():
    case = ApplicationFactory(granted=True)
    ReportFactory(application=case)

    with pytest.raises(WorkflowError, match="geen termijn"):
        review.extend(case, kind=ExtensionKind.EXTENSION, weeks=12, reason="Druk.", by=case.owner)


# The advance


def test_up_to_the_threshold_there_is_no_advance():
    case = decidable()
    case.scheme_version.advance_above = Decimal(1000)
    case.scheme_version.save()

    decision = take(case, grant())

    assert (decision.advance, Payment.objects.count()) == (0, 0)


def test_the_decider_can_give_another_advance_than_the_scheme():
    case = decidable()

    decision = take(case, grant(advance=Decimal(300)))

    assert decision.advance == 300
    assert Payment.objects.get().amount == 300


@pytest.mark.parametrize(("direct", "words"), [(0, "voorschot moet"), (5000, "geen voorschot")])
def test_an_advance_that_cannot_be_is_refused_in_words(direct, words):
    case = decidable()
    case.scheme_version.direct_settlement_until = direct
    case.scheme_version.save()

    with pytest.raises(WorkflowError, match=words):
        take(case, grant(advance=Decimal(751)))
