"""Every page that the other browser tests do not visit, past the same gates."""

import pytest
from django.urls import reverse

from initiatives import letters
from initiatives.models import Initiative
from shared import links
from shared.wijken.models import Wijk
from tests.browser.conftest import PHONE
from tests.factories.initiatives import InitiativeFactory, InvolvementFactory, UpdateFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan() -> Initiative:
    """A plan with everything on it."""
    initiative = InitiativeFactory(accepted=True, published=True, next_step="Planten", shows_first_name=True)
    UpdateFactory(initiative=initiative)
    InvolvementFactory(initiative=initiative)
    return initiative


def test_public_pages(visitor, plan):
    neighbour = InvolvementFactory(initiative=plan, unconfirmed=True)
    token = {purpose: links.sign(purpose, involvement=neighbour.pk) for purpose in (letters.INVOLVE, letters.STOP)}
    person = visitor(PHONE)
    for address in [
        reverse("wijken"),
        f"{reverse('wijken')}?postcode=1111+AA",
        reverse("wijk", args=[Wijk.objects.get().slug]),
        f"{reverse('initiatives:list')}?zoek=bestaatniet",
        plan.get_absolute_url(),
        *(reverse("initiatives:involve", args=[plan.reference, how]) for how in ("meedoen", "steunen", "volgen")),
        reverse("initiatives:asked", args=[plan.reference, "meedoen"]),
        reverse("initiatives:confirm_involvement", args=[token[letters.INVOLVE]]),
        reverse("initiatives:stop_involvement", args=[token[letters.STOP]]),
        reverse("accessibility"),
        reverse("privacy"),
        reverse("account_login"),
        f"{reverse('home')}?taal=en",
        reverse("initiatives:submit"),
    ]:
        person.open(address)


def test_joining_with_errors_and_without(visitor, plan):
    person = visitor(PHONE)
    person.open(reverse("initiatives:involve", args=[plan.reference, "meedoen"]))

    person.press("Ik doe mee")
    person.page.get_by_label("Uw naam").fill("Bas Buurman")
    person.page.get_by_label("Uw e-mailadres").fill("bas@voorbeeld.example")
    person.press("Ik doe mee")

    assert person.reads("Kijk in uw e-mail")
