"""The coverage as tables: the same on the website, for staff, as CSV and as XLSX."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from participation.coverage import NOWHERE, Coverage, Sums, coverage
from participation.enums import Level, NoneReason, Outcome
from shared.reports.periods import Period
from shared.reports.tables import Cell, Table

STANDINGS = ("in_time", "too_late", "missing", "waiting")


def tables(today: date) -> list[Table]:
    """All tables."""
    found = coverage(today)
    return [
        whole(found.whole),
        *groups(found),
        _counted("uitkomsten", _("Uitkomsten van de check"), _("Uitkomst"), Outcome.choices, found.whole.outcomes),
        _counted("redenen", _("Waarom geen participatie"), _("Reden"), NoneReason.choices, found.whole.none_reasons),
        _counted("niveaus", _("Niveau van participatie"), _("Niveau"), Level.choices, found.whole.levels),
        _standings("terugkoppeling", _("Terugkoppeling na een moment"), found.whole.feedback),
        _standings("evaluatie", _("Evaluatie na het besluit"), found.whole.evaluations),
    ]


def whole(sums: Sums) -> Table:
    """The totals, one line each."""
    rows: list[tuple[str, Cell]] = [
        (_("Projecten in het register"), sums.projects),
        (_("Voorbij de startnotitie"), sums.passed),
        (_("Daarvan met een check op tijd"), sums.in_time),
        (_("Daarvan met een check die te laat was"), sums.too_late),
        (_("Daarvan zonder check"), sums.without),
        (_("Check op tijd (%)"), sums.percentage),
        (_("Nog vóór de startnotitie, en de check is over tijd"), sums.overdue),
        (_("Terugkoppeling op tijd (%)"), sums.feedback_percentage),
        (_("Evaluatie op tijd (%)"), sums.evaluation_percentage),
    ]
    return Table("dekking", _("Dekking"), (_("Maat"), _("Waarde")), tuple(rows))


def groups(found: Coverage) -> list[Table]:
    """Per department, alderman, wijk and quarter."""
    quarters = {name: period.label for name in found.by_quarter if (period := Period.named(name))}
    return [
        _group("afdelingen", _("Per afdeling"), _("Afdeling"), found.by_department, {}),
        _group(
            "portefeuillehouders",
            _("Per portefeuillehouder"),
            _("Portefeuillehouder"),
            found.by_alderman,
            {NOWHERE: _("Nog niet bekend")},
        ),
        _group(
            "wijken",
            _("Per wijk"),
            _("Wijk"),
            found.by_wijk,
            {NOWHERE: _("De hele gemeente")},
            _("Een project in twee wijken telt in allebei mee."),
        ),
        _group(
            "kwartalen",
            _("Per kwartaal"),
            _("Kwartaal"),
            found.by_quarter,
            quarters,
            _("Het kwartaal waarin het project voorbij de startnotitie kwam."),
        ),
    ]


def _group(
    name: str, title: str, heading: str, sums: Mapping[str, Sums], words: Mapping[str, str], note: str = ""
) -> Table:
    rows = tuple(
        (
            words.get(key, key),
            each.passed,
            each.in_time,
            each.too_late,
            each.without,
            each.percentage,
            each.overdue,
        )
        for key, each in sums.items()
    )
    headings = (
        heading,
        _("Voorbij de startnotitie"),
        _("Check op tijd"),
        _("Check te laat"),
        _("Zonder check"),
        _("Op tijd (%)"),
        _("Nu over tijd"),
    )
    return Table(name, title, headings, rows, note)


def _counted(
    name: str, title: str, heading: str, choices: Iterable[tuple[str, object]], counts: Mapping[str, int]
) -> Table:
    rows = tuple((str(label), counts.get(value, 0)) for value, label in choices)
    return Table(name, title, (heading, _("Projecten")), rows)


def _standings(name: str, title: str, counts: Mapping[str, int]) -> Table:
    labels = {
        "in_time": _("Op tijd"),
        "too_late": _("Te laat"),
        "missing": _("Over tijd, nog niet gedaan"),
        "waiting": _("Nog binnen de tijd"),
    }
    rows = tuple((labels[each], counts.get(each, 0)) for each in STANDINGS)
    return Table(name, title, (_("Stand"), _("Aantal")), rows)
