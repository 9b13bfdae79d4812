"""Taking a file: what it claims, what it is, whether it is safe, and then only the cleaned form is kept."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

import filetype
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from shared.documents import images, pdfs, refusals, scanner
from shared.documents.enums import Kind, Variant
from shared.documents.models import StoredFile
from shared.documents.refusals import MAX_BYTES, UploadRefused

__all__ = ["ACCEPT", "MAX_BYTES", "CleanFile", "UploadRefused", "accept", "keep", "store"]

PDF = "application/pdf"
PHOTO_EXTENSIONS = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp")
# What the file chooser offers.
ACCEPT = ",".join([*PHOTO_EXTENSIONS, ".pdf", *images.FORMATS, PDF])
ACCEPT_PHOTOS = ",".join([*PHOTO_EXTENSIONS, *images.FORMATS])
EXTENSIONS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
NAME_LENGTH = 150


@dataclass(frozen=True)
class CleanFile:
    """A file that may be kept."""

    kind: Kind
    name: str
    content: bytes
    content_type: str
    width: int | None = None
    height: int | None = None
    variants: Mapping[Variant, bytes] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The same for the same file sent twice."""
        return hashlib.sha256(self.content).hexdigest()


def accept(uploaded: UploadedFile, *, photos_only: bool = False) -> CleanFile:
    """Check and clean a file.

    Raises:
        UploadRefused: empty, too large, not a photo or PDF (or no photo where only those are asked for), infected,
            protected or damaged.
    """
    name = tidy_name(uploaded.name or "")
    if not uploaded.size:
        raise refusals.empty(name)
    if uploaded.size > MAX_BYTES:
        raise refusals.too_large(name, photos_only=photos_only)
    uploaded.seek(0)
    content = uploaded.read()
    content_type = _type_of(content, name, photos_only=photos_only)
    scanner.scan(content, name)
    if content_type == PDF:
        return CleanFile(kind=Kind.DOCUMENT, name=name, content=pdfs.clean(content, name), content_type=PDF)
    photo = images.clean(content, content_type, name)
    return CleanFile(
        kind=Kind.IMAGE,
        name=str(PurePath(name).with_suffix(EXTENSIONS[photo.format])),
        content=photo.content,
        content_type=f"image/{photo.format.lower()}",
        width=photo.width,
        height=photo.height,
        variants=photo.variants,
    )


def keep(clean: CleanFile) -> StoredFile:
    """Write a cleaned file down; until a case or a draft takes it, it is kept for a short while."""
    stored = StoredFile(
        kind=clean.kind,
        original_name=clean.name,
        content_type=clean.content_type,
        size=len(clean.content),
        sha256=clean.sha256,
        width=clean.width,
        height=clean.height,
    )
    stored.file.save(clean.name, ContentFile(clean.content), save=False)
    for variant, content in clean.variants.items():
        default_storage.save(stored.path_of(variant), ContentFile(content))
    with transaction.atomic():
        stored.save()
    return stored


def store(uploaded: UploadedFile) -> StoredFile:
    """Check, clean and keep a file.

    Raises:
        UploadRefused: it is not taken.
    """
    return keep(accept(uploaded))


def tidy_name(name: str) -> str:
    """The name without folders and invisible characters, short enough to show; its extension stays."""
    plain = "".join(letter for letter in unicodedata.normalize("NFC", name) if unicodedata.category(letter)[0] != "C")
    path = PurePath(plain.replace("\\", "/").rsplit("/", 1)[-1].strip() or "bestand")
    return path.stem[: NAME_LENGTH - len(path.suffix[:10])].strip() + path.suffix[:10]


def _type_of(content: bytes, name: str, *, photos_only: bool) -> str:
    """What the first bytes say, when the extension agrees; phones do mix up the extensions of photos."""
    guessed = filetype.guess(content[:8192])
    found = guessed.mime if guessed else ""
    extension = PurePath(name).suffix.lower()
    if found == PDF and extension == ".pdf" and not photos_only:
        return PDF
    if found in images.FORMATS and extension in PHOTO_EXTENSIONS:
        return found
    raise refusals.wrong_type(name, photos_only=photos_only)
