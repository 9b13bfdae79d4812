"""Read postcodes, house numbers, amounts, dates and phone numbers in every notation people use; write them in one."""

import re
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

import phonenumbers

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            ("januari", "jan", "january"),
            ("februari", "feb", "february"),
            ("maart", "mrt", "mar", "march"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("augustus", "aug", "august"),
            ("september", "sep", "sept"),
            ("oktober", "okt", "oct", "october"),
            ("november", "nov"),
            ("december", "dec"),
        ],
        start=1,
    )
    for name in names
}

# The Dutch post never gave out SA, SD and SS. Only ASCII: look-alikes from other alphabets are typos.
_POSTCODE = re.compile(r"([1-9][0-9]{3})[ \u00a0-]*(?!SA|SD|SS)([A-Z]{2})")
_HOUSE_NUMBER = re.compile(r"([1-9][0-9]{0,4})((?:[ -]?[A-Za-z0-9]+)*)")
_AMOUNT = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+)"
    r"(?:,(?:-{1,2}|(?P<cents>[0-9]{2}))|\.(?P<dotted>[0-9]{2}))?"
)
_DUTCH_DATE = re.compile(r"([0-9]{1,2})(?: ?- ?| )([0-9]{1,2}|[a-z]+)\.?(?: ?- ?| )([0-9]{4})")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]) ?(?:[:.u] ?([0-5][0-9])?)? ?(?:uur|u|h)?")
_SHORT_PHONE = re.compile(r"14 ?(0[0-9]{2,3})")


class HouseNumber(NamedTuple):
    """A house number as the address register splits it."""

    number: int
    letter: str = ""
    addition: str = ""

    def __str__(self) -> str:
        return f"{self.number}{self.letter}" + (f"-{self.addition}" if self.addition else "")


class Ambiguous(ValueError):
    """The notation can mean more than one thing: the person has to say which."""


def read_postcode(text: str) -> str | None:
    """Give back `3342 AC`, or None when it is not a Dutch postcode."""
    match = _POSTCODE.fullmatch(text.strip(" \u00a0").upper())
    return f"{match[1]} {match[2]}" if match else None


def read_house_number(text: str) -> HouseNumber | None:
    """Split a house number; None when it is not one.

    Raises:
        Ambiguous: a range ("12-14") or more additions than an address has ("12bis A").
    """
    match = _HOUSE_NUMBER.fullmatch(text.strip(" \u00a0"))
    if not match:
        return None
    number = int(match[1])
    letter, addition = _split_suffix(match[2].strip(" -"))
    if len(addition) > 4:
        return None
    if addition.isdigit() and not letter and int(addition) > number:
        raise Ambiguous(text)
    return HouseNumber(number, letter, addition)


def _split_suffix(suffix: str) -> tuple[str, str]:
    parts = re.split(r"[ -]", suffix) if suffix else []
    if parts and (glued := re.fullmatch(r"([A-Za-z])([0-9]{1,4})?", parts[0])):
        letter = glued[1].upper()
        rest = [*filter(None, [glued[2]]), *parts[1:]]
    else:
        letter, rest = "", parts
    if len(rest) > 1:
        raise Ambiguous(suffix)
    return letter, rest[0] if rest else ""


def read_euro(text: str) -> Decimal | None:
    """An amount of zero or more, to the cent; None when it is not one or can mean two things ("12.5", "1,000")."""
    plain = text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    plain = re.sub(r"^(€|EUR|euro)\s*|\s*(€|EUR|euro)$", "", plain, flags=re.IGNORECASE)
    match = _AMOUNT.fullmatch(plain)
    if not match:
        return None
    whole = re.sub(r"[. ]", "", match["whole"])
    return Decimal(f"{whole}.{match['cents'] or match['dotted'] or '00'}")


def euro_text(amount: Decimal) -> str:
    """€ 1.250,00, with a space that does not break."""
    digits = f"{abs(amount):,.2f}".replace(",", "\n").replace(".", ",").replace("\n", ".")
    return f"€\u00a0{'-' if amount < 0 else ''}{digits}"


def read_month(text: str) -> int | None:
    """A month by number or by (shortened) Dutch or English name."""
    plain = text.strip().lower().rstrip(".")
    if plain in MONTHS:
        return MONTHS[plain]
    return int(plain) if re.fullmatch(r"0?[1-9]|1[0-2]", plain) else None


def read_date(text: str) -> date | None:
    """A whole date: 28-3-2026, 28 maart 2026 or 2026-03-28. With slashes nobody knows which is the month."""
    plain = " ".join(text.lower().split())
    if match := _ISO_DATE.fullmatch(plain):
        return exact_date(match[3], match[2], match[1])
    if match := _DUTCH_DATE.fullmatch(plain):
        return exact_date(match[1], match[2], match[3])
    return None


def exact_date(day: str, month: str, year: str) -> date | None:
    """The day that these three texts name, or None when the calendar has no such day."""
    month_number = read_month(month)
    if month_number is None or not re.fullmatch(r"[0-9]{1,2} [0-9]{4}", f"{day.strip()} {year.strip()}"):
        return None
    try:
        return date(int(year), month_number, int(day))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """A time on the clock: 19:30, 19.30, 19u30, 1930, 19 uur. None when it is not one."""
    plain = " ".join(text.lower().replace("\u00a0", " ").split())
    if re.fullmatch(r"[0-9]{4}", plain):
        plain = f"{plain[:2]}:{plain[2:]}"
    match = _TIME.fullmatch(plain)
    return time(int(match[1]), int(match[2] or 0)) if match else None


def read_phone(text: str) -> str | None:
    """E.164 (+31612345678), or the short number of a municipality (14 078) as it is dialled."""
    plain = " ".join(text.replace("\u00a0", " ").split())
    if match := _SHORT_PHONE.fullmatch(plain):
        return f"14 {match[1]}"
    try:
        number = phonenumbers.parse(plain, "NL")
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_text(stored: str) -> str:
    """A stored number as people here write it: 06 12345678; from abroad with its country: +32 470 12 34 56."""
    try:
        number = phonenumbers.parse(stored, "NL")
    except phonenumbers.NumberParseException:
        return stored
    if not phonenumbers.is_valid_number(number) or _SHORT_PHONE.fullmatch(stored):
        return stored
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, style.NATIONAL if number.country_code == 31 else style.INTERNATIONAL)
