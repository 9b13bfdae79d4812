import zlib
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Encryption, Name, String

from shared.documents import intake, pdf_cleaner, pdfs
from shared.documents.enums import Kind
from tests.factories.documents import blank_pdf, pdf_of, photo

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def cleaned(document: pikepdf.Pdf) -> bytes:
    clean = intake.accept(pdf_of(document))
    with pikepdf.open(BytesIO(clean.content)) as kept, BytesIO() as plain:
        kept.save(
            plain,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        return plain.getvalue()


def test_a_plain_pdf_keeps_its_pages():
    document = blank_pdf()
    document.add_blank_page()

    clean = intake.accept(pdf_of(document))

    assert (clean.kind, clean.content_type, clean.name, clean.width) == (
        Kind.DOCUMENT,
        "application/pdf",
        "plan.pdf",
        None,
    )
    with pikepdf.open(BytesIO(clean.content)) as kept:
        assert len(kept.pages) == 2


def test_scripts_and_actions_are_gone_wherever_they_hang():
    document = blank_pdf()
    names = Array([String("a"), SCRIPT])
    document.Root.OpenAction = SCRIPT
    document.Root.AA = Dictionary(WC=SCRIPT)
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=names))
    page = document.pages[0].obj
    page.AA = Dictionary(O=SCRIPT)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=SCRIPT)
    launch = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.Launch, F=String("cmd.exe"))
    )
    page.Annots = Array([document.make_indirect(link), launch])

    content = cleaned(document)

    for forbidden in (b"JavaScript", b"app.alert", b"OpenAction", b"/AA", b"Launch", b"cmd.exe"):
        assert forbidden not in content


def test_a_link_to_a_website_stays():
    document = blank_pdf()
    action = Dictionary(S=Name.URI, URI=String("https://www.example.nl/"))
    document.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])

    assert b"https://www.example.nl/" in cleaned(document)


def test_attachments_and_the_makers_name_are_gone():
    document = blank_pdf()
    document.attachments["geheim.txt"] = b"Dit is geheim"
    document.docinfo["/Author"] = "Jan de Vries"
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = ["Jan de Vries"]

    content = cleaned(document)

    for forbidden in (b"geheim", b"Jan de Vries", b"xmpmeta", b"/Info"):
        assert forbidden not in content


def test_what_was_filled_in_stays_readable_but_is_no_longer_a_form():
    document = blank_pdf()
    appearance = document.make_stream(
        b"BT (Buurttuin) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 90, 20]
    )
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("naam"), V=String("Buurttuin"),
            Rect=[10, 10, 100, 30], AP=Dictionary(N=appearance),
        )
    )  # fmt: skip
    document.pages[0].obj.Annots = Array([field])
    document.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=String("<xdp/>"))

    content = cleaned(document)

    assert b"AcroForm" not in content
    assert b"XFA" not in content
    assert b"(Buurttuin) Tj" in content


def test_a_font_that_happens_to_have_the_name_of_a_removed_key_stays():
    document = blank_pdf()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    document.pages[0].obj.Resources = Dictionary(Font=Dictionary({"/AF": font}))

    assert b"Helvetica" in cleaned(document)


def test_a_photo_inside_a_pdf_loses_its_place_too():
    document = blank_pdf()
    picture = document.make_stream(
        photo().read(), Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40,
        ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=picture))

    clean = intake.accept(pdf_of(document))

    with pikepdf.open(BytesIO(clean.content)) as kept:
        image = pikepdf.PdfImage(kept.pages[0].Resources.XObject.Im0).as_pil_image()
    assert image.size == (60, 40)
    assert not image.getexif()
    assert b"Telefoonmerk" not in clean.content


@pytest.mark.parametrize("password", ["geheim", ""])
def test_a_pdf_with_a_password_is_refused_with_what_to_do(password):
    sent = pdf_of(blank_pdf(), encryption=Encryption(owner="baas", user=password))

    with pytest.raises(intake.UploadRefused) as refused:
        intake.accept(sent)

    assert str(refused.value) == "Op “plan.pdf” zit een wachtwoord. Kies een PDF zonder wachtwoord."


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n" + bytes(range(256)) * 20])
def test_a_pdf_that_does_not_open_is_called_damaged(content):
    with pytest.raises(intake.UploadRefused, match=r"“plan.pdf” is beschadigd"):
        intake.accept(SimpleUploadedFile("plan.pdf", content))


def test_a_pdf_that_grows_to_gigabytes_is_refused_and_only_its_own_process_fails():
    squeeze, piece = zlib.compressobj(1), bytes(2**20)
    packed = b"".join([*(squeeze.compress(piece) for _ in range(900)), squeeze.flush()])
    head = b"1 0 obj<</Type/XRef/Size 3/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    bomb = b"%PDF-1.5\n" + head + packed + b"\nendstream endobj\nstartxref\n9\n%%EOF"
    assert len(bomb) < intake.MAX_BYTES

    with pytest.raises(intake.UploadRefused, match=r"“plan.pdf” is beschadigd"):
        intake.accept(SimpleUploadedFile("plan.pdf", bomb))


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(pdfs, "PATIENCE", 0.001)

    with pytest.raises(intake.UploadRefused, match=r"“plan.pdf” is beschadigd"):
        intake.accept(pdf_of(blank_pdf()))


def test_only_the_describing_parts_of_a_photo_are_cut_out():
    jpeg = photo().read()

    plain = pdf_cleaner.without_text_segments(jpeg)

    assert b"Exif" in jpeg
    assert b"Exif" not in plain
    assert plain[-500:] == jpeg[-500:]
