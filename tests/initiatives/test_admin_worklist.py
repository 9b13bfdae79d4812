"""The work list, its filters and export, the start page, notes, contact moments and staff entry."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives.enums import Channel, Status
from initiatives.models import ContactMoment, Initiative, Note, StandardText, Theme
from initiatives.rules import private_details
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import AbsenceFactory, CoordinatorFactory, ManagerFactory
from tests.factories.initiatives import (
    InitiativeFactory,
    MessageFactory,
    NoteFactory,
    StandardTextFactory,
    ThemeFactory,
)
from tests.factories.notifications import OutboxMessageFactory
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


def shown(client, query: str = "") -> list[Initiative]:
    return list(client.get(reverse(LIST) + query).context_data["cl"].result_list)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def file_of(case: Initiative, query: str = "") -> str:
    return reverse("admin:initiatives_initiative_change", args=[case.pk]) + query


# --- The list ----------------------------------------------------------------------------------------------------


def test_the_list_holds_the_cases_of_own_wijken_and_those_that_were_assigned(client, wijk, coordinator):
    own = InitiativeFactory(wijk=wijk)
    assigned = InitiativeFactory(owner=coordinator)
    InitiativeFactory()

    assert set(shown(client)) == {own, assigned}


def test_the_manager_sees_every_case(client):
    sign_in(client, ManagerFactory())
    cases = InitiativeFactory.create_batch(2)

    assert set(shown(client)) == set(cases)


def test_what_is_late_comes_first(client, wijk, coordinator):
    calm = InitiativeFactory(wijk=wijk, respond_by=in_days(3))
    answered = InitiativeFactory(wijk=wijk, in_review=True, respond_by=in_days(-9))
    late = InitiativeFactory(wijk=wijk, respond_by=in_days(-3))
    urgent = InitiativeFactory(wijk=wijk, respond_by=in_days(0))

    assert shown(client) == [late, urgent, calm, answered]
    page = client.get(reverse(LIST)).content.decode()
    for words in ("3 dagen te laat", "vandaag", "nog 3 dagen", "beantwoord"):
        assert words in page


def test_each_filter_leaves_what_it_says(client, wijk, coordinator):
    other_wijk = CoordinatorFactory(wijk=WijkFactory()).assignments[0].wijk
    AbsenceFactory(user=CoordinatorFactory(wijk=other_wijk), deputy=coordinator)
    mine = InitiativeFactory(wijk=wijk, owner=coordinator, status=Status.IN_REVIEW, respond_by=in_days(0))
    late = InitiativeFactory(wijk=wijk, respond_by=in_days(-3), channel=Channel.PHONE)
    theirs = InitiativeFactory(wijk=other_wijk, accepted=True, published=True, theme=ThemeFactory(slug="spelen"))
    closed = InitiativeFactory(wijk=wijk, declined=True, unread_since=timezone.now())

    expected = {
        "?behandelaar=ik": {mine},
        "?behandelaar=niemand": {late},
        "?behandelaar=collega": {theirs, closed},
        "?termijn=te-laat": {late},
        "?termijn=vandaag": {mine},
        "?termijn=week": {mine},
        "?bericht=ongelezen": {closed},
        "?status=open": {mine, late, theirs},
        "?status=declined": {closed},
        f"?wijk={other_wijk.code}": {theirs},
        "?thema=spelen": {theirs},
        "?kanaal=phone": {late},
        "?website=ja": {theirs},
        "?website=nee": {mine, late, closed},
        "?status=onzin": set(),
        "?termijn=ooit": set(),
        "?behandelaar=ik&status=open": {mine},
    }
    assert {query: set(shown(client, query)) for query in expected} == expected


def test_the_filters_tell_how_many_they_would_leave(client, wijk, coordinator):
    InitiativeFactory.create_batch(2, wijk=wijk)
    InitiativeFactory(wijk=wijk, declined=True)

    page = client.get(reverse(LIST)).content.decode()

    assert "Nieuw (2)" in page
    assert "Afgewezen (1)" in page
    assert "Alles wat nog loopt (2)" in page


@pytest.mark.parametrize(
    "words", ["2020-77777", "vijver", "EENDEN", "de groot", "groot@", '"de groot"', "vijver groot"]
)
def test_searching_finds_the_number_the_words_and_the_person(client, wijk, coordinator, words):
    wanted = InitiativeFactory(
        wijk=wijk,
        reference="2020-77777",
        title="Een vijver",
        benefit="Voor de eenden.",
        name="Piet de Groot",
        email="groot@voorbeeld.example",
    )
    InitiativeFactory(wijk=wijk)

    assert shown(client, f"?q={words}") == [wanted]


def test_unbalanced_quotes_do_not_break_the_search(client, wijk, coordinator):
    assert shown(client, '?q="tuin') == []


def test_several_cases_go_to_a_colleague_at_once(client, wijk, coordinator):
    cases = InitiativeFactory.create_batch(2, wijk=wijk)
    changed = InitiativeFactory(wijk=wijk, version=7)
    colleague = CoordinatorFactory(wijk=wijk)
    url = reverse(LIST) + "?status=received"
    selection = {"action": "assign_selected", "_selected_action": [case.pk for case in [*cases, changed]]}

    page = client.post(url, selection).content.decode()
    assert "U wijst 3 dossiers toe" in page

    versions = {f"version_{case.pk}": case.version for case in cases} | {f"version_{changed.pk}": 6}
    response = client.post(url, selection | versions | {"apply": "1", "to": colleague.pk})

    assert response.url == url
    page = client.get(response.url).content.decode()
    assert f"2 dossiers zijn nu van {colleague.name}." in page
    assert f"{changed.reference}: Iemand anders heeft dit intussen gewijzigd" in page
    assert set(Initiative.objects.filter(owner=colleague)) == set(cases)
    assert OutboxMessage.objects.filter(recipient_email=colleague.email).count() == 2


def test_nobody_assigns_cases_of_another_wijk(client, coordinator):
    case = InitiativeFactory()
    selection = {"action": "assign_selected", "_selected_action": [case.pk], "apply": "1", "to": coordinator.pk}

    client.post(reverse(LIST), selection)

    case.refresh_from_db()
    assert case.owner is None


def test_the_list_is_exported_as_it_is_on_the_screen(client, wijk, coordinator):
    wanted = InitiativeFactory(wijk=wijk, title="=Vijver", name="Piet de Groot")
    InitiativeFactory(wijk=wijk, declined=True)
    InitiativeFactory(title="Elders")

    page = client.get(reverse(LIST) + "?status=received&q=vijver").content.decode()
    url = reverse("reports:export", args=["werkvoorraad"]) + "?status=received&q=vijver"
    assert url.replace("&", "&amp;") in page
    response = client.post(url, {"format": "csv"})

    rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert (wanted.reference in rows[1], "'=Vijver" in rows[1], "Piet de Groot" in rows[1]) == (True, True, True)
    [event] = Event.objects.filter(action="audit.exported")
    assert event.new["filters"]["status"] == "received"
    assert "vijver" not in str(event.new)


def test_next_and_previous_follow_the_filtered_list(client, wijk, coordinator):
    first, second, third = (InitiativeFactory(wijk=wijk, respond_by=in_days(days)) for days in (1, 2, 3))
    InitiativeFactory(wijk=wijk, declined=True)

    context = client.get(file_of(second, "?_changelist_filters=status%3Dreceived")).context_data

    assert context["previous_url"].startswith(file_of(first))
    assert context["next_url"].startswith(file_of(third))
    assert (context["place"]["place"], context["place"]["total"]) == (2, 3)


# --- Vandaag -----------------------------------------------------------------------------------------------------


def parts(client) -> dict[str, list[Initiative]]:
    context = client.get(reverse("admin:index")).context_data
    return {part.name: [row.case for row in part.rows] for part in context["parts"]}


def test_the_start_page_puts_each_case_where_it_waits(client, wijk, coordinator):
    new = InitiativeFactory(wijk=wijk, respond_by=in_days(1))
    late = InitiativeFactory(wijk=wijk, respond_by=in_days(-2))
    screening = InitiativeFactory(wijk=wijk, screening=True)
    unconfirmed = InitiativeFactory(wijk=wijk, unconfirmed=True)
    question = InitiativeFactory(wijk=wijk, question=True, owner=coordinator)
    unread = InitiativeFactory(wijk=wijk, accepted=True, owner=coordinator, unread_since=timezone.now())
    InitiativeFactory(wijk=wijk, in_review=True)
    InitiativeFactory()

    assert parts(client) == {
        "wacht-op-mij": [late, new],
        "ongelezen": [unread],
        "eerst-bekijken": [screening],
        "wacht-op-anderen": [question],
        "niet-bevestigd": [unconfirmed],
    }
    page = client.get(reverse("admin:index")).content.decode()
    for words in ("2 dagen te laat", "nog 1 dag", "Oppakken", "Telefonisch bevestigen", "Antwoorden", "Beheren"):
        assert words in page


def test_who_replaces_a_colleague_can_take_over_in_place(client, wijk, coordinator):
    away = AbsenceFactory(user=CoordinatorFactory(wijk=wijk, name="Els Bakker"), deputy=coordinator).user
    case = InitiativeFactory(wijk=wijk, status=Status.IN_REVIEW, owner=away)

    page = client.get(reverse("admin:index"))
    [row] = page.context_data["parts"][0].rows
    action = row.actions[0]
    client.post(
        action.url,
        {"version": action.version, "to": action.to, "seen": page.context_data["no_letters"], "_send": "1"},
    )

    assert (row.away, action.label) == ("Els Bakker", "Neem over")
    case.refresh_from_db()
    assert case.owner == coordinator


def test_messages_that_did_not_leave_are_on_the_start_page_of_who_can_help(client, wijk, coordinator):
    case = InitiativeFactory(wijk=wijk)
    about = {"about_type": "initiatives.initiative", "failed": True}
    OutboxMessageFactory(subject="Ons antwoord", about_id=str(case.pk), **about)
    OutboxMessageFactory(subject="Van een ander", about_id=str(InitiativeFactory().pk), **about)

    page = client.get(reverse("admin:index")).content.decode()

    assert "Ons antwoord" in page
    assert "Dit e-mailadres bestaat niet" in page
    assert "Van een ander" not in page


def test_the_manager_starts_with_everything(client):
    sign_in(client, ManagerFactory())
    case = InitiativeFactory(in_review=True)

    assert parts(client)["wacht-op-mij"] == [case]


def test_nothing_to_do_says_so(client, coordinator):
    assert "U bent bij" in client.get(reverse("admin:index")).content.decode()


# --- Notes and contact moments -----------------------------------------------------------------------------------


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


# --- Staff entry -------------------------------------------------------------------------------------------------


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


# --- Themes, standard texts, private details ---------------------------------------------------------------------


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
    url = reverse("admin:initiatives_theme_add")
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
