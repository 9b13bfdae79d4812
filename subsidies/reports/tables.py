"""The totals as tables: the same for the screen, CSV and XLSX, with small numbers hidden."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Count
from django.utils.translation import gettext as _

from shared.reports.columns import Filters
from shared.reports.periods import Period
from shared.reports.tables import FEWEST_SHOWN, HIDDEN, Cell, Hidden, Table, shown
from shared.themes.models import Theme
from shared.wijken.models import Wijk
from subsidies.enums import ObjectionOutcome
from subsidies.models import Scheme
from subsidies.reports import money, totals
from subsidies.reports.totals import Sums

Key = TypeVar("Key")


def result_labels() -> dict[str, str]:
    """The outcomes in the order of the tables."""
    return {
        totals.GRANTED: _("Toegekend"),
        totals.PARTLY: _("Deels toegekend"),
        totals.REFUSED: _("Geweigerd"),
        totals.NOT_PROCESSED: _("Niet behandeld"),
        totals.WITHDRAWN: _("Ingetrokken door de aanvrager"),
        totals.REVOKED: _("Besluit ingetrokken"),
        totals.OPEN: _("Nog geen besluit"),
    }


def tables(filters: Filters, today: date) -> list[Table]:
    """All tables."""
    if tells_too_much(filters):
        return [_withheld(), _budget(filters)]
    found = totals.totals(filters)
    return [
        _results(found.whole),
        _groups("wijken", _("Per wijk"), found.by_wijk, _wijken()),
        _groups("themas", _("Per thema"), found.by_theme, _themes()),
        _groups("regelingen", _("Per regeling"), found.by_scheme, dict(Scheme.objects.values_list("pk", "name"))),
        _grounds(filters),
        _times(totals.times(filters)),
        _budget(filters),
        _accounting(money.accounting(filters, today)),
        _late(money.late_payments(filters)),
        _objections(money.objections(filters)),
        _people(filters, found.whole),
    ]


def tells_too_much(filters: Filters) -> bool:
    """Whether this choice shows what the tables without one of its filters keep hidden, itself or by subtraction.

    Somebody who sees the whole and all groups but one knows that one. So a group that is hidden between its neighbours
    is not shown by choosing it either.
    """
    return any(_hidden_among_others(filters, name) for name in filters)


def _hidden_among_others(filters: Filters, name: str) -> bool:
    others = {key: value for key, value in filters.items() if key != name}
    if name == "periode":
        groups = _periods_beside(others, filters[name])
    else:
        key, column = {
            "regeling": ("scheme__code", "scheme__code"),
            "wijk": ("wijk__slug", "wijk__slug"),
            "thema": ("theme__slug", "theme__slug"),
        }[name]
        groups = dict(totals.chosen(others).values_list(key).annotate(number=Count("pk")).order_by(column))
    keys = list(groups)
    hidden = shown([groups[key] for key in keys])
    return any(key == filters[name] and cell is HIDDEN for key, cell in zip(keys, hidden, strict=True))


def _periods_beside(others: Filters, name: str) -> dict[str, int]:
    """The quarters of the same year for a quarter; the other years for a year."""
    days = totals.chosen(others).values_list("received_on", flat=True)
    year, is_quarter = name[:4], len(name) > len("2026")
    if is_quarter:
        return dict(sorted(Counter(_quarter(day) for day in days if str(day.year) == year).items()))
    return dict(sorted(Counter(str(day.year) for day in days).items()))


def _quarter(day: date) -> str:
    return Period(day.year, (day.month - 1) // 3 + 1).name


def _withheld() -> Table:
    note = _("Deze keuze gaat over zo weinig aanvragen dat te zien kan zijn om wie het gaat. Kies minder filters.")
    return Table("te-weinig", _("Te weinig aanvragen om te tonen"), (_("Maat"), _("Waarde")), (), note)


def _wijken() -> dict[int, str]:
    return dict(Wijk.objects.order_by("code").values_list("pk", "short_name"))


def _themes() -> dict[int | None, str]:
    return {**dict(Theme.objects.values_list("pk", "name")), None: _("Geen thema")}


def _results(whole: Sums) -> Table:
    labels = result_labels()
    numbers = shown([whole.results[result] for result in labels])
    return Table(
        "uitkomsten",
        _("Uitkomsten"),
        (_("Uitkomst"), _("Aanvragen")),
        tuple(zip(labels.values(), numbers, strict=True)),
    )


def _groups(name: str, title: str, groups: Mapping[Key, Sums], names: Mapping[Key, str]) -> Table:
    """Applications and money per group; the amounts of a group that is hidden are hidden too."""
    sums = [(label, groups[key]) for key, label in names.items() if key in groups]
    numbers = shown([each.number for _label, each in sums])
    awarded = shown([each.awarded for _label, each in sums])
    refused = shown([each.results[totals.REFUSED] for _label, each in sums])
    rows = [
        (label, number, given, no, *_amounts(each, number, given))
        for (label, each), number, given, no in zip(sums, numbers, awarded, refused, strict=True)
    ]
    headings = (
        title.removeprefix(_("Per ")).capitalize(),
        _("Aanvragen"),
        _("Toegekend"),
        _("Geweigerd"),
        _("Gevraagd bedrag"),
        _("Toegekend bedrag"),
    )
    return Table(name, title, headings, tuple(rows), euros=frozenset({4, 5}))


def _amounts(sums: Sums, number: int | Hidden, awarded: int | Hidden) -> tuple[Cell, Cell]:
    return HIDDEN if number is HIDDEN else sums.asked, HIDDEN if awarded is HIDDEN else sums.granted


def _grounds(filters: Filters) -> Table:
    rows = totals.refusal_grounds(filters)
    numbers = shown([number for _article, _text, number in rows], closed=False)
    labelled = ((f"{article}: {text}", number) for (article, text, _n), number in zip(rows, numbers, strict=True))
    headings = (_("Grond"), _("Besluiten"))
    return Table("gronden", _("Gronden om te weigeren"), headings, tuple(labelled))


def _times(found: totals.Times) -> Table:
    few = 0 < found.decided < FEWEST_SHOWN
    rows: list[tuple[str, Cell]] = [
        (_("Aanvragen met een besluit"), HIDDEN if few else found.decided),
        (_("Dagen tot het besluit, mediaan"), None if few else found.median_days),
        (_("Dagen tot het besluit, 90% binnen"), None if few else found.ninety_percent),
        (_("Binnen de streeftijd (%)"), None if few else found.percentage(found.within_target)),
        (_("Binnen de wettelijke termijn (%)"), None if few else found.percentage(found.within_law)),
        (_("Dagen dat de klok stilstond, samen"), found.suspended_days),
    ]
    note = _("In kalenderdagen, van de dag van ontvangst tot de dag waarop het eerste besluit is verstuurd.")
    return Table("tijden", _("Hoe snel wij besluiten"), (_("Maat"), _("Waarde")), tuple(rows), note)


def _budget(filters: Filters) -> Table:
    rows = tuple(
        (str(pot.ceiling), pot.amount, pot.reserved, pot.granted, pot.paid, pot.left) for pot in money.pots(filters)
    )
    headings = (_("Plafond"), _("Bedrag"), _("Gereserveerd"), _("Toegekend"), _("Betaald"), _("Nog beschikbaar"))
    note = _("Een plafond geldt voor de hele periode en voor alle thema’s.")
    return Table("budget", _("Budget"), headings, rows, note, frozenset(range(1, 6)))


def _accounting(found: money.Accounting) -> Table:
    counted = {
        _("Verslagen gevraagd"): found.asked,
        _("Te laat"): found.late,
        _("Te beoordelen"): found.to_judge,
        _("Goedgekeurd"): found.approved,
        _("Verder zonder verslag"): found.without,
        _("Nog vast te stellen"): found.to_settle,
        _("Lager vastgesteld"): found.lowered,
    }
    rows: list[tuple[str, Cell]] = list(zip(counted, shown(list(counted.values()), closed=False), strict=True))
    few = 0 < found.recoveries < FEWEST_SHOWN
    rows += [
        (_("Terugbetaald (€)"), HIDDEN if few else found.reclaimed),
        (_("Van afgezien (€)"), HIDDEN if few else found.waived),
        (_("Nog terug te betalen (€)"), HIDDEN if few else found.still_owed),
    ]
    return Table("verantwoording", _("Verantwoording"), (_("Maat"), _("Waarde")), tuple(rows))


def _late(found: money.LatePayments) -> Table:
    counted = {
        _("Betaald"): found.paid,
        _("Te laat betaald"): found.late,
        _("Rente nog niet beoordeeld"): found.open,
    }
    rows: list[tuple[str, Cell]] = list(zip(counted, shown(list(counted.values()), closed=False), strict=True))
    few = 0 < found.late < FEWEST_SHOWN
    average = round(found.days / found.late, 1) if found.late >= FEWEST_SHOWN else None
    rows += [
        (_("Gemiddeld aantal dagen te laat"), average),
        (_("Vastgestelde rente (€)"), HIDDEN if few else found.interest),
    ]
    note = _("Te laat: bijgeschreven na de laatste dag om te betalen (Awb 4:87 en 4:97).")
    return Table("late-betalingen", _("Late betalingen"), (_("Maat"), _("Waarde")), tuple(rows), note)


def _objections(found: Mapping[str, int]) -> Table:
    labels = {"open": _("in behandeling"), "withdrawn": _("ingetrokken")}
    labels |= {outcome.value: str(outcome.label) for outcome in ObjectionOutcome}
    numbers = shown([found[key] for key in labels], closed=False)
    rows = tuple(zip(labels.values(), numbers, strict=True))
    return Table("bezwaren", _("Bezwaren"), (_("Hoe het afliep"), _("Bezwaren")), rows)


def _people(filters: Filters, whole: Sums) -> Table:
    first = totals.first_timers(filters)
    number, average = money.marks(filters)
    counted = shown([first, whole.number - first])
    rows: list[tuple[str, Cell]] = [
        (_("Voor het eerst aangevraagd"), counted[0]),
        (_("Eerder aangevraagd"), counted[1]),
        (_("Cijfers gekregen"), shown([number])[0]),
        (_("Gemiddeld cijfer"), round(average, 1) if average and number >= FEWEST_SHOWN else None),
    ]
    note = _("Eerder: met hetzelfde e-mailadres of van hetzelfde adres.")
    return Table("aanvragers", _("Aanvragers"), (_("Maat"), _("Waarde")), tuple(rows), note)


def bars(table: Table, column: int = 1) -> Iterator[tuple[str, float]]:
    """The rows of a table as bars; what is hidden is not drawn."""
    for row in table.rows:
        value = row[column]
        if isinstance(value, int | float | Decimal):
            yield str(row[0]), value if isinstance(value, int) else float(value)


def named(found: Iterable[Table], name: str) -> Table | None:
    """The table with this name; None when it was withheld."""
    return next((table for table in found if table.name == name), None)
