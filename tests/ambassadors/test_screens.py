"""The pages of ambassadors in the admin: who sees what, the own page, the board, departments and contacts."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ambassadors.models import AdviceRequest, ContactNote, ThemeDuty
from ambassadors.workflow import contact
from initiatives.models import Initiative
from shared.accounts.models import RoleAssignment
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from tests.factories.accounts import (
    AbsenceFactory,
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    DepartmentFactory,
    FinanceFactory,
    ManagerFactory,
    PartnerFactory,
    UserFactory,
)
from tests.factories.ambassadors import AdviceRequestFactory, ContactNoteFactory, ThemeDutyFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

BOARD, CONTACTS, LIST = (f"admin:ambassadors_{name}" for name in ("board", "contacts", "advicerequest_changelist"))

WAYS = ({}, {"answered": True}, {"unanswered": True})


def page_of(request: AdviceRequest) -> str:
    return reverse("admin:ambassadors_advicerequest_change", args=[request.pk])


def step_of(request: AdviceRequest, slug: str) -> str:
    return reverse("admin:ambassadors_advicerequest_step", args=[request.pk, slug])


def words(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def take(client, address: str, answers: dict[str, object]):
    """See the letter first, then do it, as a person does."""
    shown = client.post(address, answers | {"_preview": "1"}).content.decode()
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    return client.post(address, answers | {"_send": "1", "seen": seen}, follow=True)


@pytest.fixture
def request_():
    plan = InitiativeFactory(in_review=True, name="Anna Bewoner", phone="+31612345678", postal_address="Geheimstraat 1")
    return AdviceRequestFactory(subject=plan)


ROLES = {
    "own ambassador": lambda asked: asked.owner,
    "deputy": lambda asked: AbsenceFactory(user=asked.owner, deputy=AmbassadorFactory()).deputy,
    "other ambassador": lambda asked: AmbassadorFactory(),
    "former ambassador": lambda asked: AmbassadorFactory(department=asked.department, expired=True),
    "coordinator here": lambda asked: CoordinatorFactory(wijk=asked.wijk),
    "coordinator elsewhere": lambda asked: CoordinatorFactory(),
    "who asked": lambda asked: asked.asked_by,
    "manager": lambda asked: ManagerFactory(),
    "finance": lambda asked: FinanceFactory(),
    "council": lambda asked: CouncilStaffFactory(),
    "partner": lambda asked: PartnerFactory(),
    "resident": lambda asked: UserFactory(),
}
# page, answering, handing over, reminding, the board: as each role finds them.
MATRIX = [
    ("own ambassador", 200, True, True, False, 403),
    ("deputy", 200, True, True, False, 403),
    ("other ambassador", 404, False, False, False, 403),
    ("former ambassador", 302, False, False, False, 302),
    ("coordinator here", 200, False, True, True, 200),
    ("coordinator elsewhere", 404, False, False, False, 200),
    ("who asked", 200, False, True, True, 200),
    ("manager", 200, False, True, True, 200),
    ("finance", 403, False, False, False, 403),
    ("council", 302, False, False, False, 302),
    ("partner", 302, False, False, False, 302),
    ("resident", 302, False, False, False, 302),
]


@pytest.mark.parametrize(("role", "page", "answers", "hands_over", "reminds", "board"), MATRIX)
def test_each_role_reaches_what_is_theirs(client, request_, role, page, answers, hands_over, reminds, board):
    AdviceRequest.objects.update(asked_at="2026-01-05T08:00Z")
    sign_in(client, ROLES[role](request_))

    shown = client.get(page_of(request_))

    # Who has no work in the admin is sent away at its door.
    assert shown.status_code == page
    if shown.status_code == 200:
        for slug, may in (("antwoorden", answers), ("overdragen", hands_over), ("herinneren", reminds)):
            assert (client.get(step_of(request_, slug)).status_code == 200) == may, slug
        assert not any(secret in words(shown) for secret in ("Anna Bewoner", "Geheimstraat", "12345678"))
    assert client.get(reverse(BOARD)).status_code == board


@pytest.mark.parametrize("role", ["other ambassador", "coordinator elsewhere", "finance", "partner", "resident"])
def test_nobody_else_takes_a_step_by_guessing_its_address(client, request_, role):
    sign_in(client, ROLES[role](request_))
    answers = {
        "verdict": "no_objection",
        "note": "x",
        "reason": "x",
        "adviser": "e-mail",
        "name": "A",
        "email": "a@b.example",
    }

    for slug in ("antwoorden", "overdragen", "herinneren", "intrekken"):
        assert client.post(step_of(request_, slug), answers | {"_send": "1", "seen": "x"}).status_code in (
            302,
            403,
            404,
        )

    request_.refresh_from_db()
    assert (request_.status, request_.version) == ("asked", 1)
    assert not OutboxMessage.objects.exists()


def test_the_ambassador_answers_from_the_own_page_and_the_coordinator_reads_it_on_the_file(client, request_):
    sign_in(client, request_.owner)
    own = words(client.get(reverse("admin:index")))
    assert request_.title in own
    assert "Advies te geven" in own

    done = take(client, step_of(request_, "antwoorden"), {"verdict": "concern", "text": "Laat de brandweg vrij."})
    assert "Advies geven: gedaan." in words(done)

    plan = Initiative.objects.get(pk=request_.subject_id)
    sign_in(client, plan.owner)
    file = words(client.get(reverse("admin:initiatives_initiative_change", args=[plan.pk])))
    assert "Laat de brandweg vrij." in file
    assert "aandachtspunt" in file


def test_what_is_late_comes_first_in_the_list_and_what_is_answered_last(client):
    department = DepartmentFactory()
    waiting, answered, late = (AdviceRequestFactory(department=department, **way) for way in WAYS)
    sign_in(client, ManagerFactory())

    rows = client.get(reverse(LIST)).context["cl"].result_list

    assert list(rows) == [late, waiting, answered]


def test_the_coordinator_asks_whom_the_portal_proposes_from_the_file_of_a_plan(client):
    plan = InitiativeFactory(in_review=True)
    ambassador = AmbassadorFactory(name="Bas Verhulst")
    department = ambassador.role_assignments.get().department
    ThemeDutyFactory(theme=plan.theme, department=department)
    sign_in(client, plan.owner)
    address = reverse("admin:initiatives_initiative_step", args=[plan.pk, "advies-vragen"])
    assert "Bas Verhulst, gaat over Groen" in words(client.get(address))
    due = today() + timedelta(days=10)
    answers = {"adviser": department.pk, "question": "Kan dit?", "version": plan.version}
    answers |= {"due_on_0": due.day, "due_on_1": due.month, "due_on_2": due.year}

    done = take(client, address, answers)

    assert "wacht op antwoord" in words(done)
    assert AdviceRequest.objects.get().owner == ambassador


def test_somebody_else_is_asked_with_a_name_and_an_address(client):
    plan = InitiativeFactory(in_review=True)
    sign_in(client, plan.owner)
    address = reverse("admin:initiatives_initiative_step", args=[plan.pk, "advies-vragen"])

    page = words(client.post(address, {"adviser": "e-mail", "question": "Kan dit?", "_preview": "1"}))

    assert "Vul in wie u om advies vraagt" in page
    assert "Vul het e-mailadres van de adviseur in" in page


def test_a_request_is_handed_over_and_taken_back_on_screen(client, request_):
    other = AmbassadorFactory()
    department = other.role_assignments.get().department
    sign_in(client, request_.owner)
    answers = {"adviser": department.pk, "note": "Dit is voor Verkeer.", "version": request_.version}
    take(client, step_of(request_, "overdragen"), answers)
    request_.refresh_from_db()
    assert request_.owner == other

    sign_in(client, request_.asked_by)
    take(client, step_of(request_, "intrekken"), {"reason": "Al duidelijk.", "version": request_.version})

    request_.refresh_from_db()
    assert request_.status == "revoked"
    assert "Dit is voor Verkeer." in words(client.get(page_of(request_)))


def test_the_board_leads_to_appointing_and_vandaag_counts_who_is_missing(client):
    department = DepartmentFactory(name="Vergunningen")
    sign_in(client, CoordinatorFactory())
    assert "Afdelingen zonder ambassadeur (1)" in words(client.get(reverse("admin:index")))
    address = reverse("admin:ambassadors_department", args=[department.pk])
    assert f"{address}#benoemen" in client.get(reverse(BOARD)).content.decode()
    day = today()
    answers = {
        "email": "nieuw@gemeente.example",
        "name": "Nieuwe Collega",
        "once": "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
    }
    answers |= {"starts_on_0": day.day, "starts_on_1": day.month, "starts_on_2": day.year}

    for _click in range(2):
        done = client.post(address + "benoemen/", answers, follow=True)

    assert "De benoeming is bewaard" in words(done)
    assert RoleAssignment.objects.get(department=department).user.name == "Nieuwe Collega"
    assert OutboxMessage.objects.count() == 2
    assert "Afdelingen zonder ambassadeur" not in words(client.get(reverse("admin:index")))


def test_wrong_answers_about_a_department_are_explained_and_kept(client):
    department = AmbassadorFactory().role_assignments.get().department
    sign_in(client, CoordinatorFactory())
    address = reverse("admin:ambassadors_department", args=[department.pk])
    past = {"starts_on_0": 1, "starts_on_1": 1, "starts_on_2": 2020}

    page = words(client.post(address + "benoemen/", {"email": "nieuw@gemeente.example", **past}))

    assert "Vul de naam in: het portaal kent deze collega nog niet" in page
    assert "Kies vandaag of een dag daarna" in page
    assert 'value="nieuw@gemeente.example"' in page


def test_somebody_stops_and_themes_come_and_go_on_screen(client):
    assignment = AmbassadorFactory().role_assignments.get()
    theme = ThemeFactory(green=True)
    sign_in(client, CoordinatorFactory())
    address = reverse("admin:ambassadors_department", args=[assignment.department_id])
    day = today()
    last = {"last_day_0": day.day, "last_day_1": day.month, "last_day_2": day.year}

    client.post(address + "beeindigen/", {"role": assignment.pk, **last})
    client.post(address + "thema/", {"theme": theme.pk})
    client.post(address + "thema-eindigt/", {"duty": ThemeDuty.objects.get().pk})

    assignment.refresh_from_db()
    assert assignment.ends_on == day
    assert ThemeDuty.objects.get().ends_on is not None
    assert client.post(address + "onzin/").status_code == 404
    assert client.get(address + "thema/").status_code == 405


def test_contacts_are_shared_by_the_department_and_the_coordinator_and_ticked_off(client):
    ambassador = AmbassadorFactory()
    department = ambassador.role_assignments.get().department
    ContactNoteFactory(text="Van een andere afdeling", wijk=CoordinatorFactory().role_assignments.get().wijk)
    coordinator = CoordinatorFactory()
    wijk = coordinator.role_assignments.get().wijk
    sign_in(client, coordinator)
    day = today()
    answers = {"department": department.pk, "wijk": wijk.pk, "with_whom": "Bas", "text": "Over de planning."}
    answers |= {"held_on_0": day.day, "held_on_1": day.month, "held_on_2": day.year, "follow_up": "Lijst sturen"}
    client.post(reverse(CONTACTS), answers)

    sign_in(client, ambassador)
    page = words(client.get(reverse(CONTACTS)))
    assert "Over de planning." in page
    assert "Van een andere afdeling" not in page
    assert "Lijst sturen" in words(client.get(reverse("admin:index")))
    client.post(reverse("admin:ambassadors_contact_done", args=[ContactNote.objects.get(text="Over de planning.").pk]))

    assert ContactNote.objects.get(text="Over de planning.").done_by == ambassador
    assert "Alles wat is afgesproken, is gedaan." in words(client.get(reverse("admin:index")))


def test_appointments_with_the_coordinator_that_are_to_come_stand_on_the_own_page(client):
    department = DepartmentFactory()
    soon, past = today() + timedelta(days=3), today() - timedelta(days=3)
    ContactNoteFactory(department=department, planned=True, held_on=soon, text="De planning van de Kerkstraat.")
    ContactNoteFactory(department=department, planned=True, held_on=past, text="Van vorige week.")
    ContactNoteFactory(planned=True, held_on=soon, text="Van een andere afdeling.")
    sign_in(client, AmbassadorFactory(department=department))

    own = words(client.get(reverse("admin:index")))

    assert "De planning van de Kerkstraat." in own
    assert "Van vorige week." not in own
    assert "Van een andere afdeling." not in own


def test_an_appointment_is_told_to_the_other_side_with_a_date_for_the_calendar(client):
    department, wijk = DepartmentFactory(), WijkFactory()
    ambassador, coordinator = AmbassadorFactory(department=department), CoordinatorFactory(wijk=wijk)
    CoordinatorFactory()
    sign_in(client, ambassador)
    day = today() + timedelta(days=3)
    answers = {"department": department.pk, "wijk": wijk.pk, "with_whom": str(coordinator), "text": "De Kerkstraat."}
    answers |= {"held_on_0": day.day, "held_on_1": day.month, "held_on_2": day.year}

    client.post(reverse(CONTACTS), answers)

    letter = OutboxMessage.objects.get()
    assert (letter.recipient_email, "De Kerkstraat." in letter.text) == (coordinator.email, True)
    date = bytes(letter.attachments.get().content).decode()
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in date
    note = ContactNote.objects.get()
    sign_in(client, coordinator)
    file = client.get(reverse("admin:ambassadors_appointment", args=[note.pk]))
    assert f"contact-{note.pk}" in file.content.decode()
    sign_in(client, AmbassadorFactory())
    assert client.get(reverse("admin:ambassadors_appointment", args=[note.pk])).status_code == 404


def test_an_appointment_without_a_wijk_is_told_to_the_coordinators_that_it_names():
    department = DepartmentFactory()
    ambassador, named = AmbassadorFactory(department=department), CoordinatorFactory(name="Marleen Jansen")
    CoordinatorFactory(name="Karim Bouali")

    contact.note(
        department,
        held_on=today() + timedelta(days=3),
        with_whom="marleen jansen en Bouwzaken",
        text="De planning.",
        planned=True,
        by=ambassador,
    )

    assert [letter.recipient_email for letter in OutboxMessage.objects.all()] == [named.email]


def test_a_contact_of_another_department_does_not_exist_and_is_not_written(client):
    other = ContactNoteFactory(follow_up="Iets", wijk=CoordinatorFactory().role_assignments.get().wijk)
    sign_in(client, AmbassadorFactory())

    assert client.post(reverse("admin:ambassadors_contact_done", args=[other.pk])).status_code == 404
    day = today()
    answers = {"department": other.department_id, "with_whom": "Bas", "text": "Over de planning."}
    answers |= {"held_on_0": day.day, "held_on_1": day.month, "held_on_2": day.year}
    client.post(reverse(CONTACTS), answers)

    assert ContactNote.objects.count() == 1


def test_lists_ask_as_many_queries_for_many_rows_as_for_few(client, request_):
    coordinator = sign_in(client, request_.asked_by)

    def fill(number: int) -> None:
        for _number in range(number):
            AdviceRequestFactory(asked_by=coordinator, late=True)
            ContactNoteFactory(author=coordinator, follow_up="Iets doen")

    def queries() -> dict[str, int]:
        found = {}
        for name in (LIST, BOARD, CONTACTS, "admin:index"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(name)).status_code == 200
            found[name] = len(captured)
        return found

    fill(3)
    queries()
    few = queries()
    fill(7)
    assert queries() == few
