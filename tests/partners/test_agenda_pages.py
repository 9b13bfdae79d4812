from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners.enums.agenda import ItemStatus, Visibility
from partners.models import AgendaItem
from partners.moments.audience import audience_of
from partners.moments.sources import gather
from partners.rules.agenda import Window
from partners.workflow import agenda as workflow
from shared.audit.models import Event
from shared.lifecycle import StaleVersion, WorkflowError
from shared.terms.calendar import AMSTERDAM
from shared.ui import page_cache
from tests.factories.accounts import (
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    DepartmentFactory,
    FinanceFactory,
    ManagerFactory,
    UserFactory,
)
from tests.factories.agenda import AgendaItemFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.partners import OrganisationFactory, PartnerContactFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db
SEES = {
    # who -> which of public, partners here, partners elsewhere, staff
    "stranger": "public",
    "resident": "public",
    "partner_here": "public here",
    "partner_left": "public",
    "coordinator_elsewhere": "public here elsewhere staff",
    "ambassador": "public here elsewhere staff",
    "finance": "public here elsewhere staff",
    "manager": "public here elsewhere staff",
    "council": "public",
}


@pytest.fixture
def wijk():
    return WijkFactory(name="Wijk 01 Centrum", short_name="Centrum")


def person(who, wijk):
    """Somebody by name; the partner works in the wijk, the coordinator in another one."""
    makers = {
        "stranger": lambda: None,
        "resident": UserFactory,
        "partner_here": lambda: PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk])).user,
        "partner_left": lambda: PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk]), left=True).user,
        "coordinator_elsewhere": CoordinatorFactory,
        "ambassador": AmbassadorFactory,
        "finance": FinanceFactory,
        "manager": ManagerFactory,
        "council": CouncilStaffFactory,
    }
    return makers[who]()


@pytest.mark.parametrize("who", SEES)
def test_everybody_sees_what_is_public_partners_what_is_shared_in_their_wijk_and_the_municipality_all(
    client, wijk, who
):
    items = {
        "public": AgendaItemFactory(title="public", wijken=[wijk]),
        "here": AgendaItemFactory(title="here", wijken=[wijk], visibility=Visibility.PARTNERS),
        "elsewhere": AgendaItemFactory(title="elsewhere", visibility=Visibility.PARTNERS),
        "staff": AgendaItemFactory(title="staff", wijken=[wijk], visibility=Visibility.STAFF),
    }
    user = person(who, wijk)
    if user:
        sign_in(client, user)
    expected = set(SEES[who].split())

    today = timezone.localdate()
    seen = gather(Window(today, today + timedelta(days=7)), audience_of(user)) if user else []
    files = {
        name
        for name, item in items.items()
        if client.get(reverse("partners:agenda_item_file", args=[item.pk])).status_code == 200
    }
    public_pages = {
        name
        for name, item in items.items()
        if client.get(reverse("partners:agenda_item", args=[item.pk])).status_code == 200
    }

    assert {moment.title for moment in seen} == (expected if user else set())
    assert files == expected
    assert public_pages == {"public"}


EDITS = {
    # who -> which of an item of my organisation, of another one, of the municipality in my wijk, of my department
    "partner_here": "own",
    "partner_left": "",
    "coordinator_elsewhere": "",
    "coordinator_here": "own other municipality department",
    "ambassador": "department",
    "finance": "",
    "council": "",
    "manager": "own other municipality department",
}


@pytest.mark.parametrize("who", EDITS)
def test_partners_change_their_own_items_ambassadors_those_of_their_department_and_coordinators_those_of_their_wijk(
    client, wijk, who
):
    organisation, department = OrganisationFactory(wijken=[wijk]), DepartmentFactory()
    people = {
        "partner_here": lambda: PartnerContactFactory(partner=organisation).user,
        "partner_left": lambda: PartnerContactFactory(partner=organisation, left=True).user,
        "coordinator_here": lambda: CoordinatorFactory(wijk=wijk),
        "ambassador": lambda: AmbassadorFactory(department=department),
    }
    user = people.get(who, lambda: person(who, wijk))()
    items = {
        "own": AgendaItemFactory(wijken=[wijk], partner=organisation),
        "other": AgendaItemFactory(wijken=[wijk], partner=OrganisationFactory(wijken=[wijk])),
        "municipality": AgendaItemFactory(wijken=[wijk]),
        "department": AgendaItemFactory(wijken=[wijk], department=department),
    }
    sign_in(client, user)

    opened = {
        name
        for name, item in items.items()
        if client.get(reverse("partners:change_agenda_item", args=[item.pk])).status_code == 200
    }
    cancelled = set()
    for name, item in items.items():
        try:
            workflow.cancel_item(item, reason="Ziek.", by=user)
            cancelled.add(name)
        except WorkflowError:
            pass

    assert opened == cancelled == set(EDITS[who].split())


