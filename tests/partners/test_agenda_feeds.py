from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
import vobject
from django.urls import reverse
from django.utils import timezone

from partners.enums.agenda import Visibility
from partners.models import PersonalFeed
from partners.workflow import agenda as workflow
from shared.accounts.models import RoleAssignment
from shared.lifecycle import WorkflowError
from shared.terms.calendar import AMSTERDAM
from shared.ui import page_cache
from tests.factories.accounts import CoordinatorFactory, ManagerFactory, UserFactory
from tests.factories.agenda import AgendaItemFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.partners import OrganisationFactory, PartnerContactFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijk():
    return WijkFactory(short_name="Centrum")


def read(response):
    """The feed as another program reads it: its events by their title."""
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = vobject.readOne(response.content.decode())
    return {event.summary.value: event for event in getattr(calendar, "vevent_list", [])}


def personal(client, user):
    feed = PersonalFeed.objects.in_use().get(user=user)
    return client.get(reverse("partners:personal_feed", args=[feed.secret]))


@time_machine.travel(datetime(2026, 3, 1, 9, tzinfo=AMSTERDAM))
def test_a_calendar_shows_the_hour_of_our_page_on_both_sides_of_both_changes_of_the_clock(client, wijk):
    AgendaItemFactory(
        title="Overleg",
        wijken=[wijk],
        starts_at=datetime(2026, 3, 3, 19, 30, tzinfo=AMSTERDAM),
        ends_at=datetime(2026, 3, 3, 21, 0, tzinfo=AMSTERDAM),
        repeats="weekly",
        repeats_until=date(2026, 11, 10),
    )

    event = read(client.get(reverse("partners:feed")))["Overleg"]

    each = list(event.getrruleset(addRDate=True))
    assert len(each) == 37
    assert {(moment.hour, moment.minute) for moment in each} == {(19, 30)}
    assert event.dtstart.value.tzinfo is not None
    in_utc = {f"{moment:%m-%d}": moment.replace(tzinfo=AMSTERDAM).astimezone(UTC).hour for moment in each}
    assert [in_utc[day] for day in ("03-24", "03-31", "10-20", "10-27")] == [18, 17, 17, 18]


@time_machine.travel(datetime(2026, 10, 20, 9, tzinfo=AMSTERDAM))
def test_an_evening_in_summer_and_one_in_winter_time_have_their_own_hour_in_utc(client, wijk):
    for title, day in (("Zomertijd", 24), ("Wintertijd", 26)):
        AgendaItemFactory(
            title=title,
            wijken=[wijk],
            starts_at=datetime(2026, 10, day, 19, 30, tzinfo=AMSTERDAM),
            ends_at=datetime(2026, 10, day, 21, 0, tzinfo=AMSTERDAM),
        )

    events = read(client.get(reverse("partners:wijk_feed", args=[wijk.slug])))

    assert events["Zomertijd"].dtstart.value.astimezone(UTC).hour == 17
    assert events["Wintertijd"].dtstart.value.astimezone(UTC).hour == 18


def test_a_change_and_a_cancellation_reach_the_calendar_under_the_same_number(client, wijk):
    item = AgendaItemFactory(title="Koffie", wijken=[wijk])
    address = reverse("partners:feed")
    before = read(client.get(address))["Koffie"]

    workflow.cancel_item(item, reason="De zaal is dicht.", by=ManagerFactory())
    after = read(client.get(address))["Koffie"]

    assert before.uid.value == after.uid.value
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    assert (before.status.value, after.status.value) == ("CONFIRMED", "CANCELLED")
    assert "De zaal is dicht." in after.description.value


def test_a_feed_that_did_not_change_is_not_sent_again(client, wijk):
    address = reverse("partners:feed")
    first = client.get(address)

    same = client.get(address, headers={"If-None-Match": first["ETag"]})
    AgendaItemFactory(wijken=[wijk])
    page_cache.touch()
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200


def test_there_is_a_feed_of_a_wijk_and_of_a_theme_and_none_of_them_holds_what_is_not_public(client, wijk):
    green = ThemeFactory(name="Groen", slug="groen")
    AgendaItemFactory(title="Hier groen", wijken=[wijk], theme=green)
    AgendaItemFactory(title="Elders", theme=None)
    AgendaItemFactory(title="Partners", wijken=[wijk], theme=green, visibility=Visibility.PARTNERS)
    InitiativeFactory(
        accepted=True, published=True, wijk=wijk, theme=green, public_title="Plantdag", planned_on=timezone.localdate()
    )

    assert set(read(client.get(reverse("partners:feed")))) == {"Hier groen", "Elders", "Plantdag"}
    assert set(read(client.get(reverse("partners:wijk_feed", args=[wijk.slug])))) == {"Hier groen", "Plantdag"}
    assert set(read(client.get(reverse("partners:theme_feed", args=["groen"])))) == {"Hier groen", "Plantdag"}
    assert client.get(reverse("partners:wijk_feed", args=["nergens"])).status_code == 404


def test_the_day_of_a_plan_is_a_whole_day(client, wijk):
    day = timezone.localdate() + timedelta(days=3)
    InitiativeFactory(accepted=True, published=True, wijk=wijk, public_title="Plantdag", planned_on=day)

    event = read(client.get(reverse("partners:feed")))["Plantdag"]

    assert (event.dtstart.value, event.dtend.value) == (day, day + timedelta(days=1))


def test_the_secret_address_shows_what_its_owner_may_see_until_the_role_ends(client, wijk):
    contact = PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk]))
    AgendaItemFactory(title="Iedereen", wijken=[wijk])
    AgendaItemFactory(title="Partners hier", wijken=[wijk], visibility=Visibility.PARTNERS)
    AgendaItemFactory(title="Partners elders", visibility=Visibility.PARTNERS)
    AgendaItemFactory(title="Gemeente", wijken=[wijk], visibility=Visibility.STAFF)
    workflow.renew_feed(by=contact.user)

    assert set(read(personal(client, contact.user))) == {"Iedereen", "Partners hier"}

    RoleAssignment.objects.filter(user=contact.user).update(ends_on=timezone.localdate() - timedelta(days=1))

    assert personal(client, contact.user).status_code == 404


def test_a_new_address_ends_the_old_one_and_stopping_ends_them_all(client):
    coordinator = CoordinatorFactory()
    sign_in(client, coordinator)
    page = reverse("partners:own_feed")

    client.post(page, {"renew": "1"})
    old = PersonalFeed.objects.in_use().get(user=coordinator)
    client.post(page, {"renew": "1"})
    new = PersonalFeed.objects.in_use().get(user=coordinator)

    assert len(new.secret) >= 40
    assert new.secret in client.get(page).content.decode()
    assert client.get(reverse("partners:personal_feed", args=[old.secret])).status_code == 404
    assert personal(client, coordinator).status_code == 200

    client.post(page, {"stop": "1"})
    assert client.get(reverse("partners:personal_feed", args=[new.secret])).status_code == 404


def test_a_personal_feed_says_when_nothing_changed_and_may_be_kept_by_nobody_else(client):
    coordinator = CoordinatorFactory()
    workflow.renew_feed(by=coordinator)
    first = personal(client, coordinator)
    secret = PersonalFeed.objects.in_use().get(user=coordinator).secret

    same = client.get(reverse("partners:personal_feed", args=[secret]), headers={"If-None-Match": first["ETag"]})

    assert same.status_code == 304
    assert first["Cache-Control"] == "private, no-cache"


def test_a_resident_has_no_secret_address():
    with pytest.raises(WorkflowError):
        workflow.renew_feed(by=UserFactory())
