from io import BytesIO

import factory
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory
from PIL import Image

from shared.documents import intake
from shared.documents.models import StoredFile

# Where a test photo says that it was taken: Hendrik-Ido-Ambacht.
GPS = {1: "N", 2: (51.0, 50.0, 42.0), 3: "E", 4: (4.0, 38.0, 15.0)}
EXIF_IFD, GPS_IFD, ORIENTATION, MAKER = 0x8769, 0x8825, 0x0112, 0x010F


def picture(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right: one sees whether it was turned."""
    image = Image.new(mode, (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image


def photo(
    image_format: str = "JPEG", *, name: str = "tuin.jpg", orientation: int = 1, **size: int
) -> SimpleUploadedFile:
    """A photo as a phone makes it, with its place and maker in it."""
    image = picture(**size)
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "Telefoonmerk"
    exif.get_ifd(GPS_IFD).update(GPS)
    target = BytesIO()
    image.save(target, image_format, exif=exif.tobytes())
    return SimpleUploadedFile(name, target.getvalue())


def pdf_of(document: pikepdf.Pdf, name: str = "plan.pdf", **options: object) -> SimpleUploadedFile:
    """An upload of this document."""
    target = BytesIO()
    document.save(target, **options)
    return SimpleUploadedFile(name, target.getvalue())


def blank_pdf() -> pikepdf.Pdf:
    """A document of one empty page."""
    document = pikepdf.new()
    document.add_blank_page()
    return document


class StoredFileFactory(DjangoModelFactory):
    """A photo that was taken in; `document` makes it a PDF, `attached` gives it to a case."""

    class Meta:
        model = StoredFile

    class Params:
        document = factory.Trait(upload=factory.LazyFunction(lambda: pdf_of(blank_pdf())))
        attached = factory.Trait(kept_until=None)

    upload = factory.LazyFunction(photo)

    @classmethod
    def _create(cls, model_class, *args, upload, **values):
        stored = intake.store(upload)
        for name, value in values.items():
            setattr(stored, name, value)
        if values:
            stored.save()
        return stored
