"""Signals counted by theme, wijk and who noticed; small numbers hidden, for a theme in a buurt can point at a door."""

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
from shared.reports.tables import Table, shown
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


def tables(filters: Filters) -> list[Table]:
    """By theme, by wijk, by partner and by what became of them."""
    counted = filtered(Signal.objects.all(), filters).order_by()
    labels: dict[object, str] = {status.value: str(status.label) for status in SignalStatus}
    return [
        _table("signalen-thema", _("Signalen per thema"), _("Thema"), _numbers(counted, "theme"), _names(Theme)),
        _table("signalen-wijk", _("Signalen per wijk"), _("Wijk"), _numbers(counted, "wijk"), _names(Wijk)),
        _table(
            "signalen-partner",
            _("Signalen per wijkpartner"),
            _("Wijkpartner"),
            _numbers(counted, "partner"),
            _names(Partner),
        ),
        _table(
            "signalen-status", _("Wat er van signalen is geworden"), _("Status"), _numbers(counted, "status"), labels
        ),
    ]


def _numbers(signals: SignalQuerySet, by: str) -> dict[object, int]:
    return {key: n for key, n in signals.values_list(by).annotate(n=Count("pk")) if key is not None}


def _names(model):  # type: ignore[no-untyped-def]
    return {each.pk: str(each) for each in model._default_manager.all()}


def _table(name: str, title: str, heading: str, numbers: dict[object, int], names: dict[object, str]) -> Table:
    rows = sorted(((names[key], number) for key, number in numbers.items() if key in names), key=lambda row: -row[1])
    hidden = shown([number for _label, number in rows])
    cells = tuple((label, number) for (label, _all), number in zip(rows, hidden, strict=True))
    return Table(name, title, (heading, _("Signalen")), cells)
