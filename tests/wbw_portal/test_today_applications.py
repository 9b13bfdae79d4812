"""The applications on Vandaag: each in one list, the most urgent first, with its next step in place."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shared.terms.calendar import today
from subsidies import dates, tasks
from subsidies.enums import Outcome, Status
from subsidies.models import Application, Proposal
from tests.factories.accounts import AbsenceFactory, CoordinatorFactory, FinanceFactory, ManagerFactory
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.subsidies import ApplicationFactory, CompletionRequestFactory, ReportFactory
from tests.factories.wijken import BuurtFactory
from tests.sign_in import sign_in
from wbw_portal import today_applications

pytestmark = pytest.mark.django_db


@pytest.fixture
def buurt():
    return BuurtFactory()


@pytest.fixture
def coordinator(client, buurt):
    return sign_in(client, CoordinatorFactory(wijk=buurt.wijk))


def listed(user) -> dict[str, list[str]]:
    return {part.name: [row.case.title for row in part.rows] for part in today_applications.parts(user, {})}


def propose(application: Application, by) -> None:
    Proposal.objects.create(
        application=application,
        outcome=Outcome.GRANT,
        terms={},
        status_before=Status.IN_REVIEW,
        proposed_by=by,
        proposed_at=application.submitted_at,
    )
    Application.objects.filter(pk=application.pk).update(status=Status.PROPOSED)


def test_each_application_stands_in_one_list(buurt, coordinator):
    own = {"owner": coordinator, "buurt": buurt}
    ApplicationFactory(title="Nieuw", buurt=buurt)
    ApplicationFactory(title="Bij mij", in_review=True, **own)
    ApplicationFactory(title="Te laat", in_review=True, received_on=today() - timedelta(days=90), **own)
    ApplicationFactory(title="Aanvullen", incomplete=True, **own)
    AdviceRequestFactory(subject=ApplicationFactory(title="Advies", in_review=True, **own), by_email=True)
    propose(ApplicationFactory(title="Eigen voorstel", in_review=True, **own), coordinator)
    propose(ApplicationFactory(title="Van collega", in_review=True, buurt=buurt), CoordinatorFactory())
    granted = ApplicationFactory(title="Vraag na besluit", granted=True, **own)
    Application.objects.filter(pk=granted.pk).update(unread_since=granted.submitted_at)
    judged = ApplicationFactory(title="Verslag", granted=True, **own)
    ReportFactory(application=judged, received_on=today())
    Application.objects.filter(pk=judged.pk).update(unread_since=judged.submitted_at)
    ReportFactory(application=ApplicationFactory(title="Zonder", granted=True, **own), missed_at=granted.submitted_at)
    settles = ApplicationFactory(title="Vaststellen", granted=True, **own)
    ReportFactory(application=settles, applied_on=today(), received_on=today(), approved_on=today())
    late = ApplicationFactory(title="Te laat vaststellen", granted=True, **own)
    ReportFactory(application=late, received_on=today() - timedelta(days=80), applied_on=today() - timedelta(days=80))
    tasks.watch_settlements()
    ApplicationFactory(title="Bij collega", in_review=True, buurt=buurt)
    ApplicationFactory(title="Andere wijk")

    assert listed(coordinator) == {
        "aanvragen-te-laat": ["Te laat", "Te laat vaststellen"],
        "aanvragen-tweede-paar-ogen": ["Van collega"],
        "aanvragen-buiten-behandeling": [],
        "aanvragen-wacht-op-mij": ["Bij mij", "Nieuw"],
        "aanvragen-ongelezen": ["Vraag na besluit"],
        "aanvragen-verslag-beoordelen": ["Verslag"],
        "aanvragen-vaststellen": ["Vaststellen"],
        "aanvragen-verslag-te-laat": ["Zonder"],
        "aanvragen-wacht-op-anderen": ["Eigen voorstel", "Advies", "Aanvullen"],
    }


def test_the_page_takes_up_an_application_in_place(client, buurt, coordinator):
    case = ApplicationFactory(title="Straatfeest", buurt=buurt)
    page = unescape(client.get(reverse("admin:index")).content.decode())
    assert "Straatfeest" in page

    step = reverse("admin:subsidies_application_step", args=[case.pk, "oppakken"]) + "?terug=vandaag"
    answer = client.post(step, {"_send": "1", "version": case.version})

    assert answer["Location"] == reverse("admin:index")
    assert Application.objects.get(pk=case.pk).owner == coordinator


def test_a_case_of_who_is_away_can_be_taken_over(client, buurt, coordinator):
    absence = AbsenceFactory(user=CoordinatorFactory(wijk=buurt.wijk))
    ApplicationFactory(title="Van wie weg is", in_review=True, buurt=buurt, owner=absence.user)

    page = unescape(client.get(reverse("admin:index")).content.decode())

    assert "Van wie weg is" in page
    assert "Neem over" in page


def test_the_manager_sees_all_wijken_and_finance_none(buurt):
    ApplicationFactory(title="Ergens", in_review=True, received_on=date(2020, 1, 6))

    assert listed(ManagerFactory())["aanvragen-te-laat"] == ["Ergens"]
    assert listed(FinanceFactory()) == {}


def queries(client) -> int:
    with CaptureQueriesContext(connection) as counted:
        client.get(reverse("admin:index"))
    return len(counted)


def test_the_page_takes_as_many_queries_for_many_applications_as_for_three(client, buurt, coordinator):
    ApplicationFactory.create_batch(3, buurt=buurt)
    queries(client)
    few = queries(client)

    ApplicationFactory.create_batch(20, buurt=buurt)

    assert queries(client) == few


def test_an_application_that_can_still_be_put_aside_says_until_when(buurt, coordinator):
    ended_on = today() - timedelta(days=10)
    case = ApplicationFactory(title="Niet aangevuld", in_review=True, owner=coordinator, buurt=buurt, complete_on=None)
    CompletionRequestFactory(application=case, sent_on=ended_on - timedelta(days=14), due_on=ended_on)
    old = ApplicationFactory(title="Te laat daarvoor", in_review=True, owner=coordinator, buurt=buurt, complete_on=None)
    gone = today() - timedelta(days=29)
    CompletionRequestFactory(application=old, sent_on=gone - timedelta(days=14), due_on=gone)

    parts = {part.name: part for part in today_applications.parts(coordinator, {})}

    assert [row.case.title for row in parts["aanvragen-buiten-behandeling"].rows] == ["Niet aangevuld"]
    assert parts["aanvragen-buiten-behandeling"].rows[0].due.day == dates.not_processed_deadline(case, today()).due_safe
    assert [row.case.title for row in parts["aanvragen-wacht-op-mij"].rows] == ["Te laat daarvoor"]


@pytest.mark.parametrize(("received", "part"), [(20, "aanvragen-wacht-op-anderen"), (52, "aanvragen-wacht-op-mij")])
def test_near_its_legal_day_a_case_that_waits_for_advice_is_ours_again(buurt, coordinator, received, part):
    case = ApplicationFactory(
        title="Advies", in_review=True, owner=coordinator, buurt=buurt, received_on=today() - timedelta(days=received)
    )
    AdviceRequestFactory(subject=case, by_email=True)

    assert listed(coordinator)[part] == ["Advies"]
