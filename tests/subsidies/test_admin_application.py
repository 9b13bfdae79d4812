"""The work list and the file page of the small grant: who sees what, and what stands on them."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shared.terms.calendar import days_left_in_words, today
from subsidies.enums import Channel, Status, SuspensionGround
from subsidies.models import Application, Pause
from subsidies.reports import APPLICATIONS
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    CompletionRequestFactory,
    HearingFactory,
)
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

LIST = "admin:subsidies_application_changelist"


@pytest.fixture
def case():
    return ApplicationFactory(title="Straatfeest Kruiswiel")


@pytest.fixture
def coordinator(client, case):
    return sign_in(client, CoordinatorFactory(wijk=case.wijk, name="Jan de Vries"))


def file_of(case) -> str:
    return reverse("admin:subsidies_application_change", args=[case.pk])


def test_the_work_list_holds_the_applications_of_my_wijk_only(client, case, coordinator):
    elsewhere = ApplicationFactory()

    page = client.get(reverse(LIST)).content.decode()

    assert case.title in page
    assert elsewhere.title not in page


def test_the_file_page_shows_the_application_and_another_wijk_does_not_exist(client, case, coordinator):
    elsewhere = ApplicationFactory()

    assert case.title in client.get(file_of(case)).content.decode()
    assert client.get(file_of(elsewhere)).status_code == 404


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        client.get(address)
    return len(counted)


def in_order(client, query: str = "") -> list[str]:
    """The titles of the list from top to bottom."""
    page = unescape(client.get(reverse(LIST) + query).content.decode())
    return re.findall(r'field-plan"><a [^>]*>([^<]+?) ?<', page)


def test_what_runs_comes_first_by_its_date_and_what_stands_still_apart(client, coordinator, case):
    own = {"owner": coordinator, "in_review": True}
    ApplicationFactory(title="Bijna te laat", received_on=today() - timedelta(days=54), **own)
    late = ApplicationFactory(title="Te laat", received_on=today() - timedelta(days=77), **own)
    ApplicationFactory(title="Besloten", owner=coordinator, granted=True)
    waiting = ApplicationFactory(
        title="Aanvullen", owner=coordinator, incomplete=True, received_on=today() - timedelta(days=50)
    )
    CompletionRequestFactory(application=waiting)
    at_green = ApplicationFactory(title="Bij groen", received_on=today() - timedelta(days=30), **own)
    AdviceRequestFactory(subject=at_green, by_email=True)
    heard = ApplicationFactory(title="Horen", owner=coordinator, hearing=True, received_on=today() - timedelta(days=20))
    HearingFactory(application=heard)
    paused = ApplicationFactory(title="Uitgesteld", received_on=today() - timedelta(days=52), **own)
    Pause.objects.create(
        application=paused,
        ground=SuspensionGround.CONSENT,
        first_day=today() - timedelta(days=1),
        last_day=today(),
        text="De aanvrager is op reis.",
    )
    ended = ApplicationFactory(title="Was uitgesteld", received_on=today() - timedelta(days=10), **own)
    Pause.objects.create(
        application=ended,
        ground=SuspensionGround.CONSENT,
        first_day=today() - timedelta(days=5),
        last_day=today() - timedelta(days=1),
        text="De aanvrager was op reis.",
    )

    page = unescape(client.get(reverse(LIST)).content.decode())

    assert in_order(client) == [
        "Te laat",
        "Bijna te laat",
        # The clock runs on while an adviser or the applicant answers.
        "Bij groen",
        "Horen",
        "Was uitgesteld",
        "Straatfeest Kruiswiel",
        "Uitgesteld",
        "Aanvullen",
        "Besloten",
    ]
    assert in_order(client, "?wacht=stil") == ["Uitgesteld", "Aanvullen"]
    assert "de klok staat stil" in page
    assert days_left_in_words(late.due_safe, today()) in page
    assert days_left_in_words(waiting.due_safe, today()) in page
    assert "wacht op advies, de klok loopt" in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?behandelaar=ik", ["Van mij"]),
        ("?behandelaar=niemand", ["Op papier", "Nieuw"]),
        ("?behandelaar=collega", ["Van collega"]),
        ("?termijn=te-laat", ["Van collega"]),
        ("?kanaal=paper", ["Op papier"]),
        ("?status=in_review", ["Van collega", "Van mij"]),
        ("?wacht=advies", ["Van mij"]),
        ("?wacht=ons", ["Van collega", "Op papier", "Nieuw"]),
        ("?bericht=ongelezen", ["Nieuw"]),
        ("?q=papier", ["Op papier"]),
        ("?termijn=onzin", []),
    ],
)
def test_each_filter_leaves_what_it_says(client, query, titles):
    reviewer = sign_in(client, CoordinatorFactory())
    wijk = reviewer.role_assignments.get().wijk
    mine = ApplicationFactory(title="Van mij", in_review=True, owner=reviewer, wijk=wijk)
    AdviceRequestFactory(subject=mine, by_email=True)
    ApplicationFactory(title="Van collega", in_review=True, wijk=wijk, received_on=today() - timedelta(days=80))
    ApplicationFactory(title="Nieuw", wijk=wijk, unread_since="2026-01-05T10:00Z")
    ApplicationFactory(title="Op papier", wijk=wijk, channel=Channel.PAPER)

    assert in_order(client, query) == titles


def test_the_filters_survive_the_file_a_step_and_the_way_back(client, coordinator, case):
    filtered = reverse(LIST) + "?status=received"
    page = client.get(filtered).content.decode()
    file = unescape(re.search(rf'href="([^"]*/{case.pk}/change/[^"]*)"', page)[1])
    assert "_changelist_filters=status%3Dreceived" in file

    step = reverse("admin:subsidies_application_step", args=[case.pk, "oppakken"])
    answer = client.post(
        step + "?_changelist_filters=status%3Dreceived", {"_send": "1", "version": case.version}, follow=True
    )

    assert "?status=received" in answer.content.decode()
    assert "1 van" not in answer.content.decode()


def test_the_list_and_the_file_take_as_many_queries_for_many_as_for_few(client, coordinator, case):
    def fill(number: int) -> None:
        ApplicationFactory.create_batch(number, buurt=case.buurt, owner=coordinator, in_review=True)
        AdviceRequestFactory.create_batch(number, subject=case)
        for _number in range(number):
            CaseMessageFactory(application=case)

    fill(3)
    addresses = [reverse(LIST), file_of(case)]
    for address in addresses:
        client.get(address)
    few = [queries(client, address) for address in addresses]

    fill(27)

    assert [queries(client, address) for address in addresses] == few


def test_the_export_holds_what_the_screen_shows(client, coordinator, case):
    ApplicationFactory(title="Al besloten", wijk=case.wijk, granted=True)
    page = unescape(client.get(reverse(LIST) + "?status=received").content.decode())
    address = re.search(r'action="([^"]*werkvoorraad-aanvragen[^"]*)"', page)[1]

    response = client.post(address, {"format": "csv"})

    rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert case.reference in rows[1]


def test_every_field_of_an_application_is_exported_or_left_out_on_purpose():
    assert APPLICATIONS.forgotten_fields() == set()


def test_nothing_is_added_changed_or_deleted_by_hand(client, case):
    sign_in(client, ManagerFactory())

    answers = [
        client.get(reverse("admin:subsidies_application_add")).status_code,
        client.post(file_of(case), {"status": "granted"}).status_code,
        client.post(reverse("admin:subsidies_application_delete", args=[case.pk])).status_code,
    ]

    assert answers == [403, 405, 403]
    assert Application.objects.get(pk=case.pk).status == Status.RECEIVED
