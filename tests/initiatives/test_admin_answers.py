"""What belongs to each answer: agreements, standard texts, departments, photos, neighbours."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from initiatives.enums import AnswerKind, Status
from initiatives.models import Initiative
from shared.notifications.models import OutboxMessage
from shared.notifications.rehearsal import NO_LETTERS
from tests.factories.accounts import CoordinatorFactory, DepartmentFactory
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.documents import photo
from tests.factories.initiatives import (
    AttachmentFactory,
    InitiativeFactory,
    InvolvementFactory,
    StandardTextFactory,
)
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

DECLINE = {"text": "Er ligt een gasleiding.", "alternative": "Op het plein kan het wel."}


@pytest.fixture
def case():
    return InitiativeFactory(title="Moestuin Kruiswiel")


@pytest.fixture
def coordinator(client, case):
    return sign_in(client, CoordinatorFactory(wijk=case.wijk, name="Jan de Vries"))


def step_of(case: Initiative, slug: str, query: str = "") -> str:
    return reverse("admin:initiatives_initiative_step", args=[case.pk, slug]) + query


def file_of(case: Initiative) -> str:
    return reverse("admin:initiatives_initiative_change", args=[case.pk])


def fingerprint(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    return found[1] if found else ""


def letters() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.order_by("pk"))


def take(client, case: Initiative, slug: str, answers: dict | None = None):
    """Look at the letter, then do it: as a person does."""
    sent = {"version": case.version, **(answers or {})}
    seen = fingerprint(client.post(step_of(case, slug), sent | {"_preview": "1"}).content.decode())
    return client.post(step_of(case, slug), sent | {"seen": seen, "_send": "1"})


def told(client, response) -> str:
    page = client.get(response.url).content.decode()
    return unescape(" ".join(re.findall(r'<ul class="messagelist">(.*?)</ul>', page, re.DOTALL)))


def test_accepting_keeps_the_agreements_and_sends_them(client, case, coordinator):
    answers = {
        "text": "Wij helpen mee.",
        "rows": "3",
        "who_0": "Groenbeheer",
        "what_0": "brengt compost",
        "due_0": "13 maart 2027",
        "who_2": "De buren",
        "what_2": "spitten",
        "next_step": "Plantdag",
        "next_step_on_0": "13",
        "next_step_on_1": "maart",
        "next_step_on_2": "2027",
    }

    take(client, case, "meehelpen", answers)

    assert [(a.who, a.what, str(a.due_on or "")) for a in case.agreements.all()] == [
        ("Groenbeheer", "brengt compost", "2027-03-13"),
        ("De buren", "spitten", ""),
    ]
    [letter] = letters()
    assert "Groenbeheer: brengt compost" in letter.text
    assert "Plantdag" in letter.text


def test_half_an_agreement_is_asked_about(client, case, coordinator):
    answers = {
        "text": "Wij helpen mee.",
        "rows": "3",
        "what_0": "brengt compost",
        "who_1": "Els",
        "version": case.version,
    }

    page = client.post(step_of(case, "meehelpen"), answers | {"_preview": "1"}).content.decode()

    assert "Schrijf bij afspraak 1 wie dit doet" in page
    assert "Schrijf bij afspraak 2 wat er gebeurt" in page


def test_more_agreements_come_without_a_script_and_keep_what_was_typed(client, case, coordinator):
    answers = {"rows": "3", "who_0": "Groenbeheer", "version": case.version}

    page = client.post(step_of(case, "meehelpen"), answers | {"_more": "1"}).content.decode()

    assert 'name="who_5"' in page
    assert 'value="Groenbeheer"' in page
    assert "Fout:" not in page


def test_a_standard_text_is_filled_in_behind_own_words(client, case, coordinator):
    text = StandardTextFactory(kind=AnswerKind.DECLINE, text="Beste {naam}, {titel} ({nummer}) kan niet. {behandelaar}")
    StandardTextFactory(kind=AnswerKind.ACCEPT, name="Voor een ja")

    page = client.post(
        step_of(case, "afwijzen"),
        {"version": case.version, "text": "Na ons gesprek:", "standard_text": text.pk, "_use_text": "1"},
    ).content.decode()

    wanted = f"Na ons gesprek:\n\nBeste {case.name}, Moestuin Kruiswiel ({case.reference}) kan niet. Jan de Vries"
    assert wanted in unescape(page).replace("\r\n", "\n")
    assert "Voor een ja" not in page
    assert "Fout:" not in page


def test_what_an_adviser_wrote_comes_behind_the_answer_that_stands_there(client, case, coordinator):
    standard = StandardTextFactory(kind=AnswerKind.DECLINE, text="Dit kan niet.")
    advice = AdviceRequestFactory(subject=case, answered=True, text="Laat de brandweg vrij.")
    AdviceRequestFactory(answered=True, text="Over een ander plan")
    address, sent = step_of(case, "afwijzen"), {"version": case.version, "text": standard.text, "_use_text": "1"}
    assert f"Advies van {advice.adviser}: aandachtspunt" in unescape(client.get(address).content.decode())

    page = client.post(address, sent | {"standard_text": f"advies-{advice.pk}"}).content.decode()

    both = "Dit kan niet.\n\nLaat de brandweg vrij."
    assert f"{both}</textarea>" in unescape(page).replace("\r\n", "\n")
    assert "Over een ander plan" not in page
    assert f'value="advies-{advice.pk}" data-text="Laat de brandweg vrij." data-adds selected' in page

    again = client.post(address, sent | {"text": both, "standard_text": f"advies-{advice.pk}"}).content.decode()

    assert f"{both}</textarea>" in unescape(again).replace("\r\n", "\n")


def test_passing_on_brings_the_plan_to_the_department_only_with_consent(client, case, coordinator):
    department = DepartmentFactory(name="Groenbeheer", email="groen@gemeente.example")
    answers = {"department": department.pk, "text": "Zij gaan over de perken."}

    page = client.post(
        step_of(case, "doorverwijzen"), answers | {"version": case.version, "_preview": "1"}
    ).content.decode()
    assert "groen@gemeente.example" in page
    assert page.count("letter-preview__envelope") == 1

    take(client, case, "doorverwijzen", answers | {"shares_contact": "on"})

    assert [letter.recipient_email for letter in letters()] == [case.email, "groen@gemeente.example"]


def test_passing_on_needs_somebody_who_can_be_reached(client, case, coordinator):
    page = client.post(
        step_of(case, "doorverwijzen"), {"text": "Omdat.", "version": case.version, "_preview": "1"}
    ).content.decode()

    assert "Kies een afdeling, of vul een organisatie in" in page
    assert "Vul in hoe de indiener deze organisatie kan bereiken" in page


def test_publishing_starts_from_the_residents_words_and_shows_described_photos(client, case, coordinator):
    shown, hidden = AttachmentFactory(initiative=case), AttachmentFactory(initiative=case)
    page = client.get(step_of(case, "publiceren")).content.decode()
    assert case.what in page
    assert "Publiceren en versturen" in page

    take(
        client,
        case,
        "publiceren",
        {"title": "Moestuin", "text": "Wij maken een tuin.", f"alt_{shown.pk}": "Een veldje met gras"},
    )

    case.refresh_from_db()
    shown.refresh_from_db()
    hidden.refresh_from_db()
    assert (case.public_title, case.is_published, case.cover) == ("Moestuin", True, shown)
    assert (shown.is_public, shown.alt_text, hidden.is_public) == (True, "Een veldje met gras", False)


def test_personal_details_in_public_words_are_pointed_out(client, case, coordinator):
    words = "Bel Anna op 06 12345678 of mail anna@voorbeeld.example."

    page = client.post(
        step_of(case, "publiceren"), {"title": "Moestuin", "text": words, "version": case.version, "_preview": "1"}
    ).content.decode()

    assert "dit lijkt op persoonlijke gegevens" in page
    assert "<li>06 12345678</li>" in page
    assert "<li>anna@voorbeeld.example</li>" in page


def test_a_photo_of_the_result_is_asked_about_and_then_shown(client, case, coordinator):
    case = InitiativeFactory(wijk=case.wijk, in_progress=True, published=True)
    page = client.post(
        step_of(case, "afronden"),
        {"version": case.version, "text": "De tuin is klaar.", "files": photo(), "_preview": "1"},
    ).content.decode()
    assert "Beschrijf wat er te zien is op “tuin.jpg”" in page
    token = unescape(re.search(r'name="files-kept" value="([^"]+)"', page)[1])
    alt = re.search(r'name="(alt_\w+)"', page)[1]

    take(client, case, "afronden", {"text": "De tuin is klaar.", "files-kept": token, alt: "De bonen staan"})

    case.refresh_from_db()
    assert (case.status, case.result) == (Status.DONE, "De tuin is klaar.")
    assert [(a.alt_text, a.is_public) for a in case.attachments.all()] == [("De bonen staan", True)]


def test_a_document_is_no_photo_of_the_result(client, case, coordinator):
    case = InitiativeFactory(wijk=case.wijk, in_progress=True)
    upload = SimpleUploadedFile("brief.pdf", b"%PDF-1.4 nothing")

    page = client.post(
        step_of(case, "afronden"), {"version": case.version, "text": "Klaar.", "files": upload, "_preview": "1"}
    ).content.decode()

    assert "Fout:" in page


def test_assigning_tells_the_colleague_and_taking_over_tells_nobody(client, case, coordinator):
    colleague = CoordinatorFactory(wijk=case.wijk)
    take(client, case, "toewijzen", {"to": colleague.pk})
    case.refresh_from_db()
    assert (case.owner, [letter.recipient_email for letter in letters()]) == (colleague, [colleague.email])

    client.post(
        step_of(case, "toewijzen"),
        {"to": coordinator.pk, "version": case.version, "seen": NO_LETTERS, "_send": "1"},
    )

    case.refresh_from_db()
    assert (case.owner, len(letters())) == (coordinator, 1)


def test_merging_takes_the_neighbours_along(client, case, coordinator):
    target = InitiativeFactory(published=True, title="Moestuin Kruiswiel noord", wijk=case.wijk)
    InvolvementFactory(initiative=case)
    page = client.get(step_of(case, "samenvoegen")).content.decode()
    assert target.reference in page

    take(client, case, "samenvoegen", {"reference": target.reference})

    case.refresh_from_db()
    assert (case.status, case.merged_into) == (Status.MERGED, target)
    assert target.involvements.count() == 2


def test_merging_with_a_number_that_does_not_exist_is_asked_again(client, case, coordinator):
    answers = {"reference": "1999-00001", "version": case.version, "_preview": "1"}

    page = client.post(step_of(case, "samenvoegen"), answers).content.decode()

    assert "Er is geen ander initiatief met nummer 1999-00001" in page


def test_the_letter_alone_is_sent_to_a_page_that_asks_while_typing(client, case, coordinator):
    response = client.post(
        step_of(case, "afwijzen"),
        DECLINE | {"version": case.version, "_preview": "1"},
        headers={"X-Requested-With": "fetch"},
    )

    page = response.content.decode()
    assert "<html" not in page
    assert "Er ligt een gasleiding." in page
    assert fingerprint(page)


def test_the_filters_of_the_list_survive_a_step(client, case, coordinator):
    kept = "?_changelist_filters=status%3Dreceived%26wijk%3D1"

    page = client.get(file_of(case) + kept).content.decode()
    assert f'href="{step_of(case, "afwijzen")}{kept}"' in page
    response = client.post(step_of(case, "oppakken", kept), {"version": case.version, "_send": "1"})
    assert response.url == file_of(case) + kept
    assert "/?status=received&amp;wijk=1" in client.get(response.url).content.decode()
