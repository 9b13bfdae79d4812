"""Signals counted by theme, wijk and who noticed.

A theme in a buurt can point at a door: who does not read the signals, such as the council, gets no small numbers.
"""

from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.enums.signals import SignalSource, SignalStatus
from partners.models import Partner, Signal
from partners.policies.together import readable_wijken_of
from partners.querysets.signals import SignalQuerySet
from shared.accounts.models import User
from shared.reports import registry
from shared.reports.columns import Column, Filters, Kind, Report
from shared.reports.tables import Cell, Table, shown
from shared.themes.models import Theme
from shared.wijken.models import Wijk

T = gettext_lazy


def read_filters(query: QueryDict) -> Filters:
    """Wijk (slug), year and status."""
    given = {name: query.get(name, "").strip() for name in ("wijk", "jaar", "status")}
    return {name: value for name, value in given.items() if value}


def filtered(signals: SignalQuerySet, filters: Filters) -> SignalQuerySet:
    """What the filters leave; one that means nothing leaves nothing."""
    if wijk := filters.get("wijk"):
        signals = signals.filter(wijk__slug=wijk)
    if year := filters.get("jaar"):
        signals = signals.filter(noted_at__year=int(year)) if year.isdecimal() and len(year) == 4 else signals.none()
    if status := filters.get("status"):
        signals = signals.filter(status=status)
    return signals


def may_export(user: User) -> bool:
    """Who works with them; the council gets counts only."""
    return readable_wijken_of(user).exists()


def exportable(user: User, filters: Filters) -> SignalQuerySet:
    """Those of one's own wijken."""
    return filtered(Signal.objects.within(readable_wijken_of(user)), filters).order_by("-noted_at", "-pk")


SIGNALS = registry.register(
    Report(
        name="signalen",
        title=T("Signalen"),
        model=Signal,
        rows=exportable,
        read_filters=read_filters,
        may_export=may_export,
        personal_scope=lambda user: None,
        columns=(
            Column("wijk_code", T("Wijkcode"), "wijk__code"),
            Column("wijk", T("Wijk"), "wijk__short_name"),
            Column("buurt", T("Buurt"), "buurt__name"),
            Column("place", T("Straat of plek")),
            Column("theme", T("Thema"), "theme__name"),
            Column("title", T("Wat valt op")),
            Column("text", T("Toelichting")),
            Column("source", T("Gemeld door"), labels=dict(SignalSource.choices)),
            Column("partner", T("Wijkpartner"), "partner__name"),
            Column("noted_at", T("Gemeld op"), kind=Kind.DATETIME),
            Column("status", T("Status"), labels=dict(SignalStatus.choices)),
            Column("action", T("Gezamenlijke actie"), "action__title"),
            Column("outcome", T("Wat ermee is gedaan")),
            Column("closed_at", T("Gesloten op"), kind=Kind.DATETIME),
            Column("published_at", T("Op de website sinds"), kind=Kind.DATETIME),
            Column("public_text", T("Tekst op de website")),
        ),
        not_exported={"id": "the title is what people know", "version": "internal", "author": "a person"},
    )
)


def tables(filters: Filters, *, exact: bool) -> list[Table]:
    """By theme, by wijk, by partner and by what became of them; `exact` for who reads the signals themselves."""
    counted = filtered(Signal.objects.all(), filters).order_by()
    statuses: dict[object, str] = {status.value: str(status.label) for status in SignalStatus}
    themes: dict[object, str] = {theme.pk: theme.label for theme in Theme.objects.all()}
    found = [
        ("signalen-thema", _("Signalen per thema"), _("Thema"), "theme", themes),
        ("signalen-wijk", _("Signalen per wijk"), _("Wijk"), "wijk", _names(Wijk)),
        ("signalen-partner", _("Signalen per wijkpartner"), _("Wijkpartner"), "partner", _names(Partner)),
        ("signalen-status", _("Wat er van signalen is geworden"), _("Status"), "status", statuses),
    ]
    return [
        Table(name, title, (heading, _("Signalen")), _rows(_numbers(counted, by), names, exact=exact))
        for name, title, heading, by, names in found
    ]


def _numbers(signals: SignalQuerySet, by: str) -> dict[object, int]:
    return {key: n for key, n in signals.values_list(by).annotate(n=Count("pk")) if key is not None}


def _names(model):  # type: ignore[no-untyped-def]
    return {each.pk: str(each) for each in model._default_manager.all()}


def _rows(numbers: dict[object, int], names: dict[object, str], *, exact: bool) -> tuple[tuple[Cell, ...], ...]:
    rows = sorted(((names[key], number) for key, number in numbers.items() if key in names), key=lambda row: -row[1])
    cells = [number for _label, number in rows]
    return tuple(zip((label for label, _number in rows), cells if exact else shown(cells), strict=True))
