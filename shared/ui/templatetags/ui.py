"""Tags and filters that every template has without loading them."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from shared.terms.calendar import days_left_in_words, today
from shared.ui import notations

register = template.Library()


@register.simple_tag
def crumb(label: str, url: str = "") -> SafeString:
    """One step of the breadcrumb; without an address it is the page itself."""
    if url:
        return format_html(
            '<li class="utrecht-breadcrumb-nav__item"><a class="utrecht-breadcrumb-nav__link" href="{}">{}</a></li>',
            url,
            label,
        )
    return format_html(
        '<li class="utrecht-breadcrumb-nav__item">'
        '<span class="utrecht-breadcrumb-nav__link utrecht-breadcrumb-nav__link--current" aria-current="page">{}</span>'
        "</li>",
        label,
    )


@register.filter
def euro(amount: Decimal | float | None) -> str:
    """€ 1.250,00, in every language of the portal."""
    return "" if amount is None else notations.euro_text(Decimal(amount))


@register.filter
def number(value: float | None) -> str:
    """12.345 in Dutch, 12,345 in English."""
    return "" if value is None else number_format(value, force_grouping=True)


@register.filter
def phone(number: str) -> str:
    """A stored phone number as the Dutch write it: 06 12345678."""
    return notations.phone_text(number) if number else ""


@register.filter
def day(value: date | datetime | None) -> str:
    """dinsdag 7 april 2026."""
    return "" if value is None else _in_words(_day_of(value), get_language())


@lru_cache(maxsize=2_000)
def _in_words(day: date, language: str | None) -> str:
    # Pages name the same days again and again, and Django's own formatting takes its time.
    return format_date(day, "l j F Y")


@register.filter
def until_words(value: date | None) -> str:
    """vandaag, nog 2 dagen, 3 dagen te laat."""
    return "" if value is None else days_left_in_words(value, today())


@register.filter
def clock(value: datetime | None) -> str:
    """14:32, in the time of the Netherlands."""
    return "" if value is None else format_date(_local(value), "H:i")


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], results: str = "") -> dict[str, Any]:
    """Links to the other pages of a list that keep every filter, and lead to `results` (an id) below it."""
    query = context["request"].GET.copy()
    anchor = f"#{results}" if results else ""
    return {"page": page, "anchor": anchor, "numbers": list(_numbered(page, query)), **_relative(page, query)}


def _numbered(page: Page[Any], query: QueryDict) -> Iterator[tuple[str, str, bool]]:
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        is_page = isinstance(number, int)
        yield str(number), _address(query, number) if is_page else "", number == page.number


def _relative(page: Page[Any], query: QueryDict) -> dict[str, str]:
    return {
        "previous_url": _address(query, page.previous_page_number()) if page.has_previous() else "",
        "next_url": _address(query, page.next_page_number()) if page.has_next() else "",
    }


def _address(query: QueryDict, number: int | str) -> str:
    query["pagina"] = str(number)
    return "?" + query.urlencode()


def _day_of(value: date | datetime) -> date:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
