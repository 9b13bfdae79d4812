"""A resident sends an idea: the form, the check page, "verstuurd", and the link that confirms the address."""

import re

import pytest
from django.core import signing

from initiatives.enums import Status
from initiatives.models import Draft, Initiative
from shared.notifications.models import OutboxMessage
from shared.ui import limits
from shared.ui.spam import SALT
from tests.factories.documents import photo
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory
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
        ({"amount": "9" * 60}, "Het bedrag moet €\u00a01.000.000,00 of minder zijn"),
        (
            {"planned_on_0": "3", "planned_on_1": "mei", "planned_on_2": "9999"},
            "Kies een datum binnen 10 jaar, of laat de datum leeg",
        ),
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
