"""The page of a wijk and the home page: all programmes on one page, in few questions, and only what is public."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners.enums.agenda import Visibility
from partners.enums.newsletter import Rhythm
from partners.moments.news import gather_news
from partners.workflow import newsletter as workflow
from shared.ui import page_cache
from tests.factories.accounts import AmbassadorFactory, CoordinatorFactory, FinanceFactory, ManagerFactory, UserFactory
from tests.factories.agenda import AgendaItemFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.partners import OrganisationFactory, PartnerContactFactory
from tests.factories.subsidies import ApplicationFactory
from tests.factories.together import NoticeFactory, WalkFactory
from tests.factories.wijken import BuurtFactory, WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijk():
    return BuurtFactory(name="Dorp", wijk=WijkFactory(short_name="Centrum")).wijk


def fill(wijk, number):
    for _each in range(number):
        InitiativeFactory(accepted=True, published=True, wijk=wijk, planned_on=timezone.localdate())
        AgendaItemFactory(wijken=[wijk])
        OrganisationFactory(wijken=[wijk])
        CoordinatorFactory(wijk=wijk)


def test_the_page_brings_plans_agenda_partners_and_the_letter_together(client, wijk):
    InitiativeFactory(accepted=True, published=True, wijk=wijk, public_title="Moestuin")
    AgendaItemFactory(wijken=[wijk], title="Koffie-inloop")
    AgendaItemFactory(wijken=[wijk], title="Overleg", visibility=Visibility.PARTNERS)
    OrganisationFactory(name="Buurthuis De Spil", wijken=[wijk])
    OrganisationFactory(name="Gestopt", wijken=[wijk], ended=True)
    CoordinatorFactory(wijk=wijk, name="Marleen Jansen")
    letter = workflow.send_letter(workflow.open_letter(wijk, Rhythm.WEEKLY), by=None)

    page = client.get(reverse("wijk", args=[wijk.slug])).content.decode()

    for words in (
        "Moestuin",
        "Koffie-inloop",
        "Buurthuis De Spil",
        "Marleen Jansen",
        "Dorp",
        letter.get_absolute_url(),
    ):
        assert words in page
    assert reverse("partners:newsletter_sign_up", args=[wijk.slug]) in page
    assert "Overleg" not in page
    assert "Gestopt" not in page


def test_of_many_partners_the_first_of_each_kind_stands_there_with_the_way_to_all(client, wijk):
    schools = [OrganisationFactory(name=f"School {number}", kind="school", wijken=[wijk]) for number in range(9)]
    OrganisationFactory(name="De Bieb", kind="library", wijken=[wijk])

    page = client.get(reverse("wijk", args=[wijk.slug])).content.decode()

    assert [school.name in page for school in schools] == [True, *[False] * 8]
    assert "De Bieb" in page
    assert f'href="{reverse("partners:directory")}?wijk={wijk.slug}">Alle 10 wijkpartners' in page


@pytest.mark.parametrize(("name", "most"), [("wijk", 12), ("home", 13)])
def test_a_full_wijk_takes_as_many_questions_as_a_quiet_one(client, wijk, name, most):
    address = reverse(name, args=[wijk.slug] if name == "wijk" else [])

    def queries(number):
        fill(wijk, number)
        page_cache.touch()
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    queries(1)
    few, many = queries(3), queries(12)

    assert few == many
    assert many <= most


@pytest.mark.parametrize(
    ("who", "opens", "sees_partners"),
    [
        ("partner_here", True, True),
        ("partner_elsewhere", False, False),
        ("coordinator_elsewhere", True, True),
        ("ambassador", True, True),
        ("manager", True, True),
        ("resident", False, False),
    ],
)
def test_who_works_there_has_a_page_with_what_they_may_see(client, wijk, who, opens, sees_partners):
    AgendaItemFactory(wijken=[wijk], title="Overleg van partners", visibility=Visibility.PARTNERS)
    people = {
        "partner_here": lambda: PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk])).user,
        "partner_elsewhere": lambda: PartnerContactFactory().user,
        "coordinator_elsewhere": CoordinatorFactory,
        "ambassador": AmbassadorFactory,
        "manager": ManagerFactory,
        "resident": UserFactory,
    }
    sign_in(client, people[who]())

    response = client.get(reverse("own_wijk", args=[wijk.slug]))
    public = client.get(reverse("wijk", args=[wijk.slug])).content.decode()

    assert (response.status_code == 200) is opens
    assert ("Overleg van partners" in response.content.decode()) is sees_partners
    assert "Overleg van partners" not in public


def test_the_page_of_who_works_there_holds_no_notices_of_another_wijk(client, wijk):
    elsewhere = WijkFactory()
    NoticeFactory(wijk=wijk, text="De koffie is hier.")
    NoticeFactory(wijk=elsewhere, text="De thee is elders.")
    sign_in(client, PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk, elsewhere])).user)

    page = client.get(reverse("own_wijk", args=[wijk.slug])).text

    assert "De koffie is hier." in page
    assert "De thee is elders." not in page


def test_who_has_no_part_in_the_network_finds_no_doors_to_it(client, wijk):
    WalkFactory(wijk=wijk, title="Schouw", starts_at=timezone.now() + timedelta(days=2))
    sign_in(client, FinanceFactory())

    page = client.get(reverse("own_wijk", args=[wijk.slug])).text

    assert "Schouw" not in page
    assert [name for name in ("noticeboard", "walks", "actions") if reverse(f"partners:{name}") in page] == []


def test_home_shows_the_next_four_moments_that_go_on(client, wijk):
    for day in range(6):
        starts = timezone.now() + timedelta(days=day + 1)
        AgendaItemFactory(wijken=[wijk], title=f"Moment {day}", starts_at=starts, ends_at=None)
    AgendaItemFactory(wijken=[wijk], title="Afgezegd", cancelled=True)

    page = client.get(reverse("home")).content.decode()

    assert [day for day in range(6) if f"Moment {day}" in page] == [0, 1, 2, 3]
    assert "Afgezegd" not in page


def test_the_letter_tells_of_money_with_the_title_of_a_public_plan_only(wijk):
    long_known = timezone.now() - timedelta(days=60)
    public = InitiativeFactory(
        accepted=True, published=True, wijk=wijk, public_title="Moestuin", published_at=long_known
    )
    ApplicationFactory(granted=True, wijk=wijk, initiative=public, title="Moestuin van Anna de Wit")
    ApplicationFactory(granted=True, wijk=wijk, title="Feest van Anna de Wit")

    group = next(group for group in gather_news(wijk, Rhythm.WEEKLY) if group.heading == "Geld voor plannen")

    assert "Moestuin" in {item.title for item in group.items}
    assert not any("Anna" in f"{item.title} {item.detail}" for item in group.items)
