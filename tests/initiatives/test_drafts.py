"""Saving an idea for later: without an account, on another device, thrown away, and never lost by accident."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from initiatives import letters
from initiatives.models import Draft
from shared import links
from shared.documents.models import StoredFile
from shared.notifications.models import OutboxMessage
from shared.ui import limits
from tests.factories.accounts import UserFactory
from tests.factories.documents import photo
from tests.factories.initiatives import DraftFactory
from tests.initiatives.answers import CHECK, FORM, fill_in, send, typed

pytestmark = pytest.mark.django_db

SAVED = "/initiatieven/nieuw/bewaard/"


def save(client, **answers):
    return client.post(FORM, answers | {"do": "save"})


def resume_link() -> str:
    return re.search(r"/initiatieven/verder/[^/\s]+/", OutboxMessage.objects.latest("pk").text)[0]


def test_an_empty_form_can_be_saved(client):
    response = save(client)

    page = client.get(response.url).content.decode()
    assert response.url == SAVED
    assert re.search(r"Bewaard om \d\d:\d\d, nog niet verstuurd", page)
    assert "Stuur mij de link" in page
    assert OutboxMessage.objects.count() == 0


def test_with_an_address_the_link_is_mailed_and_nothing_is_asked(client):
    save(client, title="Bankje", email="anna@voorbeeld.example")

    page = client.get(SAVED).content.decode()
    assert "Wij stuurden een link naar anna@voorbeeld.example" in page
    assert "Stuur mij de link" not in page
    assert OutboxMessage.objects.get().recipient_email == "anna@voorbeeld.example"


def test_a_wrong_address_is_asked_again_when_saving(client):
    save(client, title="Bankje", email="anna")

    assert "Stuur mij de link" in client.get(SAVED).content.decode()
    assert Draft.objects.get().answers["email"] == "anna"


def test_the_missing_address_is_asked_once(client):
    save(client, title="Bankje")
    opened = re.search(r'name="opened" value="([^"]+)"', client.get(SAVED).content.decode())[1]

    trapped = client.post(SAVED, {"email": "anna@voorbeeld.example", "opened": opened})
    with_patience = client.post(SAVED, typed(email="anna@voorbeeld.example"))

    assert trapped.status_code == 200
    assert with_patience.url == SAVED
    assert OutboxMessage.objects.get().recipient_email == "anna@voorbeeld.example"


def test_the_link_opens_the_draft_on_another_device(client):
    save(client, title="Bankje", what="Een bankje", email="anna@voorbeeld.example", help_wanted=["place", "money"])

    other = Client()
    response = other.get(resume_link(), follow=True)

    page = response.content.decode()
    assert "Uw idee is nog niet verstuurd" in page
    assert 'value="Bankje"' in page
    assert len(re.findall(r'name="help_wanted"[^>]* checked', page)) == 2
    assert "Fout:" not in page


def test_files_come_along_and_stay_as_long_as_the_draft(client):
    client.post(FORM, {"files": photo(), "title": "Bankje", "do": "save", "email": "anna@voorbeeld.example"})

    stored = StoredFile.objects.get()
    page = Client().get(resume_link(), follow=True).content.decode()
    assert "tuin.jpg" in page
    assert (stored.kept_until - stored.created_at).days >= 30


def test_a_refresh_or_a_return_finds_everything_back(client):
    client.post(FORM, typed(name="", planned_on_0="31", planned_on_1="foutmaand", planned_on_2="2030"))

    page = client.get(FORM).content.decode()

    assert 'value="Moestuin Volgerlanden"' in page
    assert 'value="foutmaand"' in page
    assert re.search(r'name="buurt"[^>]* checked', page)


def test_what_is_typed_is_kept_while_typing(client):
    answer = client.post("/initiatieven/nieuw/bewaren/", {"title": "Bank\x00je", "email": "anna@voorbeeld.example"})

    assert re.fullmatch(r"Bewaard om \d\d:\d\d, nog niet verstuurd\.", answer.json()["text"])
    assert 'value="Bankje"' in client.get(FORM).content.decode()
    assert Draft.objects.get().email == ""


def test_keeping_while_typing_makes_one_draft(client):
    for title in ("B", "Ba", "Bankje"):
        client.post("/initiatieven/nieuw/bewaren/", {"title": title})

    assert [draft.answers["title"] for draft in Draft.objects.all()] == ["Bankje"]


def test_a_draft_is_thrown_away(client):
    save(client, title="Bankje", files=photo())

    client.post("/initiatieven/nieuw/weggooien/")

    assert Draft.objects.count() == 0
    assert StoredFile.objects.count() == 0
    assert 'value="Bankje"' not in client.get(FORM).content.decode()


def test_the_link_of_a_draft_that_is_gone_says_so(client):
    save(client, title="Bankje", email="anna@voorbeeld.example")
    address = resume_link()
    Draft.objects.all().delete()

    response = client.get(address)

    assert response.status_code == 410
    assert "Dit concept is er niet meer" in response.content.decode()


def test_the_link_of_an_idea_that_was_sent_leads_to_the_overview(client):
    fill_in(client)
    draft = Draft.objects.get()
    send(client)

    response = client.get(reverse("initiatives:resume", args=[links.sign(letters.DRAFT, draft=str(draft.pk))]))

    assert "Dit idee is al verstuurd" in response.content.decode()


def test_sending_empties_the_draft(client):
    fill_in(client)
    send(client)

    draft = Draft.objects.get()
    assert (draft.answers, draft.initiative.title) == ({}, "Moestuin Volgerlanden")


def test_who_is_signed_in_is_offered_the_other_draft(client):
    user = UserFactory(email="anna@voorbeeld.example")
    draft = DraftFactory(email="anna@voorbeeld.example", answers={"title": "Straatfeest"})
    client.force_login(user)

    offer = client.get(FORM).content.decode()
    client.post(f"/initiatieven/concept/{draft.pk}/verder/")

    assert "“Straatfeest”" in offer
    assert 'value="Straatfeest"' in client.get(FORM).content.decode()


def test_nobody_continues_or_discards_the_draft_of_another(client):
    draft = DraftFactory(email="bas@voorbeeld.example")
    client.force_login(UserFactory(email="anna@voorbeeld.example"))

    answers = [client.post(f"/initiatieven/concept/{draft.pk}/{word}/").status_code for word in ("verder", "weggooien")]

    assert answers == [404, 404]
    assert Draft.objects.count() == 1


def test_a_link_asked_for_too_often_is_refused_but_the_draft_is_kept(client):
    for number in range(limits.LIMITS["draft"].per_address + 1):
        save(client, title=f"Bankje {number}", email="anna@voorbeeld.example")

    assert "14 078" in client.get(SAVED).content.decode()
    assert Draft.objects.get().answers["title"] == "Bankje 5"


def test_a_file_that_is_refused_is_said_and_the_rest_is_not_lost(client):
    response = client.post(FORM, {"title": "Bankje", "files": SimpleUploadedFile("a.exe", b"MZ"), "do": "save"})

    assert list(response.context["form"].errors) == ["files"]
    assert 'value="Bankje"' in response.content.decode()


def test_the_check_page_can_be_reached_from_the_resumed_draft(client):
    fill_in(client)
    token = links.sign(letters.DRAFT, draft=str(Draft.objects.get().pk))

    other = Client()
    other.get(reverse("initiatives:resume", args=[token]))

    assert other.get(CHECK).status_code == 200
