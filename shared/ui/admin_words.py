"""Error texts of the admin's own forms: they say what to do, as those of the portal's forms do."""

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.utils.translation import gettext as _

from shared.ui.forms import default_texts


class WordedForm(forms.BaseForm):
    """Mixin for a form of the admin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label = str(field.label or name)
            # The names of columns are no questions: in a sentence they need their quotes.
            field.error_messages.update(default_texts(label, field, {}, fill_in=_("Vul “%(label)s” in")))


def reword(model_admin: ModelAdmin[Any]) -> None:
    """Let the forms of this admin use those words, those for rows below a record included."""
    for owner in [model_admin, *model_admin.inlines]:
        if not issubclass(owner.form, WordedForm):
            owner.form = type(f"Worded{owner.form.__name__}", (WordedForm, owner.form), {})
