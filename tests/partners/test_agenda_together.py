"""Walks and steps in the agenda: for who takes part in that wijk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partners.moments.audience import EVERYBODY, audience_of
from partners.moments.sources import gather
from partners.rules.agenda import Window
from partners.workflow import action_steps, walks
from tests.factories.accounts import CoordinatorFactory, CouncilStaffFactory, FinanceFactory
from tests.factories.partners import OrganisationFactory, PartnerContactFactory
from tests.factories.together import ActionStepFactory, JointActionFactory, WalkFactory, WijkAgendaFactory
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
    others = [PartnerContactFactory().user, CouncilStaffFactory(), FinanceFactory()]
    for audience in (EVERYBODY, *map(audience_of, others)):
        assert titles(audience) == set()


def test_the_day_of_an_action_in_a_published_wijkagenda_is_for_everybody_and_its_steps_are_not():
    wijk, today = WijkFactory(), timezone.localdate()
    soon = today + timedelta(days=2)
    for title, is_public in (("Schone straten", True), ("Intern overleg", False)):
        action = JointActionFactory(running=True, wijk=wijk, title=title, is_public=is_public, due_on=soon)
        ActionStepFactory(action=action, what="Bakken", due_on=soon)
    agenda = WijkAgendaFactory(wijk=wijk, published_at=None)

    def seen():
        found = gather(Window(today, today + timedelta(days=7)), wijk=wijk.pk)
        return [(moment.title, moment.path) for moment in found]

    assert seen() == []

    agenda.published_at = timezone.now()
    agenda.save()

    assert seen() == [("Schone straten: uiterlijk klaar", agenda.get_absolute_url())]


def test_a_day_that_moved_is_newer_in_calendars_and_never_of_the_future(time_machine):
    coordinator = CoordinatorFactory()
    today, audience = timezone.localdate(), audience_of(coordinator)
    step = ActionStepFactory(action=JointActionFactory(running=True), due_on=today + timedelta(days=2))
    walk = WalkFactory(starts_at=timezone.now() + timedelta(days=3))

    def moments():
        return {m.uid: m for m in gather(Window(today, today + timedelta(days=14)), audience)}

    before = moments()
    time_machine.move_to(timezone.now() + timedelta(hours=1))
    action_steps.change(step, what=step.what, responsible=None, due_on=today + timedelta(days=5), by=step.action.owner)
    walks.hand_over(walk, to=coordinator, by=coordinator)
    after = moments()

    for uid in (f"stap-{step.pk}", f"wijkschouw-{walk.pk}"):
        assert after[uid].sequence > before[uid].sequence
        assert before[uid].changed_at < after[uid].changed_at <= timezone.now()
