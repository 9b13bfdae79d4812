"""A resident sends an idea: the form, the check page, "verstuurd", and the link that confirms the address."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from initiatives import letters
from initiatives.enums import Status
from initiatives.models import Draft, Initiative
from initiatives.views.submit import SENT
from shared import links
from shared.notifications.models import OutboxMessage
from shared.ui import limits
from shared.ui.spam import SALT
from tests.factories.documents import photo
from tests.factories.initiatives import DraftFactory, InitiativeFactory, ThemeFactory
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory
from tests.initiatives.answers import CHECK, FORM, fill_in, send, typed

pytestmark = pytest.mark.django_db


def errors(response) -> dict[str, list[str]]:
    return {name: [str(text) for text in texts] for name, texts in response.context["form"].errors.items()}


def day(number: int, month: str, year: int) -> dict[str, str]:
    return {"planned_on_0": str(number), "planned_on_1": month, "planned_on_2": str(year)}


def test_the_form_needs_no_account_and_at_most_six_queries(client, django_assert_max_num_queries):
    BuurtFactory.create_batch(12)

    with django_assert_max_num_queries(6):
        response = client.get(FORM)

    assert response.status_code == 200
    assert len(Draft.objects.all()) == 0


def test_at_most_ten_answers_are_needed(client):
    form = client.get(FORM).context["form"]

    assert sum(field.field.required for field in form.visible_fields()) + 1 <= 10


def test_buurten_stand_below_their_wijk(client):
    buurt = BuurtFactory(name="Dorp", wijk__short_name="Centrum")

    page = client.get(FORM).content.decode()

    assert re.search(
        rf'>Centrum</p>\s*<div class="portal-option"><input type="radio" name="buurt" value="{buurt.pk}"', page
    )


def test_from_form_to_verstuurd(client):
    fill_in(client)
    page = client.get(CHECK)
    response = send(client)

    initiative = Initiative.objects.get()
    assert "Uw idee is nog niet verstuurd" in page.content.decode()
    assert (initiative.title, initiative.status) == ("Moestuin Volgerlanden", Status.UNCONFIRMED)
    assert (initiative.buurt.name, initiative.wijk, initiative.theme.slug) == (
        "Volgerlanden-Oost",
        initiative.buurt.wijk,
        "groen",
    )
    confirmation = client.get(response.url).content.decode()
    assert initiative.reference in confirmation
    assert "an…@voorbeeld.example" in confirmation
    assert [message.recipient_email for message in OutboxMessage.objects.all()] == ["anna@voorbeeld.example"]


def test_an_empty_form_says_what_to_do_at_each_question(client):
    response = client.post(FORM, {"opened": signing.dumps(0, salt=SALT)})

    assert errors(response) == {
        "title": ["Geef uw idee een naam"],
        "what": ["Vertel wat u wilt doen"],
        "benefit": ["Vertel voor wie het is en wat er beter wordt"],
        "theme": ["Kies een thema"],
        "buurt": ["Kies een buurt"],
        "who_joins": ["Vertel wie er meedoet"],
        "name": ["Vul uw naam in"],
        "email": ["Vul uw e-mailadres of uw telefoonnummer in"],
    }
    assert "<title>Fout: Idee indienen" in response.content.decode()


def test_every_error_links_to_an_input_that_is_there(client):
    BuurtFactory()
    ThemeFactory()
    page = client.post(FORM, {"opened": signing.dumps(0, salt=SALT)}).content.decode()

    targets = re.findall(r'<li><a href="#([^"]+)"', page)

    assert len(targets) == 8
    assert [target for target in targets if f'id="{target}"' not in page] == []


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (
            {"planned_on_0": "1", "planned_on_1": "maart", "planned_on_2": "2020"},
            "Kies een datum vanaf vandaag, of laat de datum leeg",
        ),
        (
            {"planned_on_0": "31", "planned_on_1": "2", "planned_on_2": "2030"},
            "Deze datum bestaat niet. Kijk de dag en de maand na",
        ),
        ({"postcode": "12"}, "Vul een postcode in met vier cijfers en twee letters, zoals 3342 AC"),
        ({"email": "anna"}, "Vul een e-mailadres in zoals naam@voorbeeld.nl"),
        ({"phone": "12"}, "Vul een telefoonnummer in, zoals 06 12345678 of 078 123 45 67"),
        ({"amount": "veel"}, "Vul een bedrag in met cijfers, zoals 750 of 1.250,50"),
        ({"title": "a" * 121}, "Maak “Hoe heet uw idee?” korter: hooguit 120 tekens, nu 121"),
    ],
)
def test_each_mistake_has_its_own_words_and_keeps_what_was_typed(client, answer, text):
    response = fill_in(client, **answer)

    assert list(errors(response).values()) == [[text]]
    for value in answer.values():
        assert value in response.content.decode()


def test_a_phone_number_is_enough_and_the_idea_comes_in_at_once(client):
    fill_in(client, email="", phone="06 12345678")
    response = send(client)

    initiative = Initiative.objects.get()
    assert (initiative.status, initiative.phone) == (Status.RECEIVED, "+31612345678")
    assert "Bevestig uw e-mailadres" not in client.get(response.url).content.decode()


def test_a_wrong_phone_number_is_the_only_thing_that_is_blamed(client):
    response = fill_in(client, email="", phone="06")

    assert list(errors(response)) == ["phone"]


def test_the_check_page_shows_each_answer_with_a_way_to_change_it(client):
    fill_in(client, place="Het veldje", help_wanted=["money", "place"], amount="1250", shows_first_name="on")

    page = client.get(CHECK).content.decode()

    assert "€\u00a01.250,00" in page
    assert "geld, een plek" in page
    assert 'href="/initiatieven/nieuw/#id_title">Wijzig<span class="portal-visually-hidden">: Hoe heet uw idee?' in page
    assert page.count("Niet ingevuld") == 4


def test_after_a_change_the_form_leads_back_to_the_check_page(client):
    fill_in(client)
    assert 'value="Moestuin Volgerlanden"' in client.get(FORM).content.decode()

    response = fill_in(client, title="Bloementuin")

    assert response.url == CHECK
    assert "Bloementuin" in client.get(CHECK).content.decode()


def test_two_clicks_make_one_idea(client):
    fill_in(client)

    first, second = send(client), send(client)

    assert first.url == second.url
    assert Initiative.objects.count() == 1
    assert OutboxMessage.objects.count() == 1


def test_back_after_sending_shows_that_it_was_sent(client):
    fill_in(client)
    sent = send(client)

    assert client.get(CHECK).url == sent.url
    assert send(client, once="22222222-2222-4222-8222-222222222222").url == sent.url
    assert 'value="Moestuin' not in client.get(FORM).content.decode()


def test_the_check_page_without_a_draft_leads_to_the_form(client):
    assert client.get(CHECK).url == FORM
    assert send(client).url == FORM


def test_a_draft_that_is_not_right_shows_its_errors_instead_of_the_check_page(client):
    client.post(FORM, typed(name="", do="save"))

    response = client.get(CHECK)

    assert errors(response) == {"name": ["Vul uw naam in"]}


def test_photos_survive_an_error_elsewhere_and_come_along(client):
    first = client.post(FORM, typed(name="") | {"files": photo()})
    kept = re.search(r'name="files-kept" value="([^"]+)"', first.content.decode())[1]
    fill_in(client, **{"files-kept": kept})

    send(client)

    assert [attachment.file.original_name for attachment in Initiative.objects.get().attachments.all()] == ["tuin.jpg"]


def test_a_robot_that_fills_the_trap_is_asked_to_send_again(client):
    response = fill_in(client, homepage="https://spam.example")

    assert errors(response)["__all__"] == [
        "Verstuur het formulier nog een keer. Alles wat u heeft ingevuld staat er nog."
    ]


def test_too_many_ideas_from_one_address_wait(client):
    for number in range(limits.LIMITS["submit"].per_address):
        fill_in(client, title=f"Idee {number}")
        send(client, once=f"11111111-1111-4111-8111-11111111111{number}")
    fill_in(client, title="Nog een")

    response = send(client, once="33333333-3333-4333-8333-333333333333")

    assert response.status_code == 429
    assert "14 078" in errors(response)["__all__"][0]
    assert Initiative.objects.filter(title="Nog een").count() == 0
    assert "Nog een" in response.content.decode()


def test_a_slip_in_the_address_is_asked_about(client):
    fill_in(client, email="anna@gmial.com")

    assert "Of bedoelde u anna@gmail.com?" in client.get(CHECK).content.decode()


# Finding the buurt


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


# Look-alikes


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


# Verstuurd


def test_the_confirmation_page_works_from_a_bookmark_and_shows_nobodys_data(client):
    initiative = InitiativeFactory(unconfirmed=True, email="anna@voorbeeld.example", phone="+31612345678")

    page = client.get(reverse("initiatives:sent", args=[links.sign(SENT, initiative=initiative.pk)])).content.decode()

    assert initiative.reference in page
    assert [word for word in ("anna@", "12345678", initiative.name) if word in page] == []


@time_machine.travel("2026-11-23 12:00+01:00", tick=False)
def test_the_confirmation_page_names_the_day(client):
    unconfirmed = InitiativeFactory(unconfirmed=True)
    received = InitiativeFactory(submitted_at=timezone.now() - timedelta(days=3))

    pages = [
        client.get(reverse("initiatives:sent", args=[links.sign(SENT, initiative=initiative.pk)])).content.decode()
        for initiative in (unconfirmed, received)
    ]

    assert "Dan hoort u uiterlijk donderdag 26 november 2026 van ons" in pages[0]
    assert "U hoort uiterlijk woensdag 25 november 2026 van ons" in pages[1]


def test_the_receipt_is_a_tagged_pdf(client):
    initiative = InitiativeFactory(title="#eval(1) *x* $x$ @ref")

    response = client.get(reverse("initiatives:sent_pdf", args=[links.sign(SENT, initiative=initiative.pk)]))

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert b"pdfuaid" in response.content


@pytest.mark.parametrize("name", ["sent", "sent_pdf", "confirm", "resume", "confirm_new_address"])
def test_a_made_up_link_gives_a_friendly_page(client, name):
    response = client.get(reverse(f"initiatives:{name}", args=["verzonnen"]))

    assert response.status_code == 404
    assert "14 078" in response.content.decode()


# Confirming the address


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
