"""What the page of a case says to who gave notice of default, and to who reads English."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.dateformat import format as format_date

from shared.audit.models import Event
from shared.terms.calendar import today
from subsidies.enums import Outcome
from tests.factories.subsidies import ApplicationFactory, BankAccountFactory, DecisionFactory, PaymentFactory
from tests.sign_in import sign_in
from tests.subsidies.deciding import decidable, grant, now, take
from tests.subsidies.test_case_page import url, write

pytestmark = pytest.mark.django_db


def test_who_gave_notice_reads_from_when_it_costs_money_and_is_not_asked_again(client):
    case = ApplicationFactory(in_review=True, received_on=today() - timedelta(days=120))
    sign_in(client, case.applicant)
    before = client.get(url(case)).content.decode()

    write(client, case, "te-laat", "Ik stel u in gebreke.")

    notice = case.default_notices.get()
    page = client.get(url(case)).content.decode()
    assert "Stelt u ons in gebreke?" in before
    assert "Stelt u ons in gebreke?" not in page
    assert f"Vanaf {format_date(notice.first_day, 'l j F Y')} krijgt u een vergoeding" in page
    write(client, case, "te-laat", "Nog een keer.")
    assert case.default_notices.get() == notice


def test_in_english_the_timeline_says_what_the_portal_wrote_in_english(client):
    case = decidable()
    sign_in(client, case.applicant)
    write(client, case, "vraag", "Mag het later?")
    take(now(case), grant(), by=case.owner)

    client.get("/subsidie/?taal=en")
    page = client.get(url(case)).content.decode()

    assert "You can object up to and including" in page
    assert "Bezwaar kan tot en met" not in page
    assert "question about the application" in page
    assert Event.objects.filter(text__contains="Bezwaar kan tot en met").exists()


@pytest.mark.parametrize(("given", "said"), [(-9, "Wij hadden"), (0, "zo snel mogelijk.")])
def test_only_who_could_be_paid_in_time_reads_that_we_are_late(client, given, said):
    case = ApplicationFactory(granted=True)
    decision = DecisionFactory(application=case, outcome=Outcome.GRANT, amount=Decimal(300))
    account = BankAccountFactory(application=case, given_at=timezone.now() + timedelta(days=given))
    PaymentFactory(application=case, decision=decision, account=account, due_on=today() - timedelta(days=2))
    sign_in(client, case.applicant)

    page = client.get(url(case)).content.decode()

    assert said in page
    assert ("Wij hadden" in page) is (given < 0)
