"""A complaint about how we dealt with somebody: received, handled by who was not involved, answered in time (Awb 9)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms import awb
from shared.terms.calendar import today
from subsidies import own_data, tasks
from subsidies.enums import ComplaintOutcome, MessageKind
from subsidies.letters.applicant import case_token
from subsidies.models import Application, Complaint, LetterText
from subsidies.workflow import complaint, complaint_later, messages
from subsidies.workflow.after import closing
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.subsidies import ApplicationFactory, DecisionFactory
from tests.sign_in import sign_in
from tests.subsidies.test_admin_objection import send
from wbw_portal import today_ahead

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to("2026-09-07 10:00:00+02:00", tick=False)


@pytest.fixture
def manager():
    return ManagerFactory()


def complain(case: Application | None = None) -> Complaint:
    case = case or ApplicationFactory(owned=True)
    messages.receive_message(case, kind=MessageKind.COMPLAINT, text="Niemand belde terug.", by=case.applicant)
    return Complaint.objects.get(application=case)


def answer(found: Complaint, by, **changes) -> Complaint:
    values = {"outcome": ComplaintOutcome.FOUNDED, "text": "Wij hadden moeten bellen.", "heard_on": today()}
    return complaint.answer(found, by=by, **values | changes)


def test_it_is_sent_from_the_page_of_the_case_with_a_receipt_and_a_day(client, manager):
    case = ApplicationFactory(owned=True)
    address = reverse("subsidies:case_message_by_link", args=[case_token(case), "klacht"])
    once = client.get(address).context["form"]["once"].value()

    client.post(address, {"text": "Niemand belde terug.", "once": once})

    found = Complaint.objects.get()
    texts = [each.text for each in OutboxMessage.objects.filter(recipient_email=case.email).order_by("pk")]
    assert "Niemand belde terug." in texts[0]
    assert "uiterlijk maandag 19 oktober 2026" in texts[1]
    assert "Maak dan bezwaar" in texts[1]
    assert OutboxMessage.objects.filter(recipient_email=manager.email, subject__startswith="Nieuwe klacht").exists()
    page = client.get(reverse("subsidies:case_by_link", args=[case_token(case)])).text
    assert "U krijgt uiterlijk maandag 19 oktober 2026 ons antwoord op uw klacht." in page
    assert "6 weken vanaf 7 september" in page
    assert found.due_on == date(2026, 10, 19)


@pytest.mark.parametrize(
    ("received", "advised", "extended", "due"),
    [
        (date(2026, 9, 7), False, None, date(2026, 10, 19)),
        (date(2026, 9, 7), False, date(2026, 10, 1), date(2026, 11, 16)),
        # Six weeks later is Second Christmas Day: the Act moves it to Monday.
        (date(2026, 11, 14), False, None, date(2026, 12, 28)),
        (date(2026, 9, 7), True, None, date(2026, 11, 16)),
        (date(2026, 9, 7), True, date(2026, 11, 2), date(2026, 12, 14)),
    ],
)
def test_six_weeks_or_ten_with_advice_and_once_four_more(received, advised, extended, due):
    assert awb.complaint_due(received, advised=advised, extended_on=extended).due_legal == due


def test_who_was_involved_does_not_handle_it(manager):
    case = ApplicationFactory(owned=True)
    decision = DecisionFactory(application=case)
    found, stranger = complain(case), CoordinatorFactory()

    for involved in (case.owner, decision.decided_by):
        with pytest.raises(WorkflowError, match="betrokken"):
            complaint.take_up(found, handler=involved, by=manager)
        with pytest.raises(WorkflowError, match="betrokken"):
            complaint.take_up(found, handler=stranger, by=involved)
    complaint.take_up(found, handler=stranger, by=manager)

    assert complaint.handlers(found) == [manager, stranger]
    assert case in Application.objects.reviewable_by(stranger)
    told = OutboxMessage.objects.get(key__contains="complaint_taken_up")
    assert f"{stranger.name} behandelt uw klacht" in told.subject


def test_it_is_postponed_once_and_in_time(manager, time_machine):
    found = complain()

    complaint.extend(found, reason="Wij spreken nog iemand.", by=manager)

    found.refresh_from_db()
    assert found.due_on == date(2026, 11, 16)
    assert "Wij spreken nog iemand." in OutboxMessage.objects.get(key__contains="complaint_extended").text
    with pytest.raises(WorkflowError, match="al een keer"):
        complaint.extend(found, reason="Nog langer.", by=manager)


def test_an_adviser_makes_the_term_ten_weeks_and_the_complainant_hears_so(manager):
    found = complain()

    complaint.take_up(found, handler=manager, adviser="De klachtencommissie", by=manager)

    found.refresh_from_db()
    assert found.due_on == date(2026, 11, 16)
    letter = OutboxMessage.objects.get(key__contains="complaint_taken_up").text
    assert "De klachtencommissie onderzoekt uw klacht" in letter
    assert "tien weken" in letter
    assert "10 weken vanaf 7 september" in letter


def test_nobody_starts_to_advise_after_the_six_weeks(manager, time_machine):
    found = complain()
    complaint.take_up(found, handler=manager, by=manager)
    time_machine.move_to("2026-10-20 10:00:00+02:00", tick=False)

    with pytest.raises(WorkflowError, match="op tijd weten"):
        complaint.take_up(found, handler=manager, adviser="De klachtencommissie", by=manager)


def test_the_advice_comes_first_and_goes_with_the_answer_that_says_why_it_is_another(manager):
    found = complain()
    complaint.take_up(found, handler=manager, adviser="De klachtencommissie", by=manager)
    with pytest.raises(WorkflowError, match="Wacht op het advies"):
        answer(found, manager)
    given = {"advised": ComplaintOutcome.UNFOUNDED, "advice": "Er is wel gebeld.", "on": today(), "by": manager}

    complaint.take_in_advice(found, **given)
    assert "Er is wel gebeld." not in str(own_data.copy_of(found.application))

    with pytest.raises(WorkflowError, match="anders dan het advies"):
        answer(found, manager)
    answer(found, manager, deviates_because="Het belletje kwam te laat.")
    copied = own_data.copy_of(found.application)["complaints"][0]
    assert (copied["advice"], copied["deviates_because"]) == ("Er is wel gebeld.", "Het belletje kwam te laat.")
    letter = OutboxMessage.objects.get(key__contains="complaint_answered").text
    for words in ("gaf ons op maandag 7 september 2026 advies: niet terecht", "Er is wel gebeld.", "te laat."):
        assert words in letter


def test_still_later_only_after_the_extension_and_with_consent_in_writing(manager):
    found = complain()
    later = {"until": date(2026, 12, 1), "reason": "De getuige is op reis.", "consent_on": today(), "by": manager}
    with pytest.raises(WorkflowError, match="Verdaag eerst"):
        complaint_later.postpone(found, consent="Per e-mail.", **later)
    complaint.extend(found, reason="Wij spreken nog iemand.", by=manager)
    with pytest.raises(WorkflowError, match="schriftelijk instemde"):
        complaint_later.postpone(found, consent=" ", **later)
    with pytest.raises(WorkflowError, match="werkdag"):
        complaint_later.postpone(found, consent="Per e-mail.", **later | {"until": date(2026, 11, 29)})

    complaint_later.postpone(found, consent="Per e-mail.", **later)

    found.refresh_from_db()
    assert found.due_on == date(2026, 12, 1)
    letter = OutboxMessage.objects.get(key__contains="complaint_postponed").text
    assert "uiterlijk dinsdag 1 december 2026" in letter
    assert "U stemde daar op maandag 7 september 2026 schriftelijk mee in" in letter


def test_the_municipality_s_own_words_stand_in_its_letters(manager):
    LetterText.objects.create(letter="complaint_answered.opening", body="Dank u, {naam}. Bel {behandelaar}.")
    found = complain()

    answer(found, manager)

    # Not who handles the application: the complaint can be about that person.
    words = f"Dank u, {found.application.name}. Bel {manager.name}."
    assert words in OutboxMessage.objects.get(key__contains="complaint_answered").text


def test_who_is_told_late_who_handles_it_is_promised_no_day_that_has_passed(manager, time_machine):
    found = complain()
    time_machine.move_to("2026-10-20 10:00:00+02:00", tick=False)

    complaint.take_up(found, handler=manager, by=manager)

    letter = OutboxMessage.objects.get(key__contains="complaint_taken_up").text
    assert ("Wij zijn te laat." in letter, "U krijgt uiterlijk" in letter) == (True, False)


def test_after_the_term_it_cannot_be_postponed(manager, time_machine):
    found = complain()
    time_machine.move_to("2026-10-20 10:00:00+02:00", tick=False)

    with pytest.raises(WorkflowError, match="vóór het einde"):
        complaint.extend(found, reason="Te laat.", by=manager)


def test_the_answer_says_what_we_found_and_where_to_go_then(manager):
    found = complain()

    answer(found, manager)

    found.refresh_from_db()
    letter = OutboxMessage.objects.get(key__contains="complaint_answered").text
    assert "Uw klacht is terecht" in letter
    assert "Wij hadden moeten bellen." in letter
    assert "Nationale ombudsman" in letter
    assert "Wij spraken daarover met u op maandag 7 september 2026" in letter
    assert found.message.answered_at
    assert Application.objects.get(pk=found.application_id).unread_since is None
    assert own_data.copy_of(found.application)["complaints"][0]["answer"] == "Wij hadden moeten bellen."
    with pytest.raises(WorkflowError, match="al afgehandeld"):
        answer(found, manager)


def test_the_answer_stands_on_the_page_of_the_case(client, manager):
    found = complain()
    answer(found, manager)

    page = client.get(reverse("subsidies:case_by_link", args=[case_token(found.application)])).text

    assert "antwoord op uw klacht" in page
    assert "Wij hadden moeten bellen." in page
    assert manager.name in page


def test_who_agrees_with_us_needs_no_ombudsman(manager):
    complaint.take_up(found := complain(), handler=manager, by=manager)
    answer(found, manager, outcome=ComplaintOutcome.SETTLED, heard_on=None)

    letter = OutboxMessage.objects.get(key__contains="complaint_answered").text
    assert "eens geworden" in letter
    assert "ombudsman" not in letter
    assert f"Met vriendelijke groet,\n\n{manager.name}, Gemeente" in letter


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"heard_on": None}, "Spreek de indiener eerst"),
        ({"text": " "}, "Schrijf wat u vond"),
        ({"heard_on": MONDAY - timedelta(days=1)}, "tussen de ontvangst"),
    ],
)
def test_an_answer_needs_a_hearing_and_words(manager, changes, words):
    with pytest.raises(WorkflowError, match=words):
        answer(complain(), manager, **changes)


def test_not_taking_it_up_is_told_within_four_weeks(manager, time_machine):
    found = complain()
    time_machine.move_to("2026-10-06 10:00:00+02:00", tick=False)

    with pytest.raises(WorkflowError, match="vier weken"):
        answer(found, manager, outcome=ComplaintOutcome.NOT_TAKEN_UP)


def test_only_who_handles_it_or_a_manager_answers(manager):
    found = complain()
    complaint.take_up(found, handler=CoordinatorFactory(), by=manager)

    with pytest.raises(WorkflowError, match="behandelt deze klacht niet"):
        answer(found, CoordinatorFactory())


def test_staff_hear_once_that_the_day_is_near_and_once_that_it_passed(manager):
    found = complain()
    OutboxMessage.objects.all().delete()
    told = {}
    for number in range(50):
        before = OutboxMessage.objects.count()
        for _twice in range(2):
            complaint.warn(found, MONDAY + timedelta(days=number))
        if sent := OutboxMessage.objects.count() - before:
            told[number] = sent

    # Six weeks are 42 days; two weeks before that, and the day after.
    assert told == {28: 1, 43: 1}


def test_the_clock_finds_it_and_the_start_page_and_the_work_list_show_it(client, manager, time_machine):
    found = complain()
    time_machine.move_to("2026-10-06 10:00:00+02:00", tick=False)

    sign_in(client, manager)
    tasks.watch_objections()

    assert OutboxMessage.objects.filter(key__contains="complaint_near", recipient_email=manager.email).exists()
    assert any("Klacht bij" in each.text for each in today_ahead.coming(manager))
    listed = client.get(reverse("admin:subsidies_complaint_changelist")).text
    assert found.application.reference in listed
    assert listed.index("Antwoord uiterlijk") < listed.index(">Ontvangen<")
    file = client.get(reverse("admin:subsidies_application_change", args=[found.application_id])).text
    assert "Klacht: beantwoorden" in file
    assert file.count("Niemand belde terug.") == 1
    assert "De tekst staat bij de klacht" in file


def test_the_step_in_the_admin_answers(client, manager):
    found = complain()
    sign_in(client, manager)
    given = {
        "outcome": "unfounded",
        "text": "Wij belden drie keer.",
        "not_heard_because": "U wilde niet praten.",
    }

    send(client, found.application, "klacht-beantwoorden", **given)

    found.refresh_from_db()
    assert (found.outcome, found.not_heard_because) == ("unfounded", "U wilde niet praten.")


def test_the_steps_around_advice_and_consent_are_in_the_admin(client, manager):
    found, day = complain(), {"0": "7", "1": "9", "2": "2026"}
    on = {f"on_{part}": value for part, value in day.items()}
    agreed = {f"consent_on_{part}": value for part, value in day.items()}
    until = {"until_0": "1", "until_1": "2", "until_2": "2027"}
    sign_in(client, manager)

    send(client, found.application, "klacht-toewijzen", handler=manager.pk, adviser="De klachtencommissie")
    send(client, found.application, "klacht-advies", advised="founded", advice="Bel terug.", **on)
    send(client, found.application, "klacht-verdagen", reason="Nog een gesprek.")
    later = {"consent": "Per e-mail.", "reason": "De getuige is op reis."}
    page = send(client, found.application, "klacht-verder-uitstel", **later, **agreed, **until)

    assert "Verder uitstel tot en met maandag 1 februari 2027" in page
    assert "Advies van maandag 7 september 2026: terecht" in page
    send(
        client,
        found.application,
        "klacht-beantwoorden",
        outcome="founded",
        text="Het spijt ons.",
        **{f"heard_on_{part}": value for part, value in day.items()},
    )
    found.refresh_from_db()
    assert found.outcome == "founded"


def test_each_year_is_published_without_persons_and_without_small_numbers(client, manager):
    for outcome in [*["founded"] * 6, "partly"]:
        answer(complain(), manager, outcome=ComplaintOutcome(outcome))
    Complaint.objects.filter(outcome="partly").update(received_on=date(2025, 3, 3))
    for _open in range(2):
        Complaint.objects.filter(pk=complain().pk).update(received_on=date(2024, 3, 3))
    Complaint.objects.filter(pk__in=[answer(complain(), manager).pk for _each in range(6)]).update(
        received_on=date(2024, 3, 3)
    )
    sign_in(client, manager)

    page = client.get(reverse("complaint_reports"))
    file = client.post(reverse("complaint_tables", args=["csv"]))

    outcomes, speed = page.context["tables"]
    assert [[str(cell) for cell in row] for row in outcomes.rows] == [
        ["2026", "6", "6", "0", "0", "0", "0", "0"],
        ["2025", "niet getoond", "0", "niet getoond", "0", "0", "0", "0"],
        ["2024", "8", "niet getoond", "0", "0", "0", "0", "niet getoond"],
    ]
    # Six of eight would tell that two are open.
    assert str(speed.rows[2][1]) == "niet getoond"
    assert "portal-table__hidden" in page.text
    assert speed.rows[0] == ("2026", 6, 6, 0, 0, 0)
    assert "Klachten per jaar;2026;Terecht;6" in file.text
    assert "Niemand belde terug" not in file.text


def test_a_case_with_an_open_complaint_is_not_closed(manager):
    case = ApplicationFactory(owned=True, status="withdrawn")
    found = complain(case)
    Application.objects.filter(pk=case.pk).update(unread_since=None)
    case.refresh_from_db()
    assert not closing.is_done(case, today())

    answer(found, manager)

    case.refresh_from_db()
    assert closing.is_done(case, today())
