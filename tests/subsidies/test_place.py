"""An application from outside the municipality, without a buurt: asked for, and nobody's by chance meanwhile."""

import pytest

from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies.findings import findings
from subsidies.findings.finding import Level
from subsidies.models import Application
from subsidies.workflow import review
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.subsidies import SchemeVersionFactory
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory
from tests.subsidies.typed import fill_in, send

pytestmark = pytest.mark.django_db

OUTSIDE = "1011 AB"


@pytest.fixture
def buurten():
    first, second = BuurtFactory(), BuurtFactory()
    PostcodeAreaFactory(buurt=second, postcode="3342AC")
    return first, second


def test_who_lives_elsewhere_is_asked_for_the_buurt(client, buurten):
    response = fill_in(client, SchemeVersionFactory(), postcode=OUTSIDE)

    assert response.context["form"].errors["buurt"][0].startswith("Kies in welke buurt")


def test_sent_as_it_is_it_goes_to_the_manager_until_the_buurt_is_chosen(client, buurten):
    first, second = buurten
    by_chance, theirs, manager = (
        CoordinatorFactory(wijk=first.wijk),
        CoordinatorFactory(wijk=second.wijk),
        ManagerFactory(),
    )
    version = SchemeVersionFactory()
    fill_in(client, version, button="as_it_is", postcode=OUTSIDE)
    send(client, version, as_it_is=True)
    case = Application.objects.get()

    told = set(OutboxMessage.objects.values_list("recipient_email", flat=True))
    assert manager.email in told
    assert by_chance.email not in told
    assert case.complete_on is None
    assert [each.level for each in findings(case, today()) if each.subject == "Buurt"] == [Level.AGAINST]

    review.choose_buurt(case, buurt=second, by=manager, version=None)

    case.refresh_from_db()
    assert (case.buurt, case.wijk) == (second, second.wijk)
    assert OutboxMessage.objects.filter(recipient_email=theirs.email).exists()
