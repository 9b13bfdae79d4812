"""Taking personal data out: every text that people typed, to be written without persons."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.forms.together import NO_PERSONS, StepForm, WithoutPersons
from partners.models import Listing
from partners.workflow.private_words import WORDS
from shared.lifecycle import Lifecycle

# These are never empty.
NEEDED = ("title", "goal")


class TakeOutForm(WithoutPersons, StepForm):
    """The words of a signal, action, finding, listing or result as they stand, to be changed."""

    submit_label = gettext_lazy("Bewaren en kopieën wissen")
    checked: ClassVar[tuple[str, ...]] = tuple(dict.fromkeys(name for names in WORDS.values() for name in names))

    def __init__(self, *args: Any, thing: Lifecycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [name for name in _own_words(thing) if getattr(thing, name)]
        for name in self.asked:
            self.fields[name] = _field(thing, name)
            self.prepare(name, self.fields[name])
            self.initial[name] = getattr(thing, name)

    def words(self) -> dict[str, str]:
        """What stands there from now on."""
        return {name: self.cleaned_data[name] for name in self.asked}


def _own_words(thing: Lifecycle) -> tuple[str, ...]:
    """A need of a plan is called after that plan: its title changes there, and the list follows."""
    names = WORDS[type(thing)]
    is_called_after_plan = isinstance(thing, Listing) and thing.initiative_id and not thing.is_offer
    return tuple(name for name in names if name != "title") if is_called_after_plan else names


def _field(thing: Lifecycle, name: str) -> forms.CharField:
    column: Any = thing._meta.get_field(name)
    is_long = isinstance(column, models.TextField)
    label = str(column.verbose_name).capitalize()
    return forms.CharField(
        label=label,
        error_messages={"required": _("Laat “%(label)s” niet leeg") % {"label": label}},
        max_length=column.max_length,
        # What the database holds to be said stays said.
        required=name in NEEDED or not column.blank or getattr(thing, "closed_at", None) is not None,
        help_text=NO_PERSONS if is_long else "",
        widget=forms.Textarea(attrs={"rows": 4}) if is_long else forms.TextInput,
    )
