"""Walks and steps in the agenda: for who takes part in that wijk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partners.moments.audience import EVERYBODY, audience_of
from partners.moments.sources import gather
from partners.rules.agenda import Window
from tests.factories.accounts import CoordinatorFactory, CouncilStaffFactory
from tests.factories.partners import OrganisationFactory, PartnerContactFactory
from tests.factories.together import ActionStepFactory, JointActionFactory, WalkFactory
from tests.factories.wijken import WijkFactory

pytestmark = pytest.mark.django_db


def test_walks_and_steps_are_seen_by_the_municipality_and_by_partners_of_that_wijk_only():
    wijk = WijkFactory()
    soon = timezone.now() + timedelta(days=2)
    WalkFactory(wijk=wijk, title="Schouw", starts_at=soon)
    ActionStepFactory(
        action=JointActionFactory(running=True, wijk=wijk, title="Schoon"), what="Bakken", due_on=soon.date()
    )
    here = PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk])).user
    today = timezone.localdate()

    def titles(audience):
        return {moment.title for moment in gather(Window(today, today + timedelta(days=7)), audience)}

    assert titles(audience_of(here)) == titles(audience_of(CoordinatorFactory())) == {"Schouw", "Schoon: Bakken"}
    for audience in (EVERYBODY, audience_of(PartnerContactFactory().user), audience_of(CouncilStaffFactory())):
        assert titles(audience) == set()
