"""Rows of questions in one form: groups, moments and phases. An empty row does not count; all works without script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise


@dataclass(frozen=True)
class Rows:
    """`names` are the fields of a row; a row counts when `key` is filled in, and `most` is how many there can be."""

    prefix: str
    title: str | Promise
    fields: Mapping[str, forms.Field]
    key: str
    most: int
    explains: str | Promise = ""
    needs_key: str | Promise = ""
    # How one row is called, with its number.
    one: str | Promise = ""
    # In the order in which they are shown; all fields when nothing is said.
    names: Sequence[str] = field(default_factory=tuple)

    def name(self, number: int, part: str) -> str:
        """The name of one field of one row."""
        return f"{self.prefix}{number}_{part}"

    def add_to(self, form: Any, initial: Sequence[Mapping[str, Any]]) -> None:
        """Put the questions of all rows in the form, with what is known."""
        for number in range(self.most):
            known = initial[number] if number < len(initial) else {}
            for part, question in self.fields.items():
                name = self.name(number, part)
                form.fields[name] = _copy(question)
                form.prepare(name, form.fields[name])
                if part in known:
                    form.initial.setdefault(name, known[part])

    def read(self, form: Any) -> list[dict[str, Any]]:
        """The rows that were filled in; a row with other answers and no key is an error of that row."""
        found = []
        for number in range(self.most):
            answers = {part: form.cleaned_data.get(self.name(number, part)) for part in self.fields}
            if answers[self.key]:
                found.append({part: answer for part, answer in answers.items() if answer is not None})
            elif self._is_begun(form, number, answers):
                form.add_error(self.name(number, self.key), ValidationError(str(self.needs_key)))
        return found

    def shown(self, form: Any) -> list[dict[str, Any]]:
        """The rows for the page: those that are filled in and one more stand open, the others fold out."""
        rows = []
        for number in range(self.most):
            bound = [form[self.name(number, part)] for part in self.fields]
            used = any(field.value() for field in bound if field.name.endswith(f"_{self.key}")) or any(
                field.errors for field in bound
            )
            rows.append({"title": str(self.one) % {"n": number + 1}, "fields": bound, "open": used or number == 0})
        return rows

    def _is_begun(self, form: Any, number: int, answers: Mapping[str, Any]) -> bool:
        begun = (part for part, answer in answers.items() if answer and self._typed(form, number, part))
        return any(begun)

    def _typed(self, form: Any, number: int, part: str) -> bool:
        # A choice that stands there already says nothing.
        return not isinstance(self.fields[part], forms.ChoiceField)


def _copy(question: forms.Field) -> forms.Field:
    return question.__deepcopy__({})
