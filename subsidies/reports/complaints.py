"""The complaints of each year, as the law has them published (Awb article 9:12a): numbers only, no person, no words."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from shared.reports.tables import HIDDEN, Hidden, Table, shown
from subsidies.enums import ComplaintOutcome
from subsidies.models import Complaint, ComplaintDelay

OPEN = ""


@dataclass
class Year:
    """What is counted of the complaints that came in one year."""

    outcomes: Counter[str] = field(default_factory=Counter)
    in_time: int = 0
    extended: int = 0
    postponed: int = 0
    advised: int = 0

    @property
    def received(self) -> int:
        """All of them."""
        return self.outcomes.total()

    @property
    def answered(self) -> int:
        """Those that are not open any more."""
        return self.received - self.outcomes[OPEN]


def years() -> dict[int, Year]:
    """Each year in which complaints came, the newest first; one query."""
    found: dict[int, Year] = {}
    rows = Complaint.objects.annotate(postponed=Exists(ComplaintDelay.objects.filter(complaint=OuterRef("pk"))))
    for row in rows.order_by("-received_on").only(
        "received_on", "outcome", "ended_on", "due_on", "extended_on", "adviser"
    ):
        year = found.setdefault(row.received_on.year, Year())
        year.outcomes[row.outcome] += 1
        year.in_time += row.ended_on is not None and row.ended_on <= row.due_on
        year.extended += row.extended_on is not None
        year.postponed += vars(row)["postponed"]
        year.advised += row.adviser != ""
    return found


def tables() -> list[Table]:
    """How many came and how they ended, and how fast we answered."""
    found = years()
    return [_outcomes(found), _speed(found)]


def _outcomes(found: dict[int, Year]) -> Table:
    labels = {each.value: str(each.label).partition(":")[0].partition(" (")[0] for each in ComplaintOutcome}
    labels[OPEN] = _("nog geen antwoord")
    rows = (
        (str(name), *shown([year.received]), *shown([year.outcomes[outcome] for outcome in labels]))
        for name, year in found.items()
    )
    headings = (_("Jaar"), _("Ontvangen"), *(label.capitalize() for label in labels.values()))
    note = _("Het lopende jaar is nog niet af. In de tabel staan geen namen en niet waar een klacht over ging.")
    return Table("klachten", _("Klachten per jaar"), headings, tuple(rows), note)


def _speed(found: dict[int, Year]) -> Table:
    counted: dict[str, tuple[Callable[[Year], int], Callable[[Year], int]]] = {
        _("Beantwoord"): (lambda year: year.answered, lambda year: year.received),
        _("Binnen de termijn beantwoord"): (lambda year: year.in_time, lambda year: year.answered),
        _("Vier weken verdaagd"): (lambda year: year.extended, lambda year: year.received),
        _("Verder uitgesteld met instemming"): (lambda year: year.postponed, lambda year: year.received),
        _("Met advies van een klachtadviseur"): (lambda year: year.advised, lambda year: year.received),
    }
    # The rest must not tell a small number either: four in time of five is one too late.
    rows = (
        (str(name), *(_part(part(year), whole(year)) for part, whole in counted.values()))
        for name, year in found.items()
    )
    headings = (_("Jaar"), *counted)
    note = _("De termijn is zes weken, of tien weken met een klachtadviseur, en later na uitstel (Awb 9:11).")
    return Table("klachten-termijn", _("Hoe snel wij antwoorden"), headings, tuple(rows), note)


def _part(number: int, whole: int) -> int | Hidden:
    return HIDDEN if HIDDEN in shown([number, whole - number]) else number
