"""Work lists of objections and notices, and what the manager edits: texts, mandates, penalty amounts."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shared.terms.calendar import today
from subsidies.enums import Outcome
from subsidies.letters import review as review_letters
from subsidies.letters.step_letters import STEP_CLOSING, STEP_LETTERS
from subsidies.letters.texts import PLACES
from subsidies.models import LetterText, Mandate
from subsidies.workflow import default_notice, objection
from tests.factories.accounts import CoordinatorFactory, FinanceFactory, ManagerFactory
from tests.factories.subsidies import ApplicationFactory, CaseMessageFactory, DecisionFactory, MandateFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

LISTS = ["objection", "defaultnotice"]
TABLES = ["lettertext", "mandate", "penaltyrate"]


def listed(name: str) -> str:
    return reverse(f"admin:subsidies_{name}_changelist")


@pytest.fixture
def manager(client):
    return sign_in(client, ManagerFactory())


def objected() -> ApplicationFactory:
    case = ApplicationFactory(refused=True)
    decision = DecisionFactory(application=case, outcome=Outcome.REFUSE, amount=None, decided_by=case.owner)
    objection.receive(decision, CaseMessageFactory(application=case))
    return case


def in_default() -> ApplicationFactory:
    case = ApplicationFactory(in_review=True, received_on=today() - timedelta(days=150))
    default_notice.receive(case, CaseMessageFactory(application=case))
    return case


@pytest.mark.parametrize(("name", "make"), [("objection", objected), ("defaultnotice", in_default)])
def test_a_list_shows_what_is_open_to_who_reviews_it(client, manager, name, make):
    case = make()
    own, other, finance = Client(), Client(), Client()
    sign_in(own, case.owner)
    sign_in(other, CoordinatorFactory())
    sign_in(finance, FinanceFactory())

    assert case.title in client.get(listed(name)).content.decode()
    assert case.title in own.get(listed(name)).content.decode()
    assert case.title not in other.get(listed(name)).content.decode()
    assert finance.get(listed(name)).status_code == 403


@pytest.mark.parametrize(("name", "make"), [("objection", objected), ("defaultnotice", in_default)])
def test_a_list_asks_as_much_for_many_rows_as_for_few(client, manager, name, make, django_assert_num_queries):
    make()
    client.get(listed(name))
    with CaptureQueriesContext(connection) as few:
        client.get(listed(name))
    for _row in range(9):
        make()

    with django_assert_num_queries(len(few)):
        client.get(listed(name))


@pytest.mark.parametrize("name", TABLES)
def test_only_the_manager_edits_texts_mandates_and_amounts(client, manager, name):
    other = Client()
    sign_in(other, CoordinatorFactory())

    assert client.get(reverse(f"admin:subsidies_{name}_add")).status_code == 200
    assert other.get(listed(name)).status_code == 200
    assert other.get(reverse(f"admin:subsidies_{name}_add")).status_code == 403


def test_a_text_with_an_unknown_word_is_refused_and_says_which_are_known(client, manager):
    answer = client.post(
        reverse("admin:subsidies_lettertext_add"), {"letter": "grant.opening", "scheme": "", "body": "Dag {voornaam}."}
    )

    page = unescape(answer.content.decode())
    assert "Het portaal kent {voornaam} niet. Wel: {naam}, {titel}" in page
    assert not LetterText.objects.exists()


def test_a_text_shows_how_it_reads_and_on_paper(client, manager):
    client.post(
        reverse("admin:subsidies_lettertext_add"), {"letter": "grant.opening", "scheme": "", "body": "Dag {naam}!"}
    )
    row = LetterText.objects.get()

    page = client.get(reverse("admin:subsidies_lettertext_change", args=[row.pk])).content.decode()
    paper = client.get(reverse("admin:subsidies_lettertext_pdf", args=[row.pk]))

    assert "Dag Anna Bewoner!" in page
    assert "{behandelaar}" in page
    assert paper.content.startswith(b"%PDF")


def test_each_letter_about_a_step_begins_and_ends_with_the_words_of_the_municipality():
    case = ApplicationFactory(in_review=True, name="Anna Bewoner")
    for key, body in (("taken_up.opening", "Dank u wel, {naam}."), (STEP_CLOSING, "Volg ons op de website.")):
        LetterText.objects.create(scheme=case.scheme, letter=key, body=body)

    letter = review_letters.taken_up(case).text
    case.language = "en"

    assert letter.index("Dank u wel, Anna Bewoner.") < letter.index("behandelt uw aanvraag")
    assert "Volg ons op de website." in letter
    assert "Dank u wel" not in review_letters.taken_up(case).text


@pytest.mark.parametrize("name", STEP_LETTERS)
def test_each_of_those_letters_has_a_place_for_them(name):
    source = (settings.BASE_DIR / f"templates/subsidies/letters/{name}.txt").read_text()
    included = re.findall(r'include "([^"]+)"', source)
    whole = source + "".join((settings.BASE_DIR / "templates" / each).read_text() for each in included)
    whole += (settings.BASE_DIR / "templates/subsidies/letters/_contact.txt").read_text() if "_to_app" in source else ""

    assert ("{{ opening }}" in source, "{{ closing }}" in whole) == (True, True)


def test_each_place_can_be_chosen(client, manager):
    page = unescape(client.get(reverse("admin:subsidies_lettertext_add")).content.decode())

    assert [key for key in PLACES if f'value="{key}"' not in page] == []


def test_a_mandate_is_entered_and_never_deleted(client, manager):
    answers = {
        "scheme": "",
        "role": "coordinator",
        "user": "",
        "maximum_amount": "2000",
        "valid_from": "1-1-2026",
        "valid_to": "",
        "source": "Mandaatbesluit 2026",
    }
    client.post(reverse("admin:subsidies_mandate_add"), answers)
    row = Mandate.objects.get()

    assert client.get(reverse("admin:subsidies_mandate_delete", args=[row.pk])).status_code == 403


def test_a_coordinator_does_not_give_out_mandates(client):
    sign_in(client, CoordinatorFactory())
    row = MandateFactory()

    assert client.post(reverse("admin:subsidies_mandate_change", args=[row.pk]), {}).status_code == 403
