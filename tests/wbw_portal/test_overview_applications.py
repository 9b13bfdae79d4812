"""Applications on Mijn overzicht: what waits for the applicant first, then how each one stands."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shared.terms.calendar import today
from subsidies.models import ApplicationDraft
from tests.factories.accounts import UserFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CompletionRequestFactory,
    HearingFactory,
    PaymentFactory,
    ReportFactory,
    SchemeVersionFactory,
)
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client):
    return sign_in(client, UserFactory(email="anna@voorbeeld.example"))


def test_what_waits_stands_first_the_nearest_day_on_top(client, anna):
    late = HearingFactory(
        application=ApplicationFactory(hearing=True, applicant=anna), due_on=today() + timedelta(days=10)
    )
    soon = CompletionRequestFactory(
        application=ApplicationFactory(incomplete=True, applicant=anna), due_on=today() + timedelta(days=3)
    )
    paid = PaymentFactory(application=ApplicationFactory(granted=True, applicant=anna, email=anna.email))
    report = ReportFactory(application=ApplicationFactory(granted=True, applicant=anna))

    page = client.get(reverse("overview"))

    assert [item.title for item in page.context["waiting"]] == [
        soon.application.title,
        late.application.title,
        report.application.title,
        paid.application.title,
    ]
    assert "Een offerte van de tafels" in page.context["waiting"][0].text


def test_each_application_is_listed_with_its_status_and_next_day(client, anna):
    application = ApplicationFactory(applicant=anna)
    ApplicationFactory()

    page = client.get(reverse("overview"))

    [case] = page.context["applications"]
    assert (case.reference, case.status_label) == (application.reference, "Ontvangen")
    assert "Wij beslissen uiterlijk" in case.next


def test_a_draft_can_be_continued_or_thrown_away(client, anna):
    version = SchemeVersionFactory()
    draft = ApplicationDraft.objects.create(
        scheme=version.scheme,
        email=anna.email,
        answers={"title": "Straatfeest"},
        started_at=timezone.now(),
        saved_at=timezone.now(),
    )

    page = client.get(reverse("overview")).content.decode()
    form = client.post(reverse("subsidies:continue_own", args=[draft.pk]), follow=True)
    client.post(reverse("subsidies:discard_own", args=[draft.pk]))

    assert "Concept “Straatfeest”" in page
    assert form.context["form"]["title"].value() == "Straatfeest"
    assert ApplicationDraft.objects.count() == 0


def test_the_draft_of_somebody_else_is_not_found(client, anna):
    version = SchemeVersionFactory()
    draft = ApplicationDraft.objects.create(
        scheme=version.scheme, email="bert@voorbeeld.example", started_at=timezone.now(), saved_at=timezone.now()
    )

    for name in ("continue_own", "discard_own"):
        assert client.post(reverse(f"subsidies:{name}", args=[draft.pk])).status_code == 404


def test_a_plan_leads_to_the_money_with_the_plan_taken_along(client, anna):
    version = SchemeVersionFactory()
    plan = InitiativeFactory(accepted=True, initiator=anna)

    address = f"{reverse('subsidies:apply', args=[version.scheme.code])}?initiatief={plan.reference}"

    assert address in client.get(reverse("overview")).content.decode()
    assert address in client.get(reverse("initiatives:mine", args=[plan.reference])).content.decode()


def test_a_plan_that_has_its_application_asks_no_second_one(client, anna):
    version = SchemeVersionFactory()
    plan = InitiativeFactory(accepted=True, initiator=anna)
    ApplicationFactory(initiative=plan, scheme_version=version, applicant=anna)

    assert f"?initiatief={plan.reference}" not in client.get(reverse("overview")).content.decode()


def test_the_page_asks_as_much_for_many_applications_as_for_one(client, anna):
    CompletionRequestFactory(application=ApplicationFactory(incomplete=True, applicant=anna))
    client.get(reverse("overview"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("overview"))
    for _number in range(10):
        CompletionRequestFactory(application=ApplicationFactory(incomplete=True, applicant=anna))

    with CaptureQueriesContext(connection) as many:
        client.get(reverse("overview"))

    assert len(many) == len(few)
