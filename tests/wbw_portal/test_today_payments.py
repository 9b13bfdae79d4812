"""The start page of finance: what there is to do about payments, and where."""

from datetime import timedelta

import pytest
from django.urls import reverse

from shared.terms.calendar import today
from subsidies.workflow import pay
from tests.factories.accounts import CoordinatorFactory, FinanceFactory
from tests.factories.subsidies import PaymentFactory
from tests.sign_in import sign_in
from wbw_portal.today_payments import todo

pytestmark = pytest.mark.django_db


def test_finance_sees_how_much_waits_for_what(client):
    fien, finn = FinanceFactory(), FinanceFactory()
    PaymentFactory.create_batch(2, unchecked=True)
    PaymentFactory(ready=True, due_on=today() - timedelta(days=1))
    for maker in (fien, finn):
        pay.make_batch([PaymentFactory(ready=True)], execute_on=today(), by=maker)

    assert [row.count for row in todo(fien)] == [2, 1, 1, 1, 0]

    sign_in(client, fien)
    page = client.get(reverse("admin:index"))
    assert [row.url for row in todo(fien) if f'href="{row.url}"' not in page.text] == []


def test_who_does_not_pay_sees_none_of_it(client):
    PaymentFactory(unchecked=True)
    sign_in(client, CoordinatorFactory())

    assert "rekeningnummers nakijken" not in client.get(reverse("admin:index")).text