def answers(wijk, **changes):
    """What a partner types."""
    return {
        "title": "Koffie-inloop",
        "kind": "activity",
        "text": "Kom langs.",
        "day_0": "24",
        "day_1": "maart",
        "day_2": "2026",
        "starts": "19.30",
        "ends": "21 uur",
        "repeats": "weekly",
        "repeats_until_0": "14",
        "repeats_until_1": "4",
        "repeats_until_2": "2026",
        "place": "De Spil",
        "wijken": [wijk.pk],
        "visibility": "public",
        **changes,
    }


@time_machine.travel(datetime(2026, 3, 23, 9, tzinfo=AMSTERDAM))
def test_a_partner_puts_something_in_the_agenda_changes_it_and_says_that_it_does_not_go_on(client, wijk):
    contact = PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk]))
    sign_in(client, contact.user)
    sent = answers(wijk, organiser=f"p{contact.partner.pk}", once="6b1e1b0e-6c43-4f0e-8a57-111111111111")

    first = client.post(reverse("partners:add_agenda_item"), sent)
    again = client.post(reverse("partners:add_agenda_item"), sent)

    item = AgendaItem.objects.get()
    assert first.url == again.url == reverse("partners:own_agenda_item", args=[item.pk])
    assert item.starts_at == datetime(2026, 3, 24, 19, 30, tzinfo=AMSTERDAM)
    assert (item.partner, item.repeats_until, item.sequence) == (contact.partner, date(2026, 4, 14), 0)

    changed = answers(wijk, organiser=f"p{contact.partner.pk}", starts="20:00", version=item.version)
    client.post(reverse("partners:change_agenda_item", args=[item.pk]), changed)
    client.post(reverse("partners:cancel_agenda_item", args=[item.pk]), {"reason": "De zaal is dicht.", "version": 2})

    item.refresh_from_db()
    assert (item.starts_at.astimezone(AMSTERDAM).hour, item.status, item.sequence) == (20, ItemStatus.CANCELLED, 2)
    assert list(Event.objects.about(item).order_by("pk").values_list("action", flat=True)) == [
        "partners.agenda_item_added",
        "partners.agenda_item_changed",
        "partners.agenda_item_cancelled",
    ]

    client.post(reverse("partners:restore_agenda_item", args=[item.pk]), {"version": item.version})
    item.refresh_from_db()
    assert (item.status, item.cancel_reason) == (ItemStatus.PLANNED, "")


@time_machine.travel(datetime(2026, 3, 23, 9, tzinfo=AMSTERDAM))
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts": "half acht"}, "Vul een tijd in, zoals 19:30"),
        ({"text": "Bel Piet de Boer op 06 12345678"}, "“06 12345678” lijkt op een telefoonnummer"),
        ({"ends": "18:00"}, "Het einde moet na het begin liggen"),
        ({"repeats_until_0": "", "repeats_until_1": "", "repeats_until_2": ""}, "tot en met welke dag het terugkomt"),
        ({"repeats_until_2": "2025"}, "De laatste dag moet na de eerste dag liggen"),
        ({"repeats_until_2": "2029"}, "Kies een dag binnen een jaar"),
        ({"day_0": "31", "day_1": "2"}, "Deze datum bestaat niet"),
        ({"day_2": "2020", "repeats_until_2": "2020"}, "Kies vandaag of een latere dag"),
        ({"wijken": []}, "Kies een wijk"),
        ({"visibility": "staff"}, "Kies bij “Wie mag dit zien?” een van de antwoorden"),
        ({"organiser": "gemeente"}, "Kies bij “Wie organiseert het?” een van de antwoorden"),
    ],
)
def test_what_does_not_fit_is_said_in_words_and_nothing_is_lost(client, wijk, changes, words):
    contact = PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk]))
    sign_in(client, contact.user)

    sent = answers(wijk, **{"organiser": f"p{contact.partner.pk}", **changes})
    page = client.post(reverse("partners:add_agenda_item"), sent).content.decode()

    assert words in page
    assert "Koffie-inloop" in page
    assert not AgendaItem.objects.exists()


def test_a_partner_cannot_put_something_in_a_wijk_where_it_does_not_work(client, wijk):
    contact = PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk]))
    sign_in(client, contact.user)

    client.post(reverse("partners:add_agenda_item"), answers(WijkFactory(), organiser=f"p{contact.partner.pk}"))

    assert not AgendaItem.objects.exists()


