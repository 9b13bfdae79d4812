import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shared.documents import intake
from shared.documents.enums import Kind, Variant
from tests.factories.documents import blank_pdf, pdf_of, photo

JPEG_HEAD = b"\xff\xd8\xff\xe0"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("leeg.jpg", b"", "“leeg.jpg” is leeg. Kies een ander bestand."),
        (
            "groot.jpg",
            JPEG_HEAD + b"0" * intake.MAX_BYTES,
            "“groot.jpg” is te groot. Kies een foto of PDF van 10 MB of minder.",
        ),
        ("brief.docx", b"PK\x03\x04", "“brief.docx” is geen foto of PDF. Kies een JPG, PNG, HEIC, WEBP of PDF."),
        ("tekst.jpg", b"Dit is gewoon tekst", "“tekst.jpg” is geen foto of PDF. Kies een JPG, PNG, HEIC, WEBP of PDF."),
        ("zonder", JPEG_HEAD + b"0", "“zonder” is geen foto of PDF. Kies een JPG, PNG, HEIC, WEBP of PDF."),
        ("foto.jpg", b"GIF89a" + b"0" * 50, "“foto.jpg” is geen foto of PDF. Kies een JPG, PNG, HEIC, WEBP of PDF."),
    ],
)
def test_each_refusal_names_the_file_and_says_what_to_do(name, content, message):
    with pytest.raises(intake.UploadRefused) as refused:
        intake.accept(SimpleUploadedFile(name, content))

    assert str(refused.value) == message


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"<!doctype html>%PDF-1.4",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        b"MZ\x90\x00" + b"0" * 60,
        b"#!/bin/sh\nrm -rf /",
    ],
)
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.heic", "a.pdf"])
def test_what_only_calls_itself_a_photo_or_pdf_is_refused(name, content):
    with pytest.raises(intake.UploadRefused, match=r"is geen foto of PDF"):
        intake.accept(SimpleUploadedFile(name, content))


@pytest.mark.parametrize("name", ["plan.jpg", "plan.html", "plan.pdf.exe"])
def test_a_pdf_must_be_called_one(name):
    with pytest.raises(intake.UploadRefused, match=r"is geen foto of PDF"):
        intake.accept(SimpleUploadedFile(name, pdf_of(blank_pdf()).read()))


def test_a_page_behind_a_photo_does_not_survive():
    polyglot = photo().read() + b"<script>alert(1)</script>" + b"%PDF-1.4"

    clean = intake.accept(SimpleUploadedFile("tuin.jpg", polyglot))

    assert b"<script>" not in clean.content
    assert b"%PDF" not in clean.content


def test_a_phone_that_mixes_up_the_extensions_of_photos_is_forgiven():
    clean = intake.accept(photo("PNG", name="scherm.jpg"))

    assert (clean.name, clean.content_type) == ("scherm.png", "image/png")


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("C:\\Foto's\\tuin.jpg", "tuin.jpg"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("tuin\u202egpj.pdf", "tuingpj.pdf"),
        ("tuin\x00\n.jpg", "tuin.jpg"),
        ("", "bestand"),
        ("a" * 300 + ".jpg", "a" * 146 + ".jpg"),
        ("Café plan.pdf", "Café plan.pdf"),
    ],
)
def test_a_name_is_shown_without_folders_and_tricks(name, tidy):
    assert intake.tidy_name(name) == tidy


@pytest.mark.django_db
def test_a_stored_photo_lies_under_a_name_that_says_nothing(settings):
    stored = intake.store(photo(name="Jan de Vries bij zijn huis.jpg"))

    assert (stored.kind, stored.original_name) == (Kind.IMAGE, "Jan de Vries bij zijn huis.jpg")
    assert stored.file.name == f"files/{stored.pk.hex[:2]}/{stored.pk.hex}.jpg"
    with stored.file.open() as kept:
        assert stored.size == len(kept.read())
    assert [(settings.MEDIA_ROOT / path).exists() for path in stored.paths] == [True, True, True]
    assert stored.path_of(Variant.SMALL).endswith(f"{stored.pk.hex}-400.webp")
