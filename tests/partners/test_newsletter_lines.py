"""Each thing stands once in the letter of a wijk, with all there is to tell about it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.dateformat import format as format_date

from participation.enums import Level, PhaseKind
from participation.models import Project
from partners.enums.newsletter import Rhythm
from partners.models import Newsletter
from partners.workflow import newsletter as workflow
from shared.terms.calendar import today
from tests.factories.agenda import AgendaItemFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.moments import MomentFactory
from tests.factories.newsletter import NewsletterFactory, ReaderFactory
from tests.factories.participation import CheckFactory, ProjectFactory
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

    told = f"Samen · {grant.scheme.name}: €\xa0750 · gevraagd: mensen die meedoen"
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


def test_a_project_is_told_when_people_can_still_have_a_say_and_when_it_is_decided(wijk):
    open_one = ProjectFactory(published=True, title="Herinrichting Kerkstraat", wijken=[wijk])
    CheckFactory(project=open_one, published=True, level=Level.CONSULT)
    told_only = ProjectFactory(published=True, title="Riool vervangen", wijken=[wijk])
    CheckFactory(project=told_only, published=True, level=Level.INFORM)
    ProjectFactory(in_execution=True, published=True, title="Speelplek", wijken=[wijk])
    ProjectFactory(in_execution=True, title="Nog niet op de website", wijken=[wijk])
    ProjectFactory(in_execution=True, published=True, title="Elders", wijken=[WijkFactory()])
    Project.objects.filter(phase=PhaseKind.EXECUTION).update(decided_on=today())

    groups = {
        group.heading: [item.title for item in group.items] for group in workflow.contents(NewsletterFactory(wijk=wijk))
    }

    assert groups == {
        "Besluiten over projecten": ["Speelplek"],
        "Hier kunt u nog over meepraten": ["Herinrichting Kerkstraat"],
    }


def test_a_project_with_an_announced_moment_stands_with_that_moment_only(wijk):
    project = ProjectFactory(published=True, wijken=[wijk])
    CheckFactory(project=project, published=True, level=Level.CONSULT)
    MomentFactory(project=project, announced=True)

    headings = [group.heading for group in workflow.contents(NewsletterFactory(wijk=wijk))]

    assert "Denk mee" in headings
    assert "Hier kunt u nog over meepraten" not in headings
