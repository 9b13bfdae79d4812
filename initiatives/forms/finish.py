"""The result of a plan, with photos that everybody may see."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.enums import AnswerKind
from initiatives.forms.steps import StepForm, alt_name, long_text
from shared.documents.forms import FilesField
from shared.documents.models import StoredFile

LONGEST_ALT = 200


class FinishForm(StepForm):
    """What became of the plan. A photo is asked about as soon as it has been received."""

    texts_for = AnswerKind.FINISH
    text = long_text(gettext_lazy("Wat is het resultaat?"))
    files = FilesField(label=gettext_lazy("Foto's van het resultaat"), required=False, max_files=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.photos: list[tuple[StoredFile, str]] = []

    def clean_files(self) -> list[StoredFile]:
        """Only what can be shown."""
        files: list[StoredFile] = self.cleaned_data["files"]
        for file in files:
            if not file.is_image:
                raise ValidationError(_("Kies alleen foto's. “%(name)s” is een document.") % {"name": file})
        return files

    def clean(self) -> dict[str, Any]:
        """Each photo is described."""
        cleaned = super().clean() or self.cleaned_data
        for file in cleaned.get("files") or ():
            name = self._ask_what_there_is_to_see(file)
            words = " ".join(str(self.data.get(name, "")).split())
            if not words:
                self.add_error(name, _("Beschrijf wat er te zien is op “%(name)s”") % {"name": file})
            elif len(words) > LONGEST_ALT:
                self.add_error(name, _("Beschrijf de foto in hooguit %(n)d tekens") % {"n": LONGEST_ALT})
            else:
                self.photos.append((file, words))
        return cleaned

    def _ask_what_there_is_to_see(self, file: StoredFile) -> str:
        name = alt_name(file.pk.hex)
        field = forms.CharField(
            label=_("Wat is er te zien op “%(name)s”?") % {"name": file},
            help_text=_("Voor mensen die de foto niet kunnen zien."),
        )
        self.fields[name] = field
        self.prepare(name, field)
        return name
