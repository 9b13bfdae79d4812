"""Letters say why someone gets them, and claim nothing of who may be somebody else."""

import pytest
from django.utils import translation

from initiatives import letters
from tests.factories.initiatives import InitiativeFactory, InvolvementFactory

pytestmark = pytest.mark.django_db
WHY = "omdat u een idee heeft ingediend bij Gemeente"


@pytest.mark.parametrize("write", [letters.receipt, letters.taken_up, letters.published, letters.contact_changed])
def test_the_initiator_reads_at_the_bottom_why_this_came(write):
    letter = write(InitiativeFactory(accepted=True, published=True))

    assert [block.kind for block in letter.blocks if WHY in str(block.parts)] == ["footer"]
    assert WHY in letter.text.partition("----")[2]
    assert WHY in letter.html
    assert WHY not in letter.body


def test_the_initiator_gets_letters_in_the_language_that_the_idea_was_sent_in():
    letter = letters.receipt(InitiativeFactory(accepted=True, language="en"))

    assert letter.subject.startswith("We have received your idea")
    assert "Monday to Friday" in letter.text
    assert '<html lang="en"' in letter.html


def test_a_neighbour_gets_the_letter_in_the_language_that_they_read():
    with translation.override("en"):
        letter = letters.confirm_involvement(InvolvementFactory(unconfirmed=True))

    assert letter.subject.startswith("Confirm your registration")


def test_staff_get_dutch_letters_about_an_idea_in_english():
    with translation.override("en"):
        letter = letters.new_initiative(InitiativeFactory(language="en"))

    assert letter.subject.startswith("Idee in")


def test_a_neighbour_did_not_send_an_idea():
    letter = letters.confirm_involvement(InvolvementFactory(unconfirmed=True))

    assert WHY not in letter.text


def test_an_address_that_is_not_confirmed_may_be_of_someone_else():
    initiative = InitiativeFactory()

    for letter in (
        letters.confirm_address(initiative),
        letters.confirm_new_address(initiative, "zij@voorbeeld.example"),
    ):
        assert WHY not in letter.text
