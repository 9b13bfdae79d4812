"""Applying from a plan: nothing is typed twice, and nobody reads what is not for them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from subsidies.enums import Channel, Status
from subsidies.models import Application
from tests.factories.initiatives import InitiativeFactory
from tests.factories.subsidies import ApplicationFactory, SchemeVersionFactory
from tests.factories.wijken import BuurtFactory
from tests.sign_in import sign_in
from tests.subsidies.typed import fill_in, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    """The rules of the Buurtbon, in a municipality with one buurt."""
    BuurtFactory(name="Dorp")
    return SchemeVersionFactory()


def form_url(version) -> str:
    return reverse("subsidies:apply", args=[version.scheme.code])


class TestFromAPlan:
    """Everything that is known is taken over, for who may see it."""

    @pytest.fixture
    def plan(self):
        return InitiativeFactory(
            accepted=True,
            published=True,
            what="Onze eigen woorden",
            public_text="Tekst op de website",
            amount=Decimal(600),
        )

    def values(self, client, version, plan) -> dict[str, str]:
        form = client.get(form_url(version), {"initiatief": plan.reference}).context["form"]
        return {name: form[name].value() for name in ("what", "name", "email", "asked_amount")}

    def test_the_initiator_types_nothing_twice(self, client, version, plan):
        sign_in(client, plan.initiator)

        assert self.values(client, version, plan) == {
            "what": "Onze eigen woorden",
            "name": plan.name,
            "email": plan.email,
            "asked_amount": "600,00",
        }

    def test_a_stranger_gets_only_what_is_on_the_website(self, client, version, plan):
        values = self.values(client, version, plan)

        assert values["what"] == "Tekst op de website"
        assert not values["name"]
        assert not values["email"]

    def test_a_plan_that_is_not_published_gives_a_stranger_nothing(self, client, version):
        plan = InitiativeFactory(accepted=True, what="Geheim plan")

        assert not self.values(client, version, plan)["what"]

    def test_who_comes_from_a_plan_is_not_taken_for_a_robot(self, client, version, plan, settings):
        settings.SPAM_MINIMUM_SECONDS = 0
        form = client.get(form_url(version), {"initiatief": plan.reference}).context["form"]

        fill_in(client, version, opened=form["opened"].value())
        send(client, version)

        assert Application.objects.exists()

    def test_the_application_is_tied_to_the_plan(self, client, version, plan):
        token = client.get(form_url(version), {"initiatief": plan.reference}).context["form"]["plan"].value()

        fill_in(client, version, plan=token)
        send(client, version)

        assert Application.objects.get().initiative == plan

    def test_an_earlier_no_for_the_same_plan_is_tied_to_it(self, client, version, plan):
        refused = ApplicationFactory(refused=True, initiative=plan, scheme_version=version)
        token = client.get(form_url(version), {"initiatief": plan.reference}).context["form"]["plan"].value()

        fill_in(client, version, plan=token)
        send(client, version)

        assert Application.objects.get(channel=Channel.WEB, status=Status.RECEIVED).previous == refused

    def test_a_token_that_is_not_ours_ties_it_to_nothing(self, client, version, plan):
        fill_in(client, version, plan=str(plan.pk))
        send(client, version)

        assert Application.objects.get().initiative is None
