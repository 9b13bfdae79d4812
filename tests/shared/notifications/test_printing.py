"""Letters on paper."""

import io

import pikepdf
import pytest

from shared import municipality
from shared.notifications import printing
from shared.notifications.models import MessageAttachment
from tests.factories.notifications import OutboxMessageFactory, letter

pytestmark = pytest.mark.django_db


def test_each_letter_starts_on_its_own_page_and_screen_readers_can_read_it():
    letters = OutboxMessageFactory.build_batch(3, to_print=True)

    with pikepdf.open(io.BytesIO(printing.pdf(letters))) as pdf:
        assert len(pdf.pages) == 3
        assert str(pdf.Root.Lang).startswith("nl")
        assert pdf.Root.MarkInfo.Marked
        assert "pdfuaid" in pdf.Root.Metadata.read_bytes().decode()


def test_words_that_look_like_code_are_words():
    words = '#panic("x") $x^2$ *vet* @bron `code` \\ [a](b) // weg'
    message = OutboxMessageFactory.build(to_print=True, subject=words, recipient_name=words)
    message.blocks = [block.as_json() for block in letter(words, words).blocks]

    with pikepdf.open(io.BytesIO(printing.pdf([message]))) as pdf:
        assert len(pdf.pages) == 1


def test_a_long_letter_goes_on_on_the_next_page():
    message = OutboxMessageFactory.build(to_print=True)
    message.blocks = [{"kind": "paragraph", "parts": ["Een lange zin. " * 60]}] * 8

    with pikepdf.open(io.BytesIO(printing.pdf([message]))) as pdf:
        assert len(pdf.pages) > 1


def test_a_letter_that_was_frozen_is_printed_as_it_was():
    plain, decision = OutboxMessageFactory.build_batch(2, to_print=True)
    decision.save()
    frozen = printing.pdf([OutboxMessageFactory.build(to_print=True)] * 2)
    MessageAttachment.objects.create(
        message=decision, name="besluit.pdf", content_type="application/pdf", content=frozen
    )

    assert printing.pdf([decision]) == frozen
    with pikepdf.open(io.BytesIO(printing.pdf([plain, decision]))) as pdf:
        assert len(pdf.pages) == 3


def test_the_logo_of_the_municipality_is_on_the_paper(settings):
    settings.MUNICIPALITY = settings.MUNICIPALITY | {"logo": "img/favicon.svg"}
    municipality.current.cache_clear()

    made = printing.pdf([OutboxMessageFactory.build(to_print=True)])

    settings.MUNICIPALITY = settings.MUNICIPALITY | {"logo": ""}
    municipality.current.cache_clear()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert "pdfuaid" in pdf.Root.Metadata.read_bytes().decode()
    assert made != printing.pdf([OutboxMessageFactory.build(to_print=True)])
