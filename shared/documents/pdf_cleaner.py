"""A program that reads a PDF and writes it without anything that acts, hides or tells on its maker.

It runs in a process of its own with little memory and time (`shared.documents.pdfs`): a PDF can be made to be
a few kilobytes on disk and gigabytes in memory. It knows nothing of Django.
"""

import contextlib
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Name

PROTECTED, DAMAGED = 3, 4
MEMORY, SECONDS = 768 * 1024 * 1024, 20

# Whatever these keys hold, wherever they stand, it is not what is on the page.
REMOVED_KEYS = (
    "/AA", "/AF", "/AcroForm", "/Collection", "/EmbeddedFiles", "/JS", "/JavaScript", "/LastModified", "/Metadata",
    "/OpenAction", "/PieceInfo", "/Requirements", "/XFA",
)  # fmt: skip
# Actions that do more than jump to a page or open a web address.
REMOVED_ACTIONS = {
    "/GoToE", "/GoToR", "/Hide", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/Named", "/Rendition",
    "/ResetForm", "/RichMediaExecute", "/SetOCGState", "/Sound", "/SubmitForm", "/Thread", "/Trans",
}  # fmt: skip
REMOVED_ANNOTATIONS = {"/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound"}
RESOURCES = {"/ExtGState", "/Font", "/Pattern", "/XObject"}
# Segments of a JPEG that hold no picture: EXIF with the place, XMP, IPTC, comments.
JPEG_TEXT_SEGMENTS = {0xE1, 0xED, 0xFE}


def clean(content: bytes) -> bytes:
    """The same pages; what was filled in stays readable, but is no longer a form.

    Raises:
        pikepdf.PasswordError: it is encrypted.
        pikepdf.PdfError: it cannot be read, or has no pages.
    """
    with pikepdf.open(BytesIO(content)) as pdf:
        if pdf.is_encrypted:
            raise pikepdf.PasswordError
        if not len(pdf.pages):
            raise pikepdf.PdfError("no pages")
        pdf.flatten_annotations("all")
        for page in pdf.pages:
            _clean_annotations(page)
        for found in pdf.objects:
            for item in _within(found):
                _clean_dictionary(item)
            if isinstance(found, pikepdf.Stream) and found.get("/Filter") == Name.DCTDecode:
                _clean_photo(found)
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        target = BytesIO()
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return target.getvalue()


def _clean_annotations(page: pikepdf.Page) -> None:
    annotations = page.obj.get("/Annots")
    if isinstance(annotations, pikepdf.Array):
        kept = [item for item in annotations if str(_get(item, "/Subtype")) not in REMOVED_ANNOTATIONS]
        page.obj["/Annots"] = pikepdf.Array(kept)


def _within(found: Any) -> Iterator[Any]:
    """The dictionaries in an object, not those it refers to: they are objects themselves."""
    waiting = [found]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting += [part for part in item if _is_container(part)]
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item
            waiting += [part for _key, part in item.items() if _is_container(part)]


def _is_container(part: Any) -> bool:
    return isinstance(part, pikepdf.Array | pikepdf.Dictionary) and not part.is_indirect


def _clean_dictionary(item: Any) -> None:
    for key in REMOVED_KEYS:
        if key in item and not _is_resource(item[key]):
            del item[key]
    if str(_get(item, "/S")) in REMOVED_ACTIONS:
        for key in [*item.keys()]:
            del item[key]


def _is_resource(value: Any) -> bool:
    """Whether a page only happens to have given its font or picture such a name."""
    return str(_get(value, "/Type")) in RESOURCES or str(_get(value, "/Subtype")) in {"/Image", "/Form"}


def _clean_photo(stream: pikepdf.Stream) -> None:
    raw = stream.read_raw_bytes()
    cleaned = without_text_segments(raw)
    if cleaned != raw:
        parameters: Any = stream.get("/DecodeParms")
        stream.write(cleaned, filter=Name.DCTDecode, decode_parms=parameters)


def without_text_segments(jpeg: bytes) -> bytes:
    """A JPEG without the segments before its picture that only describe it."""
    kept, place = [jpeg[:2]], 2
    while jpeg[place : place + 1] == b"\xff" and jpeg[place + 1 : place + 2] not in {b"\xda", b""}:
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if jpeg[place + 1] not in JPEG_TEXT_SEGMENTS:
            kept.append(jpeg[place:end])
        place = end
    return b"".join([*kept, jpeg[place:]])


def _get(item: Any, key: str) -> Any:
    return item.get(key) if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) else None


def main() -> int:
    """Standard input to standard output; the exit code tells what was wrong."""
    with contextlib.suppress(ValueError, OSError):  # macOS has no limit on memory
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        cleaned = clean(sys.stdin.buffer.read())
    except pikepdf.PasswordError:
        return PROTECTED
    except (pikepdf.PdfError, MemoryError, RuntimeError, ValueError, TypeError, KeyError):
        return DAMAGED
    sys.stdout.buffer.write(cleaned)
    return 0


if __name__ == "__main__":
    sys.exit(main())
