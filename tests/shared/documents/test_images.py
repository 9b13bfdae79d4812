from io import BytesIO

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from shared.documents import images, intake
from shared.documents.enums import Kind, Variant
from tests.factories.documents import SimpleUploadedFile, photo, picture


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize(
    ("image_format", "name", "content_type"),
    [
        ("JPEG", "tuin.jpg", "image/jpeg"),
        ("PNG", "tuin.png", "image/png"),
        ("WEBP", "tuin.webp", "image/webp"),
        ("HEIF", "tuin.heic", "image/jpeg"),
    ],
)
def test_a_photo_keeps_its_picture_and_loses_its_place_and_maker(image_format, name, content_type):
    sent = photo(image_format, name=name)
    assert Image.open(sent).getexif().get_ifd(0x8825)

    clean = intake.accept(sent)

    kept = opened(clean.content)
    assert (clean.kind, clean.content_type, clean.width, clean.height) == (Kind.IMAGE, content_type, 60, 40)
    assert not kept.getexif()
    assert {"exif", "xmp", "comment", "icc_profile"} & kept.info.keys() == set()
    assert b"Telefoonmerk" not in clean.content
    assert kept.convert("RGB").getpixel((5, 20))[0] > 200
    for variant in clean.variants.values():
        assert not opened(variant).getexif()


def test_a_heic_photo_gets_the_name_of_what_it_became():
    assert intake.accept(photo("HEIF", name="IMG_0042.HEIC")).name == "IMG_0042.jpg"


def test_a_photo_that_was_taken_sideways_is_put_upright():
    clean = intake.accept(photo(orientation=6))

    kept = opened(clean.content)
    assert (clean.width, clean.height) == (40, 60)
    assert kept.getpixel((20, 5))[0] > 200


def test_a_large_photo_is_made_smaller_and_gets_two_smaller_pictures():
    clean = intake.accept(photo(width=4000, height=3000))

    assert (clean.width, clean.height) == (2000, 1500)
    sizes = {variant: opened(content).size for variant, content in clean.variants.items()}
    assert sizes == {Variant.SMALL: (400, 300), Variant.MEDIUM: (1200, 900)}


def test_a_small_photo_is_never_blown_up():
    clean = intake.accept(photo(width=300, height=200))

    assert {opened(content).size for content in clean.variants.values()} == {(300, 200)}


def test_texts_and_comments_in_a_picture_are_gone():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Jan de Vries")
    target = BytesIO()
    picture().save(target, "PNG", pnginfo=notes)
    commented = BytesIO()
    picture().save(commented, "JPEG", comment=b"Jan de Vries", xmp=b"<x:xmpmeta>Jan de Vries</x:xmpmeta>")

    for name, content in (("a.png", target.getvalue()), ("a.jpg", commented.getvalue())):
        clean = intake.accept(SimpleUploadedFile(name, content))

        assert b"Jan de Vries" in content
        assert b"Jan de Vries" not in clean.content


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "I;16", "1", "CMYK"])
def test_every_kind_of_picture_becomes_one_that_a_browser_shows(mode):
    target = BytesIO()
    image = picture().convert("L").convert(mode) if mode == "I;16" else picture().convert(mode)
    image.save(target, "TIFF" if mode == "none" else "JPEG" if mode == "CMYK" else "PNG")

    clean = intake.accept(SimpleUploadedFile("a.jpg", target.getvalue()))

    assert opened(clean.content).mode in {"RGB", "RGBA"}


def test_a_colour_profile_is_worked_into_the_pixels():
    target = BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture().save(target, "JPEG", icc_profile=profile)

    clean = intake.accept(SimpleUploadedFile("a.jpg", target.getvalue()))

    assert "icc_profile" not in opened(clean.content).info


def test_transparency_survives():
    target = BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(target, "PNG")

    clean = intake.accept(SimpleUploadedFile("logo.png", target.getvalue()))

    assert opened(clean.content).getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("side", [7_300, 12_000])
def test_a_picture_with_too_many_pixels_is_refused_before_it_fills_the_memory(side):
    target = BytesIO()
    Image.new("1", (side, side)).save(target, "PNG")
    assert side**2 > images.MAX_PIXELS

    with pytest.raises(intake.UploadRefused, match=r"“bom.png” heeft te veel beeldpunten"):
        intake.accept(SimpleUploadedFile("bom.png", target.getvalue()))


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_that_was_cut_off_is_called_damaged(image_format):
    whole = photo(image_format, name="tuin.jpg", width=800, height=600).read()

    with pytest.raises(intake.UploadRefused, match=r"“tuin.jpg” is beschadigd"):
        intake.accept(SimpleUploadedFile("tuin.jpg", whole[: len(whole) * 2 // 3]))
