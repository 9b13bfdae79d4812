"""A grant for a plan: everybody sees it, and who follows the plan hears it."""

from decimal import Decimal

import pytest

from initiatives import workflow
from initiatives.timeline import public_timeline
from shared.notifications.models import DigestItem
from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import InitiativeFactory, InvolvementFactory

pytestmark = pytest.mark.django_db


def test_a_grant_stands_on_the_public_timeline_and_in_the_digest():
    initiative = InitiativeFactory(accepted=True, published=True)
    InvolvementFactory(initiative=initiative, follows=True)

    workflow.mark_funded(
        initiative, amount=Decimal(1250), scheme="Buurtbon", by=CoordinatorFactory(wijk=initiative.wijk)
    )

    texts = [moment.text for moment in public_timeline(initiative)]
    assert "Buurtbon toegekend: €\u00a01.250" in texts
    assert "Buurtbon toegekend: € 1.250" in DigestItem.objects.get().title


def test_a_grant_leaves_the_status_of_the_plan_as_it_is():
    initiative = InitiativeFactory(in_progress=True)

    workflow.mark_funded(
        initiative, amount=Decimal(250), scheme="Buurtbon", by=CoordinatorFactory(wijk=initiative.wijk)
    )

    initiative.refresh_from_db()
    assert initiative.status == "in_progress"
