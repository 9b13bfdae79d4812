"""What a file can be."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """How a page shows a file: as a picture or as a link."""

    IMAGE = "image", _("foto")
    DOCUMENT = "document", _("document")


class Variant(IntegerChoices):
    """The smaller pictures that are kept beside a photo; the value is the longest side in pixels."""

    SMALL = 400, _("klein")
    MEDIUM = 1200, _("middelgroot")
