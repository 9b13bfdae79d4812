"""The review pages: who may open what, what stands on them, and equally many queries for long lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from initiatives.admin.steps import PAGES
from initiatives.models import Initiative
from initiatives.policies import why_not
from shared.audit.models import Event
from tests.factories import accounts as people
from tests.factories.initiatives import (
    AgreementFactory,
    AttachmentFactory,
    ContactMomentFactory,
    InitiativeFactory,
    InvolvementFactory,
    MessageFactory,
    NoteFactory,
    UpdateFactory,
)
from tests.factories.notifications import OutboxMessageFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

LIST = "admin:initiatives_initiative_changelist"
ALL_STATES = [
    "unconfirmed",
    "screening",
    "received",
    "in_review",
    "question",
    "accepted",
    "in_progress",
    "done",
    "passed_on",
    "declined",
    "withdrawn",
    "merged",
    "spam",
]


def file_of(case: Initiative) -> str:
    return reverse("admin:initiatives_initiative_change", args=[case.pk])


def step_of(case: Initiative, slug: str) -> str:
    return reverse("admin:initiatives_initiative_step", args=[case.pk, slug])


def pages_of(case: Initiative) -> list[str]:
    attachment = AttachmentFactory(initiative=case)
    return [
        file_of(case),
        reverse("admin:initiatives_initiative_note", args=[case.pk]),
        reverse("admin:initiatives_initiative_contact", args=[case.pk]),
        reverse("admin:initiatives_initiative_file", args=[case.pk, attachment.pk]),
        reverse("admin:initiatives_initiative_history", args=[case.pk]),
        *[step_of(case, page.slug) for page in PAGES.values()],
    ]


@pytest.fixture
def case():
    return InitiativeFactory()


@pytest.fixture
def coordinator(client, case):
    return sign_in(client, people.CoordinatorFactory(wijk=case.wijk))


@pytest.mark.parametrize(
    "factory",
    [
        people.UserFactory,
        people.PartnerFactory,
        people.CouncilStaffFactory,
        people.AmbassadorFactory,
        people.FinanceFactory,
    ],
)
def test_who_does_not_review_opens_none_of_the_pages(client, case, factory):
    sign_in(client, factory())

    for url in [*pages_of(case), reverse(LIST), reverse("admin:initiatives_initiative_entry")]:
        assert client.get(url, follow=True).status_code == 403, url
        assert client.post(url, follow=True).status_code == 403, url


def test_a_stranger_is_asked_to_sign_in(client, case):
    for url in pages_of(case):
        assert client.get(url).status_code == 302, url


def test_the_coordinator_of_another_wijk_finds_nothing(client, case):
    sign_in(client, people.CoordinatorFactory())

    for url in pages_of(case):
        assert client.get(url).status_code == 404, url
        assert client.post(url).status_code == 404, url


def test_a_coordinator_whose_role_ended_is_turned_away(client, case):
    sign_in(client, people.CoordinatorFactory(wijk=case.wijk, expired=True), second_factor=True)

    assert client.get(file_of(case), follow=True).status_code == 403


@pytest.mark.parametrize("who", ["coordinator", "deputy", "manager", "owner"])
def test_who_reviews_opens_the_file(client, case, who):
    coordinator = people.CoordinatorFactory(wijk=case.wijk)
    if who == "coordinator":
        user = coordinator
    elif who == "deputy":
        user = people.AbsenceFactory(user=coordinator).deputy
    elif who == "manager":
        user = people.ManagerFactory()
    else:
        user = people.CoordinatorFactory()
        Initiative.objects.filter(pk=case.pk).update(owner=user)
    sign_in(client, user)

    assert client.get(file_of(case)).status_code == 200


def test_without_a_second_factor_nothing_opens(client, case):
    sign_in(client, people.CoordinatorFactory(wijk=case.wijk), second_factor=False)

    assert client.get(file_of(case)).status_code == 302


def test_nothing_can_be_added_edited_or_deleted_by_hand(client, case, coordinator):
    for name in ("add", "delete"):
        args = [] if name == "add" else [case.pk]
        assert client.get(reverse(f"admin:initiatives_initiative_{name}", args=args)).status_code == 403
    assert client.post(file_of(case), {"status": "done"}).status_code == 405


@pytest.mark.parametrize("state", ALL_STATES)
def test_every_page_of_a_case_opens_in_every_state(client, state):
    case = InitiativeFactory(**{state: True})
    sign_in(client, people.CoordinatorFactory(wijk=case.wijk))

    assert client.get(file_of(case)).status_code == 200
    for step, page in PAGES.items():
        response = client.get(step_of(case, page.slug))
        assert response.status_code == (302 if why_not(case, step) else 200), step


def test_the_file_shows_everything_about_a_case(client, coordinator):
    case = InitiativeFactory(
        accepted=True, published=True, wijk=coordinator.assignments[0].wijk, amount=1250, phone="+31612345678"
    )
    AgreementFactory(initiative=case, who="Groenbeheer", what="brengt compost")
    NoteFactory(initiative=case, text="Bellen over de grond.")
    MessageFactory(initiative=case, text="Mag het ook in maart?")
    ContactMomentFactory(initiative=case, text="Samen gekeken.")
    UpdateFactory(initiative=case, text="De bonen staan.")
    InvolvementFactory(initiative=case, name="Bas Buurman")
    InitiativeFactory(published=True, title=case.title, public_title="Een tweede moestuin aan de Veersedijk")
    OutboxMessageFactory(about_type="initiatives.initiative", about_id=str(case.pk), subject="Wij helpen mee")

    page = client.get(file_of(case)).content.decode()

    for words in (
        case.what,
        case.reference,
        "06 12345678",
        "€\u00a01.250,00",
        "Groenbeheer",
        "Bellen over de grond.",
        "Mag het ook in maart?",
        "Samen gekeken.",
        "De bonen staan.",
        "Bas Buurman",
        "Een tweede moestuin aan de Veersedijk",
        "Wij helpen mee",
        "stappen kunnen nu niet",
        "Kan niet vanuit de status",
    ):
        assert words in page, words


def test_reading_the_personal_data_is_in_the_trail_once_a_day(client, case, coordinator):
    client.get(file_of(case))
    client.get(file_of(case))

    assert Event.objects.about(case).filter(action="audit.read", actor_id=coordinator.pk).count() == 1


def test_a_colleague_who_has_the_file_open_is_named(client, case, coordinator):
    colleague = people.CoordinatorFactory(wijk=case.wijk, name="Jan de Vries")
    client.get(file_of(case))

    sign_in(client, colleague)
    assert f"{coordinator.name} bekijkt dit nu ook" in client.get(file_of(case)).content.decode()
    assert "Jan de Vries bekijkt dit nu ook" not in client.get(file_of(case)).content.decode()


def test_a_file_is_handed_out_privately_and_only_with_its_own_case(client, case, coordinator):
    own, other = AttachmentFactory(initiative=case), AttachmentFactory()
    name = "admin:initiatives_initiative_file"

    response = client.get(reverse(name, args=[case.pk, own.pk]))
    assert (response.status_code, response.getvalue()[:2]) == (200, b"\xff\xd8")
    assert "no-store" in response["Cache-Control"]
    small = reverse("admin:initiatives_initiative_picture", args=[case.pk, own.pk, "klein"])
    picture = client.get(small)
    assert (picture["Content-Type"], picture.getvalue()[:4]) == ("image/webp", b"RIFF")
    assert client.get(small.replace("klein", "reusachtig")).status_code == 404
    assert client.get(reverse(name, args=[case.pk, other.pk])).status_code == 404


@pytest.mark.parametrize("which", ["list", "today"])
def test_long_lists_ask_as_many_questions_as_short_ones(client, which, coordinator):
    wijk = coordinator.assignments[0].wijk
    url = reverse(LIST) if which == "list" else reverse("admin:index")
    states = ("received", "in_review", "question", "unconfirmed", "screening")

    def queries(number: int) -> int:
        for state in states:
            InitiativeFactory.create_batch(number, wijk=wijk, **{state: True})
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    assert queries(1) == queries(6)
