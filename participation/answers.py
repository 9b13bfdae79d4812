"""How the answers of a check read back: on the file, in an export, on paper."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from participation.enums import Impact
from participation.models import ParticipationCheck
from participation.questions import CHAPTERS, is_answered, label_of
from shared.ui.notations import euro_text


@dataclass(frozen=True)
class Answered:
    """A chapter with the answers that were given."""

    title: str | Promise
    answers: list[tuple[str, str]]


def answered(check: ParticipationCheck) -> list[Answered]:
    """The chapters that hold an answer."""
    chapters = [
        Answered(
            chapter.title, [(label_of(name), in_words(check, name)) for name in chapter.fields if shown(check, name)]
        )
        for chapter in CHAPTERS
    ]
    return [chapter for chapter in chapters if chapter.answers]


def shown(check: ParticipationCheck, name: str) -> bool:
    """A tick that was not set says nothing."""
    value = getattr(check, name)
    field: Any = check._meta.get_field(name)
    return is_answered(check, name) and not (value is False and not field.null)


def in_words(check: ParticipationCheck, name: str) -> str:
    """One answer as a person reads it."""
    value = getattr(check, name)
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, Decimal):
        return euro_text(value)
    if name == "impact":
        return str(Impact(value).label)
    display = getattr(check, f"get_{name}_display", None)
    return str(display() if display else value)
