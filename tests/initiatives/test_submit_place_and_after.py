"""Around the form: the place, plans that look alike, and what comes after sending."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from initiatives import letters
from initiatives.enums import Status
from initiatives.models import Initiative
from initiatives.views.submit import SENT
from shared import links
from shared.notifications.models import OutboxMessage
from tests.factories.initiatives import DraftFactory, InitiativeFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory
from tests.initiatives.answers import CHECK, FORM, fill_in, send

pytestmark = pytest.mark.django_db


def errors(response) -> dict[str, list[str]]:
    return {name: [str(text) for text in texts] for name, texts in response.context["form"].errors.items()}


def day(number: int, month: str, year: int) -> dict[str, str]:
    return {"planned_on_0": str(number), "planned_on_1": month, "planned_on_2": str(year)}


def test_the_button_chooses_the_buurt_of_a_postcode_and_keeps_the_rest(client):
    area = PostcodeAreaFactory(postcode="3342AC", house_number=12)

    response = client.post(FORM, {"title": "Bankje", "postcode": "3342 ac", "house_number": "12", "do": "area"})
    page = client.get(response.url.partition("#")[0]).content.decode()

    assert response.url == f"{FORM}?voorstel=zeker#id_buurt"
    assert f"Dit adres ligt in {area.buurt.name}" in page
    assert re.search(rf'value="{area.buurt_id}"[^>]* checked', page)
    assert 'value="Bankje"' in page


def test_a_postcode_from_elsewhere_is_not_an_error(client):
    PostcodeAreaFactory(postcode="3342AC")

    response = client.post(FORM, {"postcode": "1011 AB", "do": "area"})

    assert (
        "Deze postcode ligt niet in Hendrik-Ido-Ambacht" in client.get(response.url.partition("#")[0]).content.decode()
    )


def test_searching_without_a_postcode_only_asks_for_the_postcode(client):
    response = client.post(FORM, {"do": "area"})

    assert errors(response) == {"postcode": ["Vul eerst een postcode in, of kies zelf een buurt"]}


def test_the_script_gets_the_same_answer(client):
    area = PostcodeAreaFactory(postcode="3342AC", house_number=12)

    answer = client.get("/initiatieven/nieuw/buurt/", {"postcode": "3342AC", "huisnummer": "12"}).json()

    assert answer["buurt"] == str(area.buurt_id)
    assert answer["text"].startswith(f"Dit adres ligt in {area.buurt.name}")


@pytest.mark.parametrize("query", [{}, {"postcode": "x", "huisnummer": "12bis A"}, {"postcode": "0000AA"}])
def test_the_script_may_ask_nonsense(client, query):
    assert client.get("/initiatieven/nieuw/buurt/", query).json()["buurt"] == ""


def test_the_map_keeps_the_answers_and_leads_back_with_the_buurt(client):
    buurt = BuurtFactory(name="Oostendam")

    response = client.post(FORM, {"title": "Bankje", "do": "map"})
    page = client.get(response.url).content.decode()
    address = re.search(r'href="(/initiatieven/nieuw/\?buurt=\d+)#id_buurt"', page)[1]
    form = client.get(address).content.decode()

    assert re.search(rf'value="{buurt.pk}"[^>]* checked', form)
    assert 'value="Bankje"' in form


def test_a_plan_that_looks_alike_is_shown_and_stops_nobody(client):
    InitiativeFactory(title="Moestuin Volgerlanden", published=True, joiners_count=12)
    fill_in(client)

    page = client.get(CHECK).content.decode()

    assert "Lijkt dit op uw idee?" in page
    assert "12 buren doen mee" in page
    assert send(client).status_code == 302


def test_own_drafts_and_hidden_plans_never_look_alike(client):
    DraftFactory(answers={"title": "Moestuin Volgerlanden"})
    InitiativeFactory(title="Moestuin Volgerlanden")
    fill_in(client)

    assert "Lijkt dit op" not in client.get(CHECK).content.decode()


def test_the_script_gets_look_alikes_as_a_piece_of_the_page(client):
    InitiativeFactory(title="Moestuin Volgerlanden", published=True)

    assert "Sluit u aan" in client.get("/initiatieven/nieuw/lijkt-op/", {"titel": "moestuin"}).content.decode()
    assert client.get("/initiatieven/nieuw/lijkt-op/", {"titel": "mo"}).content.strip() == b""
    assert client.get("/initiatieven/nieuw/lijkt-op/", {"titel": "niets\x00zeggend"}).status_code == 400


def just_sent(client, initiative) -> str:
    """The address of the receipt, in the browser that sent the plan."""
    url = reverse("initiatives:sent", args=[links.sign(SENT, initiative=initiative.pk)])
    session = client.session
    session["idea_sent"] = url
    session.save()
    return url


def test_the_confirmation_page_works_from_a_bookmark_and_shows_nobodys_data(client):
    initiative = InitiativeFactory(unconfirmed=True, email="anna@voorbeeld.example", phone="+31612345678")

    page = client.get(reverse("initiatives:sent", args=[links.sign(SENT, initiative=initiative.pk)])).content.decode()

    assert initiative.reference in page
    assert [word for word in ("anna@", "an…@", "12345678", initiative.name, "/pdf/") if word in page] == []


@time_machine.travel("2026-11-23 12:00+01:00", tick=False)
def test_the_confirmation_page_names_the_day(client):
    unconfirmed = InitiativeFactory(unconfirmed=True)
    received = InitiativeFactory(submitted_at=timezone.now() - timedelta(days=3))

    pages = [client.get(just_sent(client, initiative)).content.decode() for initiative in (unconfirmed, received)]

    assert "Dan hoort u uiterlijk donderdag 26 november 2026 van ons" in pages[0]
    assert "U hoort uiterlijk woensdag 25 november 2026 van ons" in pages[1]


def test_the_receipt_is_a_tagged_pdf(client):
    initiative = InitiativeFactory(title="#eval(1) *x* $x$ @ref")

    response = client.get(f"{just_sent(client, initiative)}pdf/")

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert b"pdfuaid" in response.content


@pytest.mark.parametrize("name", ["sent", "sent_pdf", "confirm", "resume", "confirm_new_address"])
def test_a_made_up_link_gives_a_friendly_page(client, name):
    response = client.get(reverse(f"initiatives:{name}", args=["verzonnen"]))

    assert response.status_code == 404
    assert "14 078" in response.content.decode()


def confirm_link(initiative: Initiative) -> str:
    token = links.sign(letters.CONFIRM, initiative=initiative.pk, email=initiative.email)
    return reverse("initiatives:confirm", args=[token])


def test_opening_the_link_changes_nothing_and_the_button_brings_the_idea_in(client):
    initiative = InitiativeFactory(unconfirmed=True)
    address = confirm_link(initiative)

    before = client.get(address).content.decode()
    initiative.refresh_from_db()
    opened_only = initiative.status
    after = client.post(address).content.decode()
    initiative.refresh_from_db()

    assert "Bevestig mijn e-mailadres" in before
    assert (opened_only, initiative.status) == (Status.UNCONFIRMED, Status.RECEIVED)
    assert "Dank u wel, uw e-mailadres is bevestigd" in after


def test_a_second_time_says_that_it_was_confirmed_already(client):
    initiative = InitiativeFactory(unconfirmed=True)
    client.post(confirm_link(initiative))
    sent = OutboxMessage.objects.count()

    pages = [
        client.get(confirm_link(initiative)).content.decode(),
        client.post(confirm_link(initiative)).content.decode(),
    ]

    assert ["Uw e-mailadres was al bevestigd" in page for page in pages] == [True, True]
    assert OutboxMessage.objects.count() == sent


def test_an_old_link_offers_a_new_one(client):
    with time_machine.travel("2026-01-05 12:00+01:00", tick=False):
        initiative = InitiativeFactory(unconfirmed=True)
        address = confirm_link(initiative)

    with time_machine.travel("2026-03-05 12:00+01:00", tick=False):
        page = client.get(address)
        again = client.post(f"{address}opnieuw/")

        letter = OutboxMessage.objects.get()
        fresh = re.search(r"/initiatieven/bevestigen/[^/\s]+/", letter.text)[0]
        confirmed = client.post(fresh)

    assert page.status_code == 410
    assert "Stuur een nieuwe link" in page.content.decode()
    assert "Wij stuurden een nieuwe link" in again.content.decode()
    assert "Dank u wel" in confirmed.content.decode()


def test_a_link_to_an_address_that_was_changed_confirms_nothing(client):
    initiative = InitiativeFactory(unconfirmed=True)
    address = confirm_link(initiative)
    Initiative.objects.update(email="ander@voorbeeld.example")

    page = client.post(address).content.decode()

    initiative.refresh_from_db()
    assert initiative.status == Status.UNCONFIRMED
    assert "Deze link is van een oud e-mailadres" in page


def test_the_themes_have_english_names(client):
    ThemeFactory(green=True)
    client.cookies["taal"] = "en"

    assert ">Green</label>" in client.get(FORM).content.decode()
