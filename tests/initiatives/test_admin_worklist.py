"""The work list, its filters and export, the start page, notes, contact moments and staff entry."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from initiatives import workflow
from initiatives.enums import Channel, Status
from initiatives.models import Initiative
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import AbsenceFactory, CoordinatorFactory, ManagerFactory
from tests.factories.initiatives import (
    InitiativeFactory,
    MessageFactory,
)
from tests.factories.notifications import OutboxMessageFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import WijkFactory
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


def waiting_for_an_answer(**traits) -> Initiative:
    case = InitiativeFactory(question=True, **traits)
    MessageFactory(initiative=case, question=True, sent_at=timezone.now() - timedelta(days=2))
    return case


def test_initiators_are_reminded_at_once_and_each_case_says_what_came_of_it(client, wijk, coordinator):
    unconfirmed = InitiativeFactory(unconfirmed=True, wijk=wijk, submitted_at=timezone.now() - timedelta(days=1))
    asked, changed = waiting_for_an_answer(wijk=wijk), waiting_for_an_answer(wijk=wijk)
    new, received = InitiativeFactory(unconfirmed=True, wijk=wijk), InitiativeFactory(wijk=wijk)
    cases = [unconfirmed, asked, changed, new, received]
    selection = {"action": "remind_selected", "_selected_action": [case.pk for case in cases]}

    page = client.post(reverse(LIST), selection).content.decode()
    assert "U herinnert 3 indieners." in page
    assert page.count("De indiener kreeg hierover vandaag al bericht") == 1
    assert "Er wacht niets op de indiener. De status is “Nieuw”." in page

    versions = {f"version_{case.pk}": case.version for case in cases} | {f"version_{changed.pk}": changed.version + 1}
    done = client.post(reverse(LIST), selection | versions | {"apply": "1"}, follow=True).content.decode()

    assert f"{changed.reference}: Iemand anders heeft dit intussen gewijzigd" in done
    assert f"{received.reference}: Er wacht niets op de indiener" in done
    assert "2 indieners zijn herinnerd: " in done
    letters = OutboxMessage.objects.filter(category="initiatives").values_list("recipient_email", flat=True)
    assert sorted(letters) == sorted([unconfirmed.email, asked.email])
    assert Event.objects.about(asked).get().action == "initiatives.question_reminded"
    assert Event.objects.about(asked).get().actor_label == coordinator.name


def test_reminding_twice_on_a_day_writes_once(client, wijk, coordinator):
    case = waiting_for_an_answer(wijk=wijk)
    selection = {"action": "remind_selected", "_selected_action": [case.pk], "apply": "1"}

    client.post(reverse(LIST), selection)
    page = client.post(reverse(LIST), selection, follow=True).content.decode()

    assert "De indiener kreeg hierover vandaag al bericht" in page
    assert OutboxMessage.objects.count() == 1


def test_the_clock_does_not_repeat_what_a_colleague_did(client, wijk, coordinator):
    case = waiting_for_an_answer(wijk=wijk)
    client.post(reverse(LIST), {"action": "remind_selected", "_selected_action": [case.pk], "apply": "1"})

    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert not workflow.remind_unanswered_questions(case)
        workflow.remind(case, by=coordinator)

    assert OutboxMessage.objects.count() == 2


def test_nobody_reminds_initiators_of_another_wijk(client, coordinator):
    case = waiting_for_an_answer()

    client.post(reverse(LIST), {"action": "remind_selected", "_selected_action": [case.pk], "apply": "1"})

    assert OutboxMessage.objects.count() == 0


def test_with_nobody_to_remind_there_is_no_button(client, wijk, coordinator):
    case = InitiativeFactory(wijk=wijk)

    page = client.post(reverse(LIST), {"action": "remind_selected", "_selected_action": [case.pk]}).content.decode()

    assert "Er is nu niemand om te herinneren." in page
    assert "Herinnering sturen" not in page


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


def parts(client) -> dict[str, list[Initiative]]:
    context = client.get(reverse("admin:index")).context_data
    rows = {part.name: [row.case for row in part.rows] for part in context["parts"]}
    return {name: cases for name, cases in rows.items() if not name.startswith("aanvragen")}


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
    assert "Er wacht geen idee op u" in client.get(reverse("admin:index")).content.decode()
