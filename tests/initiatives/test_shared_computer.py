"""A computer in the library: what was typed is not there for the next person, and nothing is lost for who stays."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from initiatives import tasks
from initiatives.models import Draft, Initiative
from shared.documents.models import StoredFile
from tests.factories.accounts import UserFactory
from tests.factories.documents import photo
from tests.factories.initiatives import DraftFactory, InitiativeFactory
from tests.initiatives.answers import CHECK, FORM, fill_in, send, typed

pytestmark = pytest.mark.django_db

START = "2026-11-23 10:00+01:00"
KEEP = "/initiatieven/nieuw/bewaren/"
STAY = "/initiatieven/nieuw/hier/"


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def wait(clock, **period) -> None:
    clock.shift(timedelta(**period))


def test_answers_left_alone_are_gone_for_the_next_person_and_from_the_server(client, clock):
    fill_in(client, files=photo())
    wait(clock, minutes=31)

    page = client.get(FORM).content.decode()

    assert "Er gebeurde 30 minuten niets. Daarom hebben wij gewist wat er was ingevuld." in page
    assert "Moestuin Volgerlanden" not in page
    assert (Draft.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_the_check_page_shows_nothing_any_more_and_sends_nothing(client, clock):
    fill_in(client)
    wait(clock, minutes=31)

    response = send(client)

    assert response.url == FORM
    assert Initiative.objects.count() == 0


def test_who_keeps_typing_or_looking_loses_nothing(client, clock):
    fill_in(client)
    for _step in range(4):
        wait(clock, minutes=20)
        assert "Moestuin Volgerlanden" in client.get(CHECK).content.decode()
        tasks.wipe_idle_drafts()

    assert Draft.objects.count() == 1


def test_i_am_still_here_starts_the_time_again(client, clock):
    fill_in(client)
    wait(clock, minutes=29)
    client.post(STAY)
    wait(clock, minutes=29)

    tasks.wipe_idle_drafts()

    assert "Moestuin Volgerlanden" in client.get(CHECK).content.decode()


def test_i_am_still_here_is_of_no_use_when_it_comes_too_late(client, clock):
    fill_in(client)
    wait(clock, minutes=31)

    client.post(STAY)

    assert "Moestuin Volgerlanden" not in client.get(FORM).content.decode()


def test_a_form_that_stood_open_for_long_is_sent_all_the_same(client, clock):
    client.post(KEEP, typed(title="Half af"))
    wait(clock, minutes=50)
    tasks.wipe_idle_drafts()

    response = fill_in(client)

    assert response.url == CHECK
    assert "Moestuin Volgerlanden" in client.get(CHECK).content.decode()


def test_the_clock_wipes_what_nobody_comes_back_to_and_its_files(client, clock):
    fill_in(client, files=photo())
    wait(clock, minutes=31)

    tasks.wipe_idle_drafts()

    assert (Draft.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_the_clock_leaves_what_was_kept_on_request(client, clock):
    client.post(FORM, {"title": "Bankje", "do": "save"})
    wait(clock, days=29)

    tasks.wipe_idle_drafts()

    assert Draft.objects.get().answers["title"] == "Bankje"


def test_what_was_kept_on_request_leaves_the_screen_but_not_the_server(client, clock):
    client.post(FORM, {"title": "Bankje", "do": "save"})
    wait(clock, minutes=31)

    page = client.get(FORM).content.decode()

    assert "Ga verder met de link die u van ons kreeg" in page
    assert "Bankje" not in page
    assert Draft.objects.count() == 1


def test_asking_for_the_link_makes_the_answers_stay(client, clock):
    client.post(KEEP, typed())
    client.post(FORM, typed(do="save"))

    assert Draft.objects.get().idle_until is None


@pytest.mark.parametrize("address", [FORM, CHECK])
def test_the_button_that_wipes_is_on_the_form_and_the_check_page(client, address):
    fill_in(client)

    page = client.get(address).content.decode()

    assert "Gebruikt u een gedeelde computer?" in page
    assert "Wis wat ik heb ingevuld" in page
    assert "Doet u 30 minuten niets? Dan wissen wij het zelf." in page


def test_wiping_leaves_nothing(client):
    fill_in(client, files=photo())

    response = client.post("/initiatieven/nieuw/weggooien/", follow=True)

    assert "Alles wat u had ingevuld, is gewist." in response.content.decode()
    assert (Draft.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert [key for key in dict(client.session.items()) if key.startswith("idea")] == []


def test_leaving_after_saving_for_later_keeps_the_idea_with_us(client):
    client.post(FORM, {"title": "Bankje", "do": "save"})

    client.post("/initiatieven/nieuw/vergeten/")

    assert "Bankje" not in client.get(FORM).content.decode()
    assert Draft.objects.count() == 1


def test_the_receipt_is_for_who_just_sent_it(client, clock):
    fill_in(client)
    url = send(client).url
    own = client.get(url).content.decode()
    wait(clock, minutes=31)

    later = client.get(url).content.decode()

    assert "an…@voorbeeld.example" in own
    assert "an…@voorbeeld.example" not in later
    assert Initiative.objects.get().reference in later
    assert client.get(f"{url}pdf/").url == url


def test_taking_the_data_off_the_computer_after_sending(client):
    fill_in(client)
    url = send(client).url

    assert "Haal mijn gegevens van deze computer" in client.get(url).content.decode()
    client.post("/initiatieven/nieuw/vergeten/")

    assert "/pdf/" not in client.get(url).content.decode()
    assert client.get(CHECK).url == FORM
    assert Initiative.objects.count() == 1


def test_the_initiator_who_signed_in_sees_the_receipt_again(client):
    fill_in(client)
    url = send(client).url
    someone = UserFactory(email="anna@voorbeeld.example")
    Initiative.objects.update(initiator=someone)
    other = Client()
    other.force_login(someone)

    assert other.get(f"{url}pdf/")["Content-Type"] == "application/pdf"


def test_pages_about_somebody_are_not_kept_by_the_browser(client):
    fill_in(client)
    url = send(client).url
    initiative = InitiativeFactory(published=True)
    addresses = [FORM, url, f"/initiatieven/{initiative.reference}/meedoen/", "/initiatieven/nieuw/kaart/", "/mijn/"]

    kept = [address for address in addresses if "no-store" not in client.get(address)["Cache-Control"]]

    assert kept == []


def test_public_pages_are_still_kept(client):
    assert "no-store" not in client.get("/initiatieven/")["Cache-Control"]


def test_the_time_can_be_chosen(client, clock, settings):
    settings.FORM_IDLE = timedelta(minutes=60)
    fill_in(client)
    wait(clock, minutes=45)

    page = client.get(FORM).content.decode()

    assert re.search(r"Doet u 60 minuten niets", page)
    assert 'value="Moestuin Volgerlanden"' in page


def test_a_draft_of_before_this_rule_is_kept_as_was_promised(clock):
    DraftFactory()
    wait(clock, days=2)

    tasks.wipe_idle_drafts()

    assert Draft.objects.count() == 1
