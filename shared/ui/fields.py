"""Fields that accept what people write and give back one notation."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.ui import notations
from shared.ui.widgets import SplitDateWidget

# Slips of the finger that cost a resident every message.
MAIL_SLIPS = {
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gmail.nl": "gmail.com",
    "gmail.con": "gmail.com",
    "hotmial.com": "hotmail.com",
    "hotmai.com": "hotmail.com",
    "hotmail.con": "hotmail.com",
    "outlok.com": "outlook.com",
    "zigo.nl": "ziggo.nl",
    "zigggo.nl": "ziggo.nl",
    "kpnmial.nl": "kpnmail.nl",
    "live.ml": "live.nl",
}


class PostcodeField(forms.CharField):
    """A Dutch postcode in any notation; gives back `3342 AC`."""

    # What the text was decides whether it is a postcode: a line end in the middle is not a space.
    normalise = False
    default_error_messages = {
        "required": gettext_lazy("Vul uw postcode in"),
        "invalid": gettext_lazy("Vul een postcode in met vier cijfers en twee letters, zoals 3342 AC"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Postcode"))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "postal-code")
        self.widget.attrs.setdefault("spellcheck", "false")
        self.widget.attrs.setdefault("class", "portal-width-8")

    def to_python(self, value: Any) -> str:
        """Read the postcode, or say how one looks."""
        text = super().to_python(value) or ""
        if not text:
            return ""
        postcode = notations.read_postcode(text)
        if postcode is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return postcode


class HouseNumberField(forms.CharField):
    """A house number with letter and addition in one box; gives back a `HouseNumber`, or None when empty."""

    default_error_messages = {
        "required": gettext_lazy("Vul uw huisnummer in"),
        "invalid": gettext_lazy("Vul een huisnummer in, zoals 12, 12 A of 12-2"),
        "ambiguous": gettext_lazy("Vul één huisnummer in, zoals 12, 12 A of 12-2"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Huisnummer"))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("class", "portal-width-8")
        self.widget.attrs.setdefault("spellcheck", "false")

    def clean(self, value: Any) -> Any:
        """Split the number, or ask which one is meant."""
        text: str = super().clean(value)
        if not text:
            return None
        try:
            number = notations.read_house_number(text)
        except notations.Ambiguous as error:
            raise ValidationError(self.error_messages["ambiguous"], code="ambiguous") from error
        if number is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class SplitDateField(forms.Field):
    """A date in three boxes; a whole date pasted in the first one is understood as well. Gives back a date or None."""

    widget = SplitDateWidget
    default_error_messages = {
        "invalid": gettext_lazy("Vul een dag, een maand en een jaar in, zoals 28 maart 2026"),
        "day": gettext_lazy("Vul ook de dag in"),
        "month": gettext_lazy("Vul ook de maand in"),
        "year": gettext_lazy("Vul ook het jaar in, met vier cijfers"),
        "unknown": gettext_lazy("Deze datum bestaat niet. Kijk de dag en de maand na"),
    }

    def to_python(self, value: Any) -> date | None:
        """Read the three boxes, or say which one is missing."""
        if value is None or isinstance(value, date):
            return value
        day, month, year = value
        if not any(value):
            return None
        if day and not month and not year and (whole := notations.read_date(day)):
            return whole
        for code, part in (("day", day), ("month", month), ("year", year)):
            if not part:
                raise ValidationError(self.error_messages[code], code=code)
        # Nobody's plan is of another century: 27 is 2027.
        full_year = f"20{year}" if len(year) == 2 and year.isdecimal() else year
        found = notations.exact_date(day, month, full_year)
        if found is None:
            readable = day.isdecimal() and notations.read_month(month) and year.isdecimal() and len(full_year) == 4
            code = "unknown" if readable else "invalid"
            raise ValidationError(self.error_messages[code], code=code)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare dates, not the way they were written."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class TimeField(forms.CharField):
    """A time on the clock in any notation; gives back a `time`, or None when empty."""

    default_error_messages = {"invalid": gettext_lazy("Vul een tijd in, zoals 19:30")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("class", "portal-width-8")
        self.widget.attrs.setdefault("autocomplete", "off")

    def clean(self, value: Any) -> Any:
        """Read the time, or show how one looks."""
        text: str = super().clean(value)
        if not text:
            return None
        found = notations.read_time(text)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show a time as it is written here; what was typed stays."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


class EuroField(forms.CharField):
    """An amount in euros in Dutch notation; gives back a Decimal, or None when empty."""

    # What every column for amounts can hold.
    largest = Decimal("99999999.99")

    default_error_messages = {
        "invalid": gettext_lazy("Vul een bedrag in met cijfers, zoals 750 of 1.250,50"),
        "negative": gettext_lazy("Vul een bedrag in van € 0 of meer"),
    }

    def __init__(self, *, min_value: Decimal | None = None, max_value: Decimal | None = None, **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, self.largest if max_value is None else max_value
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("class", "portal-width-10 portal-euro")

    def clean(self, value: Any) -> Any:
        """Read the amount, and say in euros when it is too much."""
        text: str = super().clean(value)
        if not text:
            return None
        if text.lstrip("€ ").startswith("-"):
            raise ValidationError(self.error_messages["negative"], code="negative")
        amount = notations.read_euro(text)
        if amount is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        self._check_bounds(amount)
        return amount

    def _check_bounds(self, amount: Decimal) -> None:
        if amount > self.max_value:
            text = self.error_messages.get("max_value") or _("Het bedrag moet %(limit)s of minder zijn")
            raise ValidationError(text, code="max_value", params={"limit": notations.euro_text(self.max_value)})
        if self.min_value is not None and amount < self.min_value:
            text = self.error_messages.get("min_value") or _("Het bedrag moet %(limit)s of meer zijn")
            raise ValidationError(text, code="min_value", params={"limit": notations.euro_text(self.min_value)})

    def prepare_value(self, value: Any) -> Any:
        """Show an amount as it is written here; what was typed stays."""
        return notations.euro_text(value).lstrip("€\u00a0") if isinstance(value, Decimal) else value


class PhoneField(forms.CharField):
    """A phone number in any notation; gives back E.164, or the short number 14 078 as it is dialled."""

    default_error_messages = {
        "required": gettext_lazy("Vul uw telefoonnummer in"),
        "invalid": gettext_lazy("Vul een telefoonnummer in, zoals 06 12345678 of 078 123 45 67"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Telefoonnummer"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel"}))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "tel")
        self.widget.attrs.setdefault("class", "portal-width-16")

    def to_python(self, value: Any) -> str:
        """Read the number, or show how one looks."""
        text = super().to_python(value) or ""
        if not text:
            return ""
        number = notations.read_phone(text)
        if number is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number as it is written here; what was typed stays."""
        return notations.phone_text(value) if isinstance(value, str) and value.startswith("+") else value


class EmailField(forms.EmailField):
    """An e-mail address; the domain in lower case, as two spellings of one address are one person."""

    default_error_messages = {
        "required": gettext_lazy("Vul uw e-mailadres in"),
        "invalid": gettext_lazy("Vul een e-mailadres in zoals naam@voorbeeld.nl"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("E-mailadres"))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "email")
        self.widget.attrs.setdefault("spellcheck", "false")
        self.widget.attrs.setdefault("autocapitalize", "none")

    def to_python(self, value: Any) -> str:
        """Drop what comes along when an address is copied from a mail program."""
        text = (super().to_python(value) or "").removeprefix("mailto:").strip("<> ")
        name, at, domain = text.rpartition("@")
        return f"{name}{at}{domain.lower().rstrip('.')}" if at else text


def mail_slip(email: str) -> str:
    """The address that was probably meant ("…@gmial.com"), to ask about; empty when nothing looks wrong."""
    name, _at, domain = email.rpartition("@")
    return f"{name}@{MAIL_SLIPS[domain]}" if domain in MAIL_SLIPS else ""
