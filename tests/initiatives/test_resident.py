"""The initiator's own file and Mijn overzicht."""

import json
import re
from contextlib import closing
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from initiatives import letters, workflow
from initiatives.enums import Status
from initiatives.models import Initiative, Update
from shared import links
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.factories.documents import blank_pdf, pdf_of, photo
from tests.factories.initiatives import (
    AttachmentFactory,
    DraftFactory,
    InitiativeFactory,
    InvolvementFactory,
    MessageFactory,
    UpdateFactory,
)

pytestmark = pytest.mark.django_db

ONCE = "11111111-1111-4111-8111-111111111111"
OVERVIEW = "/mijn/"


@pytest.fixture
def anna(client):
    user = UserFactory(email="anna@voorbeeld.example", name="Anna Bewoner")
    client.force_login(user)
    return user


def own(anna, **traits) -> Initiative:
    return InitiativeFactory(initiator=anna, email=anna.email, **traits)


def address(initiative: Initiative, page: str = "") -> str:
    return f"/initiatieven/mijn/{initiative.reference}/{page}"


@pytest.mark.parametrize("path", [OVERVIEW, "/initiatieven/mijn/2020-00001/"])
def test_one_has_to_sign_in_first(client, path):
    response = client.get(path)

    assert response.url.startswith("/inloggen/")
    assert parse_qs(urlsplit(response.url).query) == {"next": [path]}


@pytest.mark.parametrize("page", ["", "intrekken/", "gegevens/", "nieuws/", "downloaden/", "bestand/1/"])
def test_the_file_of_another_is_not_found(client, anna, page):
    assert client.get(address(InitiativeFactory(published=True), page)).status_code == 404


def test_the_own_file_shows_status_timeline_and_the_promise(client, anna):
    initiative = own(anna)
    trail.record("initiatives.received", subject=initiative, visibility=Visibility.PUBLIC)
    trail.record("initiatives.assigned", subject=initiative, text="Intern geheim")

    page = client.get(address(initiative)).content.decode()

    assert "Ontvangen" in page
    assert "Idee ontvangen" in page
    assert "Wij reageren uiterlijk op deze dag" in page
    assert "Intern geheim" not in page


@pytest.mark.parametrize("status", [status for status in Status if status not in (Status.SPAM, Status.UNCONFIRMED)])
def test_the_own_file_opens_in_every_status(client, anna, status):
    initiative = own(anna, **{status.value: True})

    page = client.get(address(initiative))

    assert page.status_code == 200
    assert status.public_label in page.content.decode()


def test_an_answer_brings_the_case_back_to_the_coordinator_once(client, anna):
    initiative = own(anna, question=True)
    MessageFactory(initiative=initiative, question=True, text="Hoeveel ruimte?")

    before = client.get(address(initiative)).content.decode()
    for _click in range(2):
        client.post(address(initiative), {"text": "Tien meter.", "once": ONCE})

    initiative.refresh_from_db()
    assert "Deze vraag wacht op uw antwoord" in before
    assert "Antwoord versturen" in before
    assert initiative.status == Status.IN_REVIEW
    assert [message.text for message in initiative.messages.all()] == ["Hoeveel ruimte?", "Tien meter."]


def test_a_message_with_a_file_reaches_the_coordinator(client, anna):
    initiative = own(anna, in_review=True)

    client.post(address(initiative), {"text": "Zie de tekening.", "files": pdf_of(blank_pdf()), "once": ONCE})

    attachment = initiative.attachments.get()
    assert initiative.messages.get().text == "Zie de tekening."
    assert [message.recipient_email for message in OutboxMessage.objects.all()] == [initiative.owner.email]
    with closing(client.get(address(initiative, f"bestand/{attachment.pk}/"))) as file:
        assert file.status_code == 200


def test_an_empty_message_is_asked_for(client, anna):
    response = client.post(address(own(anna)), {"once": ONCE})

    assert response.context["form"].errors["text"] == ["Schrijf eerst uw bericht"]


def test_withdrawing_asks_once_more_and_tells_the_coordinator(client, anna):
    initiative = own(anna, accepted=True, published=True)

    question = client.get(address(initiative, "intrekken/")).content.decode()
    response = client.post(address(initiative, "intrekken/"), {"reason": "Verhuisd", "version": initiative.version})

    initiative.refresh_from_db()
    assert "U kunt dit niet terugdraaien" in question
    assert response.url == address(initiative)
    assert initiative.status == Status.WITHDRAWN


