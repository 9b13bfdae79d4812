"""How plans look in a list: every string prepared once from plain values, so that a page of cards renders fast."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

from initiatives.enums import OPEN_TO_NEIGHBOURS, PUBLIC_LABELS
from initiatives.querysets import InitiativeQuerySet

# What a card needs of a plan; the names of theme and wijk come along in the same query.
COLUMNS = (
    "reference",
    "public_title",
    "status",
    "published_at",
    "joiners_count",
    "supporters_count",
    "cover_id",
    "cover__alt_text",
    "theme__name",
    "theme__name_en",
    "wijk__short_name",
)


@dataclass(frozen=True, slots=True)
class Card:
    """A plan in a list; `photo_url` is empty without a photo."""

    url: str
    title: str
    area: str
    theme: str
    status: str
    status_label: str
    date: str
    people: str
    photo_url: str
    photo_alt: str


def cards(initiatives: InitiativeQuerySet) -> list[Card]:
    """The cards of published plans, in the order of the query; one query."""
    return list(_cards(initiatives.values(*COLUMNS)))


def how_many(number: int) -> str:
    """3 initiatieven."""
    return ngettext("%d initiatief", "%d initiatieven", number) % number


def _cards(rows: Iterable[dict[str, Any]]) -> Iterable[Card]:
    theme_name = "theme__name_en" if get_language() == "en" else "theme__name"
    labels = {status.value: str(label) for status, label in PUBLIC_LABELS.items()}
    # One address is worked out by Django's resolver; the others differ only in the number.
    pattern = reverse("initiatives:detail", args=["0000-00000"])
    for row in rows:
        url = pattern.replace("0000-00000", row["reference"])
        yield Card(
            url=url,
            title=row["public_title"],
            area=row["wijk__short_name"],
            theme=row[theme_name],
            status=row["status"],
            status_label=labels[row["status"]],
            date=format_date(localtime(row["published_at"]), "j F Y"),
            people=_people(row["joiners_count"], row["supporters_count"], is_open=row["status"] in OPEN_TO_NEIGHBOURS),
            photo_url=f"{url}foto/{row['cover_id']}/klein/" if row["cover_id"] else "",
            photo_alt=row["cover__alt_text"] or "",
        )


def _people(joiners: int, supporters: int, *, is_open: bool) -> str:
    parts = []
    if joiners:
        parts.append(ngettext("%d buur doet mee", "%d buren doen mee", joiners) % joiners)
    if supporters:
        parts.append(ngettext("%d steunt dit", "%d steunen dit", supporters) % supporters)
    if not parts and is_open:
        return gettext("Wees de eerste die meedoet")
    return " · ".join(parts)
