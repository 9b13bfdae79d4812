"""Occasions of projects in the agenda and in the letter of a wijk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partners.moments.news import gather_news
from partners.moments.sources import gather
from partners.rules.agenda import Window
from tests.factories.moments import FeedbackFactory, MomentFactory
from tests.factories.participation import ProjectFactory
from tests.factories.wijken import WijkFactory

pytestmark = pytest.mark.django_db


def test_an_announced_occasion_stands_in_the_agenda_and_under_denk_mee_and_a_concept_does_not():
    wijk = WijkFactory()
    here = ProjectFactory(published=True, wijken=[wijk])
    elsewhere = ProjectFactory(published=True, wijken=[WijkFactory()])
    MomentFactory(project=here, announced=True, title="Wijktafel")
    MomentFactory(project=here, cancelled=True, title="Afgezegd")
    MomentFactory(project=here, title="Concept")
    MomentFactory(project=elsewhere, announced=True, title="Elders")
    today = timezone.localdate()

    found = gather(Window(today, today + timedelta(days=9)), wijk=wijk.pk)
    news = {group.heading: [item.title for item in group.items] for group in gather_news(wijk, "weekly")}

    assert {moment.title: moment.cancelled for moment in found} == {"Wijktafel": "", "Afgezegd": "De zaal is dicht."}
    assert news["Denk mee"] == ["Wijktafel"]
    # One letter does not say it twice.
    assert "Agenda" not in news


def test_the_letter_tells_what_was_heard_and_what_is_done_with_it_once_it_was_sent():
    wijk = WijkFactory()
    here = ProjectFactory(published=True, wijken=[wijk], title="Spoorpark")
    elsewhere = ProjectFactory(published=True, wijken=[WijkFactory()])
    hidden = ProjectFactory(wijken=[wijk])
    long_ago = timezone.now() - timedelta(days=40)
    FeedbackFactory(moment__project=here, moment__title="Wijktafel")
    FeedbackFactory(moment__project=here, moment__title="Lang geleden", sent_at=long_ago)
    for project in (elsewhere, hidden):
        FeedbackFactory(moment__project=project)

    news = {group.heading: group.items for group in gather_news(wijk, "weekly")}

    told = news["Wat wij hoorden, en wat wij ermee doen"]
    assert [(item.title, item.detail) for item in told] == [("Spoorpark: Wijktafel", "Wij planten er tien.")]