def test_withdrawing_a_second_time_says_that_it_was_done_already(client, anna):
    initiative = own(anna)
    answer = {"reason": "", "version": initiative.version}
    client.post(address(initiative, "intrekken/"), answer)
    told = OutboxMessage.objects.count()

    page = client.post(address(initiative, "intrekken/"), answer, follow=True).content.decode()

    assert "Uw idee was al ingetrokken. U hoeft niets meer te doen." in page
    assert OutboxMessage.objects.count() == told


def test_a_case_that_changed_meanwhile_is_not_withdrawn(client, anna):
    initiative = own(anna)
    workflow.take_up(initiative, by=CoordinatorFactory(wijk=initiative.wijk), version=initiative.version)

    client.post(address(initiative, "intrekken/"), {"version": initiative.version})

    initiative.refresh_from_db()
    assert initiative.status == Status.IN_REVIEW


def test_a_closed_case_cannot_be_withdrawn(client, anna):
    response = client.get(address(own(anna, declined=True), "intrekken/"))

    assert response.status_code == 409
    assert "Dit idee is al afgesloten" in response.content.decode()


def test_contact_data_change_and_the_trail_does_not_hold_them(client, anna):
    initiative = own(anna)

    client.post(address(initiative, "gegevens/"), {"name": "Anna de Boer", "email": anna.email, "phone": "0612345678"})

    initiative.refresh_from_db()
    assert (initiative.name, initiative.phone, initiative.shows_first_name) == ("Anna de Boer", "+31612345678", False)
    event = Event.objects.about(initiative).get(action="initiatives.contact_changed")
    assert event.new == {"fields": ["name", "phone"]}


def test_a_new_address_counts_after_its_link_was_used(client, anna):
    initiative = own(anna)

    client.post(address(initiative, "gegevens/"), {"name": "Anna", "email": "nieuw@voorbeeld.example", "phone": ""})
    initiative.refresh_from_db()
    email_before = initiative.email
    link = re.search(r"/initiatieven/nieuw-adres/[^/\s]+/", OutboxMessage.objects.latest("pk").text)[0]
    opened = client.get(link).content.decode()
    client.post(link)
    again = client.post(link).content.decode()

    initiative.refresh_from_db()
    assert email_before == anna.email
    assert "Bevestig mijn nieuwe e-mailadres" in opened
    assert (initiative.email, initiative.initiator.email) == ("nieuw@voorbeeld.example", "nieuw@voorbeeld.example")
    assert "Uw nieuwe e-mailadres is bevestigd" in again


def test_news_with_a_photo_goes_to_the_public_page(client, anna):
    initiative = own(anna, in_progress=True, published=True)

    for _click in range(2):
        client.post(
            address(initiative, "nieuws/"),
            {"text": "De bonen staan erin.", "photo_1": photo(), "alt_1": "Rijen bonen", "once": ONCE},
        )

    update = Update.objects.get()
    assert update.text == "De bonen staan erin."
    assert [(image.alt_text, image.is_public) for image in update.photos.all()] == [("Rijen bonen", True)]


def test_a_photo_needs_words_and_stays_while_they_are_written(client, anna):
    initiative = own(anna, in_progress=True, published=True)

    response = client.post(address(initiative, "nieuws/"), {"text": "Kijk!", "photo_2": photo(), "once": ONCE})

    assert response.context["form"].errors["alt_2"] == [
        "Vertel wat er te zien is op foto 2, voor mensen die de foto niet kunnen zien"
    ]
    assert 'name="photo_2-kept"' in response.content.decode()
    assert Update.objects.count() == 0


def test_a_document_is_no_photo(client, anna):
    initiative = own(anna, in_progress=True, published=True)

    response = client.post(
        address(initiative, "nieuws/"), {"text": "Kijk!", "photo_1": pdf_of(blank_pdf()), "alt_1": "Plan", "once": ONCE}
    )

    assert response.context["form"].errors["photo_1"] == ["Kies een foto: JPG, PNG, HEIC of WEBP"]


def test_news_waits_until_the_plan_is_on_the_website(client, anna):
    assert client.get(address(own(anna), "nieuws/")).status_code == 409


def test_a_closed_plan_says_that_news_is_no_longer_possible(client, anna):
    page = client.get(address(own(anna, published=True, withdrawn=True), "nieuws/")).content.decode()

    assert "Uw idee is afgesloten. U kunt er geen nieuws meer bij plaatsen." in page
    assert 'href="/mijn/">Naar Mijn overzicht' in page


def test_only_neighbours_who_agreed_are_named(client, anna):
    initiative = own(anna, published=True, joiners_count=2)
    InvolvementFactory(initiative=initiative, name="Bas Open", shares_contact=True)
    InvolvementFactory(initiative=initiative, name="Cor Gesloten")

    page = client.get(address(initiative)).content.decode()

    assert "Bas Open" in page
    assert "Cor Gesloten" not in page
    assert "2 buren doen mee" in page


