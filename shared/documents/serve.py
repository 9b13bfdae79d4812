"""Handing out a file. A view asks its policy first; nothing here has an address of its own."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from shared.documents.enums import Variant
from shared.documents.models import StoredFile

# A file never changes; but a photo that is taken off the website should be gone within days.
PUBLIC = "public, max-age=604800, immutable"
PRIVATE = "private, no-store"


def file_response(stored: StoredFile, variant: Variant | None = None, *, public: bool = False) -> FileResponse:
    """The file, or a smaller picture of it. A photo is shown, a document is downloaded.

    Raises:
        Http404: it is not on disk, or a document has no smaller picture.
    """
    if variant is not None and not stored.is_image:
        raise Http404
    path = stored.path if variant is None else stored.path_of(variant)
    try:
        opened = default_storage.open(path)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        opened,
        as_attachment=not stored.is_image,
        filename=stored.original_name if variant is None else "",
        content_type=stored.content_type if variant is None else "image/webp",
    )
    response["Cache-Control"] = PUBLIC if public else PRIVATE
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # Already compressed: this keeps the compressing middleware off it, and with it the length.
    response["Content-Encoding"] = "identity"
    return response
