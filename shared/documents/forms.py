"""The form field for photos and documents: what was received stays received when something else is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from shared import links
from shared.documents import intake, refusals
from shared.documents.models import StoredFile

PURPOSE = "documents.kept"


def token(stored: StoredFile) -> str:
    """Proof that this person sent the file before; it stands in the form as a hidden input."""
    return links.sign(PURPOSE, id=stored.pk.hex, name=stored.original_name)


def ids_in(tokens: Iterable[str]) -> list[UUID]:
    """The files that these tokens stand for."""
    return [kept.id for text in tokens if (kept := _read(text))]


@dataclass(frozen=True)
class Kept:
    """A file that a form says it sent before."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Sent:
    """What came with a form: new files, and those from before without the ones that were ticked away."""

    uploads: Sequence[UploadedFile] = ()
    kept: Sequence[Kept] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.uploads or self.kept)


class FilesInput(forms.FileInput):
    """A plain file input for several files, below a list of what was received before."""

    template_name = "documents/files_input.html"
    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"multiple": True, "accept": intake.ACCEPT, "data-max-bytes": intake.MAX_BYTES} | (attrs or {})
        )

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Sent:
        """New files and signed mentions of earlier ones; what we did not sign does not count."""
        removed = set(_all(data, f"{name}-remove"))
        kept = [found for text in _all(data, f"{name}-kept") if (found := _read(text)) and found.id.hex not in removed]
        return Sent(uploads=_all(files, name), kept=kept)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        """Whether the form said nothing about files."""
        return name not in files and f"{name}-kept" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The input, and the files that are kept."""
        context = super().get_context(name, None, attrs)
        context["widget"]["kept"] = [
            {
                "id": stored.pk.hex,
                "name": stored.original_name,
                "size": filesizeformat(stored.size),
                "token": token(stored),
            }
            for stored in value or ()
        ]
        return context


class HiddenFilesInput(FilesInput):
    """The kept files only, for a page that checks the answers."""

    template_name = "documents/hidden_files.html"
    input_type = "hidden"


class FilesField(forms.FileField):
    """Several photos or documents, or only photos (`photos_only`); gives a list of StoredFile.

    Each file is cleaned and kept for a while as soon as it is received; `form["files"].value()` gives what is kept,
    also when the form has errors. The workflow that takes the files marks them.
    """

    widget = FilesInput
    hidden_widget = HiddenFilesInput
    default_error_messages = {"required": _("Kies een foto of bestand.")}

    def __init__(self, *, max_files: int = 5, photos_only: bool = False, **kwargs: Any) -> None:
        self.max_files, self.photos_only = max_files, photos_only
        self.received: list[StoredFile] | None = None
        kwargs.setdefault(
            "help_text",
            _("JPG, PNG, HEIC, WEBP of PDF, elk 10 MB of minder. De plaats waar u een foto maakte, halen wij eruit."),
        )
        super().__init__(**kwargs)
        if photos_only:
            self.widget.attrs["accept"] = intake.ACCEPT_PHOTOS

    def clean(self, data: Sent | None, initial: Iterable[StoredFile] | None = None) -> list[StoredFile]:
        """Keep what is good, and say of every other file what is wrong with it."""
        sent = data or Sent()
        known = _found(sent.kept, initial or ())
        self.received = [stored for stored in known.values() if stored.is_image or not self.photos_only]
        errors = [str(refusals.gone(kept.name)) for kept in sent.kept if kept.id not in known]
        room = max(0, self.max_files - len(self.received))
        for upload in sent.uploads[:room]:
            try:
                clean = intake.accept(upload, photos_only=self.photos_only)
            except intake.UploadRefused as refused:
                errors.append(str(refused))
                continue
            # A form that is sent again brings its files again.
            if clean.sha256 not in {stored.sha256 for stored in self.received}:
                self.received.append(intake.keep(clean))
        if left_out := [intake.tidy_name(upload.name or "") for upload in sent.uploads[room:]]:
            errors.append(str(refusals.too_many(left_out, self.max_files)))
        if not errors and self.required and not self.received:
            errors.append(self.error_messages["required"])
        if errors:
            raise forms.ValidationError(errors)
        return self.received

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the form shows: after cleaning, all that is kept."""
        return data if self.received is None else self.received

    def prepare_value(self, value: Any) -> list[StoredFile]:
        """Files to list above the input."""
        return list(_found(value.kept, ()).values()) if isinstance(value, Sent) else list(value or ())

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other files are meant than before."""
        before = {stored.pk for stored in initial or ()}
        return bool(data.uploads) or {kept.id for kept in data.kept} != before


def _all(data: Mapping[str, Any], name: str) -> list[Any]:
    return data.getlist(name) if isinstance(data, MultiValueDict) else list(data.get(name, ()))


def _read(text: str) -> Kept | None:
    try:
        values = links.read(PURPOSE, text)
    except links.LinkInvalid:
        return None
    return Kept(id=UUID(values["id"]), name=values["name"])


def _found(kept: Iterable[Kept], initial: Iterable[StoredFile]) -> dict[UUID, StoredFile]:
    """The files that are still there for this form, in its order: loose ones, and those it was opened with."""
    ids = [item.id for item in kept]
    if not ids:
        return {}
    own = {stored.pk for stored in initial}
    files = StoredFile.objects.in_bulk(ids)
    return {pk: files[pk] for pk in ids if pk in files and (pk in own or files[pk].kept_until is not None)}
