"""Cost lines: rows of a word and an amount, with a running total; adding and removing rows works without a script."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.ui import notations
from shared.ui.text import one_line

# The inputs of all rows have the same two names.
WHAT, AMOUNT = "costs-what", "costs-amount"
FIRST_ROWS = 3
MOST_ROWS = 30
LONGEST_WORD = 120
LARGEST = Decimal("9999999.99")

Row = tuple[str, str]


class CostsInput(forms.Widget):
    """Two text inputs a row, a button to remove it, one to add another, and the total so far."""

    template_name = "subsidies/widgets/costs.html"
    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> list[Row]:
        """The rows as typed, the empty ones too."""
        words, amounts = _all(data, WHAT), _all(data, AMOUNT)
        return [(one_line(what), one_line(amount)) for what, amount in zip(words, amounts, strict=False)][:MOST_ROWS]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        """Whether the form said nothing about costs."""
        return WHAT not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The rows, and what they add up to as far as they can be read."""
        context = super().get_context(name, value, attrs)
        rows = list(value or [])
        context["widget"]["rows"] = rows or [("", "")] * FIRST_ROWS
        context["widget"]["total"] = total(rows)
        context["widget"]["full"] = len(rows) >= MOST_ROWS
        return context

    def id_for_label(self, id_: str) -> str:
        """The rows have labels of their own."""
        return ""


class CostsField(forms.Field):
    """What each thing costs; gives a tuple of (word, amount). Rows that were left empty do not count."""

    widget = CostsInput
    default_error_messages = {"required": gettext_lazy("Vul in wat het kost: minstens één regel met een bedrag")}

    def to_python(self, value: Any) -> tuple[tuple[str, Decimal], ...]:
        """Read each row, or say which one is not finished."""
        rows = [(what, amount) for what, amount in value or [] if what or amount]
        errors = [error for what, amount in rows if (error := _wrong(what, amount))]
        if errors:
            raise ValidationError(errors)
        return tuple((what, _read(amount)) for what, amount in rows)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether there is anything in a row."""
        return any(what or amount for what, amount in data or [])


def total(rows: Iterable[Row]) -> Decimal:
    """What the rows add up to; an amount that cannot be read does not count yet."""
    return sum((notations.read_euro(amount) or Decimal(0) for _what, amount in rows), Decimal(0))


def changed(rows: list[Row], button: str) -> list[Row]:
    """The rows after a press on "add a row" or "remove row 2"."""
    if button == "add_row":
        return [*rows, ("", "")][:MOST_ROWS]
    number = button.removeprefix("remove_row_")
    left = [row for place, row in enumerate(rows) if str(place) != number]
    return left or [("", "")]


def _wrong(what: str, amount: str) -> str:
    values = {"what": what, "amount": amount}
    if not amount:
        return _("Vul bij “%(what)s” een bedrag in") % values
    if not what:
        return _("Schrijf op waarvoor %(amount)s is") % values
    if len(what) > LONGEST_WORD:
        return _("Maak “%(what)s” korter: hooguit %(most)d tekens") % {**values, "most": LONGEST_WORD}
    read = notations.read_euro(amount)
    if read is None or not 0 < read <= LARGEST:
        return _("Vul bij “%(what)s” een bedrag in met cijfers, zoals 75 of 1.250,50") % values
    return ""


def _read(amount: str) -> Decimal:
    return notations.read_euro(amount) or Decimal(0)


def _all(data: Mapping[str, Any], name: str) -> list[str]:
    return data.getlist(name) if isinstance(data, MultiValueDict) else list(data.get(name, ()))
