"""Around a case: notes, contact moments, ideas told by phone, standard texts and themes."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives.enums import Channel, Status
from initiatives.models import ContactMoment, Initiative, Note, StandardText
from initiatives.rules import private_details
from shared.notifications.models import OutboxMessage
from shared.themes.models import Theme
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.initiatives import (
    InitiativeFactory,
    MessageFactory,
    NoteFactory,
    StandardTextFactory,
)
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory, WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

LIST = "admin:initiatives_initiative_changelist"


@pytest.fixture
def wijk():
    return WijkFactory()


@pytest.fixture
def coordinator(client, wijk):
    return sign_in(client, CoordinatorFactory(wijk=wijk, name="Jan de Vries"))


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def file_of(case: Initiative, query: str = "") -> str:
    return reverse("admin:initiatives_initiative_change", args=[case.pk]) + query


def test_a_note_is_saved_with_its_button(client, wijk, coordinator):
    case = InitiativeFactory(wijk=wijk)
    url = reverse("admin:initiatives_initiative_note", args=[case.pk])

    response = client.post(url, {"note": "", "note_text": "Bellen over de grond."})

    [note] = case.notes.all()
    assert response.url == file_of(case) + "#notities"
    assert (note.text, note.author) == ("Bellen over de grond.", coordinator)
    assert "Notitie bewaard om" in client.get(response.url).content.decode()


def test_a_note_is_saved_while_typing_and_stays_one_note(client, wijk, coordinator):
    case = InitiativeFactory(wijk=wijk)
    url = reverse("admin:initiatives_initiative_note", args=[case.pk])
    fetch = {"X-Requested-With": "fetch"}

    answer = client.post(url, {"note": "", "note_text": "Bellen"}, headers=fetch).json()
    client.post(url, {"note": answer["note"], "note_text": "Bellen over de grond."}, headers=fetch)

    assert answer["saved"].startswith("Bewaard om ")
    assert [note.text for note in case.notes.all()] == ["Bellen over de grond."]


def test_only_the_author_changes_a_note(client, wijk, coordinator):
    case = InitiativeFactory(wijk=wijk)
    note = NoteFactory(initiative=case, text="Van Els.")
    elsewhere = NoteFactory(text="Elders.", author=coordinator)
    url = reverse("admin:initiatives_initiative_note", args=[case.pk])
    fetch = {"X-Requested-With": "fetch"}

    assert client.post(url, {"note": note.pk, "note_text": "Van mij."}, headers=fetch).status_code == 409
    assert client.post(url, {"note": elsewhere.pk, "note_text": "Van mij."}, headers=fetch).status_code == 404
    assert client.post(url, {"note": "", "note_text": " "}, headers=fetch).status_code == 400
    assert set(Note.objects.values_list("text", flat=True)) == {"Van Els.", "Elders."}


def test_an_own_note_opens_to_be_changed(client, wijk, coordinator):
    note = NoteFactory(initiative=InitiativeFactory(wijk=wijk), author=coordinator)
    other = NoteFactory(initiative=note.initiative)

    assert client.get(file_of(note.initiative, f"?notitie={note.pk}")).context_data["editing"] == note
    assert client.get(file_of(note.initiative, f"?notitie={other.pk}")).context_data["editing"] is None


def test_a_contact_moment_counts_as_the_first_answer_and_is_saved_once(client, wijk, coordinator):
    case = InitiativeFactory(wijk=wijk)
    url = reverse("admin:initiatives_initiative_contact", args=[case.pk])
    sent = {
        "kind": "phone",
        "on_0": "1",
        "on_1": "maart",
        "on_2": "2026",
        "contact_text": "Afgesproken om te kijken.",
        "once": "6f1c2f3e-4b57-4a0e-9d7b-0c3f5a6b7c8d",
    }

    responses = [client.post(url, sent) for _click in range(2)]

    case.refresh_from_db()
    assert {response.url for response in responses} == {file_of(case) + "#contact"}
    assert [moment.text for moment in ContactMoment.objects.all()] == ["Afgesproken om te kijken."]
    assert case.answered_at is not None


def test_a_contact_moment_without_words_is_asked_about_on_the_file_page(client, wijk, coordinator):
    case = InitiativeFactory(wijk=wijk)

    page = client.post(
        reverse("admin:initiatives_initiative_contact", args=[case.pk]),
        {"kind": "phone", "on_0": "1", "on_1": "1", "on_2": "2999", "contact_text": ""},
    ).content.decode()

    assert "Vul de dag in waarop u de indiener sprak, vandaag of eerder" in page
    assert "Beantwoord de vraag “Waar ging het over?”" in page


def entry(buurt, **changes: str) -> dict[str, str]:
    day = timezone.localdate() - timedelta(days=1)
    answers = {
        "channel": "phone",
        "received_on_0": str(day.day),
        "received_on_1": str(day.month),
        "received_on_2": str(day.year),
        "title": "Bankje bij de vijver",
        "what": "Een bankje om even te zitten.",
        "benefit": "Ouderen kunnen uitrusten.",
        "theme": str(ThemeFactory(green=True).pk),
        "buurt": str(buurt.pk),
        "who_joins": "Mevrouw en haar buren",
        "name": "Rie Jansen",
        "phone": "06 12345678",
        "postal_address": "Dorpsstraat 1\n3341 AB Hendrik-Ido-Ambacht",
        "consent": "on",
        "once": "6f1c2f3e-4b57-4a0e-9d7b-0c3f5a6b7c8e",
    }
    return answers | changes


def test_a_plan_told_by_phone_is_taken_in_once_with_a_receipt_on_paper(client, wijk, coordinator):
    buurt = BuurtFactory(wijk=wijk)
    url = reverse("admin:initiatives_initiative_entry")

    responses = [client.post(url, entry(buurt)) for _click in range(2)]

    [case] = Initiative.objects.all()
    assert {response.url for response in responses} == {file_of(case)}
    assert (case.status, case.channel, case.entered_by) == (Status.RECEIVED, Channel.PHONE, coordinator)
    assert (case.wijk, case.phone, case.name) == (wijk, "+31612345678", "Rie Jansen")
    receipt = OutboxMessage.objects.get(recipient_name="Rie Jansen")
    assert (receipt.channel, receipt.recipient_address) == ("print", "Dorpsstraat 1\n3341 AB Hendrik-Ido-Ambacht")


def test_consent_is_asked_before_a_plan_is_written_down(client, wijk, coordinator):
    answers = entry(BuurtFactory(wijk=wijk))
    del answers["consent"]

    page = client.post(reverse("admin:initiatives_initiative_entry"), answers).content.decode()

    assert "Lees de tekst voor en vraag of de indiener het goed vindt" in page
    assert "Bankje bij de vijver" in page
    assert not Initiative.objects.exists()


def test_a_postal_address_alone_is_enough_to_reach_somebody(client, wijk, coordinator):
    response = client.post(reverse("admin:initiatives_initiative_entry"), entry(BuurtFactory(wijk=wijk), phone=""))

    assert response.status_code == 302
    assert Initiative.objects.get().phone == ""


def test_a_plan_for_another_wijk_goes_to_its_own_coordinator(client, coordinator):
    response = client.post(reverse("admin:initiatives_initiative_entry"), entry(BuurtFactory()))

    assert response.url == reverse(LIST)
    assert "is vastgelegd" in client.get(response.url).content.decode()


def test_standard_texts_are_edited_and_explain_their_braces(client, coordinator):
    text = StandardTextFactory()

    page = client.get(reverse("admin:initiatives_standardtext_change", args=[text.pk])).content.decode()
    assert "{behandelaar}" in page
    client.post(
        reverse("admin:initiatives_standardtext_change", args=[text.pk]),
        {"kind": "decline", "name": "Gasleiding", "text": "Beste {naam}", "active": "on"},
    )

    assert StandardText.objects.get().name == "Gasleiding"
    assert client.get(reverse("admin:initiatives_standardtext_delete", args=[text.pk])).status_code == 403


def test_only_the_manager_edits_themes(client, coordinator):
    url = reverse("admin:themes_theme_add")
    assert client.get(url).status_code == 403

    sign_in(client, ManagerFactory())
    client.post(url, {"name": "Spelen", "name_en": "Play", "slug": "spelen", "position": "1", "active": "on"})
    assert Theme.objects.filter(slug="spelen").exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bel 06 12345678 of +31 6 12 34 56 78.", ["06 12345678", "+31 6 12 34 56 78"]),
        ("078-1234567", ["078-1234567"]),
        ("anna@voorbeeld.example.", ["anna@voorbeeld.example"]),
        ("Mijn BSN is 123456782", ["123456782"]),
        ("Nummer 2026-00012 kost € 1.250,00 op 3 maart 2026 in 3342 AC.", []),
    ],
)
def test_private_details_are_found_and_ordinary_numbers_are_not(text, found):
    assert private_details(text) == found


def test_messages_of_the_resident_are_shown_when_answering(client, wijk, coordinator):
    case = InitiativeFactory(wijk=wijk, accepted=True)
    MessageFactory(initiative=case, text="Mag het ook in maart?")

    page = client.get(reverse("admin:initiatives_initiative_step", args=[case.pk, "bericht"])).content.decode()

    assert "Mag het ook in maart?" in page
