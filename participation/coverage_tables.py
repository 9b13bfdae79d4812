"""The coverage as tables: the same on the website, for staff, as CSV and as XLSX."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from participation.coverage import NOWHERE, Coverage, Sums
from participation.enums import Level, NoneReason, Outcome
from shared.reports.periods import Period
from shared.reports.tables import Cell, Table

STANDINGS = ("in_time", "too_late", "missing", "waiting")


def tables(found: Coverage) -> list[Table]:
    """All tables: first the totals, then each group with no more columns than fit on a screen."""
    return [
        whole(found.whole),
        replace(standings("terugkoppeling", _("Terugkoppeling na een moment"), found.whole.feedback), folded=True),
        replace(standings("evaluatie", _("Evaluatie na het besluit"), found.whole.evaluations), folded=True),
        _counted("redenen", _("Waarom geen participatie"), _("Reden"), NoneReason.choices, found.whole.none_reasons),
        *groups(found),
        _counted("uitkomsten", _("Uitkomsten van de check"), _("Uitkomst"), Outcome.choices, found.whole.outcomes),
        _counted("niveaus", _("Niveau van participatie"), _("Niveau"), Level.choices, found.whole.levels),
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
    """Per department, alderman, wijk and quarter: checks in time, and what came of them."""
    twice = _("Een project in twee wijken telt in allebei mee.")
    passed = _("Het kwartaal waarin het project voorbij de startnotitie kwam.")
    aldermen, wijken, quarters = _aldermen(found.by_alderman), _wijken(found.by_wijk), _quarters(found.by_quarter)
    alderman, wijk, quarter = _("Portefeuillehouder"), _("Wijk"), _("Kwartaal")
    return [
        replace(_checks("afdelingen", _("Per afdeling"), _("Afdeling"), found.by_department), folded=False),
        *_results("afdelingen", _("Afdeling"), found.by_department),
        _checks("portefeuillehouders", _("Per portefeuillehouder"), alderman, aldermen),
        *_results("portefeuillehouders", alderman, aldermen),
        _checks("wijken", _("Per wijk"), wijk, wijken, twice),
        *_results("wijken", wijk, wijken, twice),
        _checks("kwartalen", _("Per kwartaal"), quarter, quarters, passed, before_gate=False),
        *_results("kwartalen", quarter, quarters, passed),
    ]


def _aldermen(sums: Mapping[str, Sums]) -> dict[str, Sums]:
    return {key if key != NOWHERE else _("Nog niet bekend"): each for key, each in sums.items()}


def _wijken(sums: Mapping[str, Sums]) -> dict[str, Sums]:
    return {key if key != NOWHERE else _("De hele gemeente"): each for key, each in sums.items()}


def _quarters(sums: Mapping[str, Sums]) -> dict[str, Sums]:
    return {period.label: each for name, each in sums.items() if (period := Period.named(name))}


def _checks(
    name: str, title: str, heading: str, sums: Mapping[str, Sums], note: str = "", *, before_gate: bool = True
) -> Table:
    """One line for each; `before_gate` also counts who is over time before its gate, which has no quarter yet."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            label,
            each.passed,
            each.in_time,
            each.too_late,
            each.without,
            each.percentage,
            *((each.overdue,) if before_gate else ()),
        )
        for label, each in sums.items()
    )
    headings = (
        heading,
        _("Voorbij de startnotitie"),
        _("Check op tijd"),
        _("Check te laat"),
        _("Zonder check"),
        _("Op tijd (%)"),
        *((_("Nu over tijd"),) if before_gate else ()),
    )
    return Table(name, title, headings, rows, note, folded=True)


def _results(name: str, heading: str, sums: Mapping[str, Sums], note: str = "") -> list[Table]:
    """What came of the checks in a group; why there was no participation, and how far it went where there was."""
    levels = [level for level in Level if level != Level.NONE]
    per = {"group": heading.lower()}
    kept = (_("Terugkoppeling op tijd (%)"), _("Evaluatie op tijd (%)"))

    def lines(cells: Callable[[Sums], Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
        return tuple((label, *cells(each)) for label, each in sums.items())

    outcomes = lines(
        lambda each: [
            *(each.outcomes[outcome] for outcome in Outcome),
            each.feedback_percentage,
            each.evaluation_percentage,
        ]
    )
    reasons = lines(lambda each: [each.none_reasons[reason] for reason in NoneReason])
    reached = lines(lambda each: [each.levels[level] for level in levels])
    made = (
        ("uitkomsten", _("Uitkomsten per %(group)s") % per, (*_labels(Outcome), *kept), outcomes),
        ("redenen", _("Redenen per %(group)s") % per, _labels(NoneReason), reasons),
        ("niveaus", _("Niveaus per %(group)s") % per, _labels(levels), reached),
    )
    return [
        Table(f"{kind}-{name}", title, (heading, *columns), rows, note, folded=True)
        for kind, title, columns, rows in made
    ]


def _labels(choices: Iterable[Outcome | NoneReason | Level]) -> tuple[str, ...]:
    return tuple(str(choice.label) for choice in choices)


def _counted(
    name: str, title: str, heading: str, choices: Iterable[tuple[str, object]], counts: Mapping[str, int]
) -> Table:
    rows = tuple((str(label), counts.get(value, 0)) for value, label in choices)
    return Table(name, title, (heading, _("Projecten")), rows, folded=True)


def standings(name: str, title: str, counts: Mapping[str, int]) -> Table:
    """What was promised for a day, and how it went."""
    labels = {
        "in_time": _("Op tijd"),
        "too_late": _("Te laat"),
        "missing": _("Over tijd, nog niet gedaan"),
        "waiting": _("Nog binnen de tijd"),
    }
    rows = tuple((labels[each], counts.get(each, 0)) for each in STANDINGS)
    return Table(name, title, (_("Stand"), _("Aantal")), rows)
