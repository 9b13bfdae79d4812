"""A PDF promises PDF/UA-1; one that cannot says so in the log, and staff read it."""

import logging
from datetime import date

import pytest
from django.urls import reverse

from shared import typeset
from shared.notifications import printing
from shared.notifications.markup import Block
from subsidies.models import Decision
from tests.factories.accounts import ManagerFactory
from tests.factories.subsidies import DecisionFactory
from tests.sign_in import sign_in

# A sign that no font here has.
RARE = "\u32ff"


def letter(words: str) -> bytes:
    sheet = printing.Sheet(("Anna Bewoner",), date(2026, 1, 5), "Besluit", (Block("paragraph", (words,)),))
    return printing.paper([sheet])


@pytest.mark.parametrize(("words", "keeps"), [("Een feest voor de straat.", True), (f"Een feest {RARE}.", False)])
def test_a_pdf_without_the_promise_is_loud(words, keeps, caplog):
    with caplog.at_level(logging.WARNING, logger="shared.typeset"):
        made = letter(words)

    assert made.startswith(b"%PDF")
    assert (typeset.PROMISE in made) is keeps
    assert [record.levelname for record in caplog.records] == ([] if keeps else ["WARNING"])
    assert keeps or RARE in caplog.records[0].because


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "keeps"), [("Een feest.", True), (f"Een feest {RARE}.", False)])
def test_staff_read_on_the_file_page_that_a_letter_is_not_accessible(client, words, keeps):
    decision = DecisionFactory(letter=letter(words))
    sign_in(client, ManagerFactory())

    page = client.get(reverse("admin:subsidies_application_change", args=[decision.application_id])).content.decode()

    assert ("niet helemaal toegankelijk" in page) is not keeps
    assert Decision.objects.get().letter