def test_a_change_by_somebody_who_saw_an_older_version_is_refused():
    item = AgendaItemFactory()
    workflow.cancel_item(item, reason="Ziek.", by=ManagerFactory(), version=1)

    with pytest.raises(StaleVersion):
        workflow.restore_item(item, by=ManagerFactory(), version=1)


@pytest.mark.parametrize("who", ["resident", "council", "finance"])
def test_who_has_no_wijk_or_organisation_puts_nothing_in_the_agenda(client, wijk, who):
    sign_in(client, person(who, wijk))

    assert client.get(reverse("partners:add_agenda_item")).status_code == 403


@time_machine.travel(datetime(2026, 3, 23, 9, tzinfo=AMSTERDAM))
def test_the_list_has_today_this_week_and_later_and_the_days_of_plans_as_well(client, wijk):
    start = datetime(2026, 3, 23, 19, 30, tzinfo=AMSTERDAM)
    for title, days in [("Vandaag koffie", 0), ("Morgen overleg", 1), ("Volgende week schouw", 8)]:
        begins = start + timedelta(days=days)
        AgendaItemFactory(title=title, wijken=[wijk], starts_at=begins, ends_at=begins + timedelta(hours=1))
    InitiativeFactory(accepted=True, published=True, public_title="Plantdag", wijk=wijk, planned_on=date(2026, 3, 28))
    AgendaItemFactory(title="Afgezegd", wijken=[wijk], cancelled=True, starts_at=start, ends_at=None)

    page = client.get(reverse("partners:agenda")).content.decode()

    order = ["Vandaag<", "Vandaag koffie", "Deze week<", "Morgen overleg", "Plantdag", "Later<", "Volgende week schouw"]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert "Dinsdag" not in page
    assert "dinsdag 24 maart 2026" in page
    assert "De zaal is dicht." in page


def test_the_agenda_can_be_narrowed_to_a_wijk_and_a_theme(client, wijk):
    green = ThemeFactory(name="Groen", slug="groen")
    AgendaItemFactory(title="Hier groen", wijken=[wijk], theme=green)
    AgendaItemFactory(title="Hier anders", wijken=[wijk])
    AgendaItemFactory(title="Elders groen", theme=green)

    def titles(**query):
        page = client.get(reverse("partners:agenda"), query).content.decode()
        return {title for title in ("Hier groen", "Hier anders", "Elders groen") if title in page}

    assert titles(wijk=wijk.slug) == {"Hier groen", "Hier anders"}
    assert titles(thema="groen") == {"Hier groen", "Elders groen"}
    assert titles(wijk=wijk.slug, thema="groen") == {"Hier groen"}
    assert titles(wijk="bestaat-niet") == {"Hier groen", "Hier anders", "Elders groen"}


def test_a_month_is_a_table_of_weeks_with_what_comes_back_on_each_of_its_days(client, wijk):
    AgendaItemFactory(
        title="Koffie",
        wijken=[wijk],
        starts_at=datetime(2026, 3, 3, 10, tzinfo=AMSTERDAM),
        ends_at=None,
        repeats="weekly",
        repeats_until=date(2026, 5, 1),
    )

    page = client.get(reverse("partners:agenda_month"), {"maand": "2026-04"}).content.decode()

    assert page.count(">Koffie</a>") == 4
    assert page.count("<tr>") == 6
    assert "dinsdag 28 april 2026" in page
    assert client.get(reverse("partners:agenda_month"), {"maand": "2026-99"}).status_code == 200


@pytest.mark.parametrize("name", ["agenda", "agenda_month", "own_agenda"])
def test_a_long_agenda_takes_as_many_questions_as_a_short_one(client, wijk, name):
    sign_in(client, ManagerFactory())

    def queries(count):
        AgendaItemFactory.create_batch(count, wijken=[wijk])
        for number in range(count):
            planned = timezone.localdate() + timedelta(days=number % 3)
            InitiativeFactory(accepted=True, published=True, wijk=wijk, planned_on=planned)
        page_cache.touch()
        with CaptureQueriesContext(connection) as found:
            client.get(reverse(f"partners:{name}"), {"wijk": wijk.slug})
        return len(found)

    few, many = queries(3), queries(27)

    assert few == many


def test_the_week_poster_is_a_pdf_with_the_week_of_the_wijk(client, wijk):
    AgendaItemFactory.create_batch(12, wijken=[wijk], title="Een *ster* #let x “ĳ”")
    full, empty = (client.get(reverse("partners:week_poster", args=[slug])) for slug in (wijk.slug, WijkFactory().slug))

    assert full.content.startswith(b"%PDF")
    assert empty.content.startswith(b"%PDF")
    assert full["Content-Type"] == "application/pdf"
