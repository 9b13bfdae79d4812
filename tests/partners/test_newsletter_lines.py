"""Each thing stands once in the letter of a wijk, with all there is to tell about it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.dateformat import format as format_date

from partners.enums.newsletter import Rhythm
from partners.models import Newsletter
from partners.workflow import newsletter as workflow
from tests.factories.agenda import AgendaItemFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.newsletter import NewsletterFactory, ReaderFactory
from tests.factories.subsidies import ApplicationFactory
from tests.factories.wijken import WijkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijk():
    return WijkFactory(short_name="Centrum")


def test_a_plan_stands_in_a_letter_once_with_all_about_it_and_is_not_told_again(wijk):
    ReaderFactory(wijk=wijk)
    moestuin = InitiativeFactory(
        wijk=wijk,
        accepted=True,
        published=True,
        submitted_at=timezone.now(),
        public_title="Moestuin",
        public_text="Samen.",
        help_wanted=["people", "money"],
    )
    grant = ApplicationFactory(granted=True, initiative=moestuin, wijk=wijk, decided_at=timezone.now())

    groups = workflow.contents(NewsletterFactory(wijk=wijk))
    workflow.send_letter(workflow.open_letter(wijk, Rhythm.WEEKLY), by=None)

    told = f"Samen. · {grant.scheme.name}: €\xa0750 · gevraagd: mensen die meedoen"
    lines = [(group.heading, item.title, item.detail) for group in groups for item in group.items]
    assert lines == [("Nieuwe plannen van bewoners", "Moestuin", told)]
    assert [item.title for group in workflow.sent_contents(Newsletter.objects.get()) for item in group.items] == [
        "Moestuin"
    ]
    assert workflow.contents(workflow.open_letter(wijk, Rhythm.WEEKLY)) == []


def test_what_comes_back_every_week_stands_once_in_a_monthly_letter_with_its_days(wijk):
    ReaderFactory(wijk=wijk, monthly=True)
    coffee = AgendaItemFactory(title="Koffie-inloop", wijken=[wijk], weekly=True)

    [group] = workflow.contents(NewsletterFactory(wijk=wijk, rhythm=Rhythm.MONTHLY))

    [line] = group.items
    second = format_date(timezone.localdate(coffee.starts_at + timedelta(days=7)), "j F")
    assert f" · ook {second} · ook " in line.detail
    assert len(line.also) == 5
