from contextlib import contextmanager

import pytest
from django.http import Http404

from shared.documents.enums import Variant
from shared.documents.serve import file_response
from tests.factories.documents import StoredFileFactory, photo

pytestmark = pytest.mark.django_db


@contextmanager
def sent(*args, **options):
    """The response, closed afterwards as the server does."""
    response = file_response(*args, **options)
    yield response
    response.close()


def headers(response):
    names = [
        "Content-Type",
        "Content-Disposition",
        "Cache-Control",
        "X-Content-Type-Options",
        "Content-Security-Policy",
    ]
    return [response[name] for name in names]


def test_a_photo_is_shown_and_not_kept_by_the_browser():
    with sent(StoredFileFactory(upload=photo(name="tuin.jpg"))) as response:
        assert headers(response) == [
            "image/jpeg",
            'inline; filename="tuin.jpg"',
            "private, no-store",
            "nosniff",
            "sandbox; default-src 'none'",
        ]
        assert response.getvalue()[:2] == b"\xff\xd8"


def test_a_public_photo_may_be_kept_and_is_sent_small():
    stored = StoredFileFactory(upload=photo(width=2000, height=1000))

    with sent(stored, Variant.SMALL, public=True) as response:
        assert response["Content-Type"] == "image/webp"
        assert response["Cache-Control"] == "public, max-age=604800, immutable"
        content = response.getvalue()
        assert content[8:12] == b"WEBP"
        assert len(content) == int(response["Content-Length"]) < stored.size


def test_a_document_is_downloaded_and_can_do_nothing():
    with sent(StoredFileFactory(document=True)) as response:
        assert headers(response) == [
            "application/pdf",
            'attachment; filename="plan.pdf"',
            "private, no-store",
            "nosniff",
            "sandbox; default-src 'none'",
        ]
        assert response.getvalue()[:5] == b"%PDF-"


def test_a_document_has_no_smaller_picture():
    with pytest.raises(Http404):
        file_response(StoredFileFactory(document=True), Variant.SMALL)


def test_a_file_that_is_lost_is_not_found():
    stored = StoredFileFactory()
    stored.file.storage.delete(stored.file.name)

    with pytest.raises(Http404):
        file_response(stored)
