"""Rules of the Act that a day or a letter hangs on: outages, paper in time, asking again, hearing in time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from shared.terms.models import PortalOutage
from subsidies import offers
from subsidies.enums import GroundKind, Outcome, Status
from subsidies.policies import open_to_objection
from subsidies.workflow import apply, objection
from subsidies.workflow.decide import DecisionTerms
from tests.factories.accounts import ManagerFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CompletionRequestFactory,
    DecisionFactory,
    GroundFactory,
    MandateFactory,
    ReportFactory,
    SchemeVersionFactory,
)
from tests.subsidies.deciding import now, take
from tests.subsidies.objecting import receive, refused

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MONDAY = date(2026, 9, 7)


@pytest.fixture
def outage():
    """The portal did not work on a Monday."""
    start = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
    return PortalOutage.objects.create(started_at=start, ended_at=start + timedelta(hours=8), what="Alles")


def test_the_last_day_of_a_report_is_later_after_an_outage(outage):
    report = ReportFactory(due_on=MONDAY)

    assert report.last_day == MONDAY + DAY
    report.second_due_on = MONDAY + timedelta(days=14)
    assert report.last_day == MONDAY + timedelta(days=14)


def test_the_page_names_the_last_day_to_object_after_an_outage(outage, time_machine):
    time_machine.move_to("2026-09-08 10:00:00+02:00", tick=False)
    decision = DecisionFactory(notified_on=MONDAY - timedelta(weeks=6), objection_due=MONDAY)

    found = offers.offer(offers.standing(decision.application, today()), "bezwaar")

    assert open_to_objection(decision.application, today()) == decision
    assert "dinsdag 8 september 2026" in found.why
    assert "gratis" in found.why


def test_a_letter_on_paper_to_put_an_application_aside_goes_out_in_time():
    MandateFactory()
    made = ApplicationFactory(in_review=True, without_email=True, complete_on=None, received_on=today() - 60 * DAY)
    ended_on = today() - timedelta(weeks=4)
    CompletionRequestFactory(application=made, sent_on=ended_on - 14 * DAY, due_on=ended_on)
    ground = GroundFactory(scheme_version=made.scheme_version, kind=GroundKind.NOT_PROCESSED)
    terms = DecisionTerms(Outcome.NOT_PROCESSED, "Wij misten de offerte.", grounds=(ground.pk,), no_interest=True)

    with pytest.raises(WorkflowError, match="kon tot en met"):
        take(now(made), terms, by=made.owner)


def test_who_asks_again_for_the_same_plan_is_asked_what_changed():
    version = SchemeVersionFactory()
    before = ApplicationFactory(scheme_version=version, status=Status.REFUSED, title="Straatfeest", email="a@b.example")
    answers = apply.Answers(
        name="Anna Bewoner", what="Een feest.", title="straatfeest", email="A@b.example", buurt=before.buurt
    )

    again = apply.submit(answers, version=version)

    receipt = OutboxMessage.objects.filter(recipient_email="A@b.example").earliest("pk")
    assert again.previous == before
    assert f"met nummer {before.reference}" in receipt.text
    assert "wat er sindsdien is veranderd" in receipt.text
    assert "sinds wij u eerder geen geld gaven" in offers.offer(offers.standing(again, today()), "toevoegen").why


def test_a_hearing_leaves_time_to_send_documents():
    with pytest.raises(WorkflowError, match="tien dagen"):
        objection.plan_hearing(
            receive(refused()), on=today() + 9 * DAY, place="10.00 uur", by=ManagerFactory(), version=None
        )