def test_the_download_holds_everything_of_the_resident(client, anna):
    initiative = own(anna, title="Moestuin", phone="+31612345678")
    MessageFactory(initiative=initiative, text="Mijn vraag")
    UpdateFactory(initiative=initiative, text="Het nieuws")
    AttachmentFactory(initiative=initiative)

    response = client.get(address(initiative, "downloaden/"))

    data = json.loads(response.content)
    assert response["Content-Disposition"] == f'attachment; filename="idee-{initiative.reference}.json"'
    assert data["answers"]["Uw idee"]["Hoe heet uw idee?"] == "Moestuin"
    assert data["answers"]["Over u"]["Uw telefoonnummer"] == "06 12345678"
    assert ([message["text"] for message in data["messages"]], data["news"][0]["text"]) == (
        ["Mijn vraag"],
        "Het nieuws",
    )


# Mijn overzicht


def test_the_overview_begins_with_what_waits(client, anna):
    initiative = own(anna, question=True, title="Bankje")
    MessageFactory(initiative=initiative, question=True)
    InitiativeFactory(unconfirmed=True, email=anna.email, title="Boom")
    DraftFactory(email=anna.email, answers={"title": "Straatfeest"})
    InitiativeFactory(title="Van een ander")

    response = client.get(OVERVIEW)

    page = response.content.decode()
    assert [item.title for item in response.context["waiting"]] == ["Boom", "Bankje"]
    assert "Concept “Straatfeest”" in page
    assert "Wij hebben een vraag. Wilt u antwoorden vóór of op" in page
    assert "Van een ander" not in page


def test_nobody_is_asked_to_answer_before_a_day_that_has_passed(client, anna):
    initiative = own(anna, question=True)
    MessageFactory(initiative=initiative, question=True, answer_by=timezone.localdate() - timedelta(days=1))

    for page in (OVERVIEW, address(initiative)):
        text = client.get(page).content.decode()
        assert "Wij wachten nog op uw antwoord." in text
        assert "Wilt u antwoorden vóór of op" not in text


def test_who_only_has_to_confirm_is_not_told_that_there_is_nothing(client, anna):
    InitiativeFactory(unconfirmed=True, email=anna.email, title="Boom")

    page = client.get(OVERVIEW).content.decode()

    assert "Uw idee staat hier zodra u het heeft bevestigd." in page
    assert "U heeft nog geen idee ingediend" not in page


def test_an_own_plan_belongs_to_the_overview_in_the_menu(client, anna):
    page = client.get(address(own(anna))).content.decode()

    assert 'href="/mijn/" aria-current="true"' in page
    assert 'href="/initiatieven/">' in page


def test_sending_a_message_leads_to_the_top_where_it_says_so(client, anna):
    initiative = own(anna)

    assert f'action="{address(initiative)}"' in client.get(address(initiative)).content.decode()


def test_who_signed_in_with_the_address_confirms_with_one_button(client, anna):
    initiative = InitiativeFactory(unconfirmed=True, email=anna.email)

    client.post(client.get(OVERVIEW).context["waiting"][0].url)

    initiative.refresh_from_db()
    assert (initiative.status, initiative.initiator) == (Status.RECEIVED, anna)


def test_the_overview_has_as_many_queries_for_three_plans_as_for_thirty(client, anna):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(OVERVIEW)
        return len(captured)

    for _number in range(3):
        own(anna, question=True)
    few = queries()
    for _number in range(10):
        MessageFactory(initiative=own(anna, question=True), question=True)
        InvolvementFactory(email=anna.email)
        DraftFactory(email=anna.email)

    assert queries() == few


def test_the_empty_overview_says_how_to_begin(client, anna):
    page = client.get(OVERVIEW).content.decode()

    assert "U heeft nog geen idee ingediend" in page
    assert "Log dan daarmee in" in page


def test_unwanted_messages_are_not_in_the_overview(client, anna):
    own(anna, spam=True, title="Verkoop")

    assert "Verkoop" not in client.get(OVERVIEW).content.decode()


def test_a_neighbour_finds_the_plans_of_others_back(client, anna):
    InvolvementFactory(email="Anna@voorbeeld.example", initiative__title="Boomplantdag")

    assert "Boomplantdag" in client.get(OVERVIEW).content.decode()


def test_the_links_in_letters_lead_to_pages_that_are_there(client, anna):
    initiative = own(anna)

    token = links.sign(letters.NEW_ADDRESS, initiative=initiative.pk, email="x@voorbeeld.example")

    assert client.get(reverse("initiatives:confirm_new_address", args=[token])).status_code == 200
    assert client.get(reverse("initiatives:mine", args=[initiative.reference])).status_code == 200
