"""A bar chart as plain data for `ui/bar_chart.html`: drawn on the server, with a table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

# The units of the drawing; the page scales it to its column.
WIDTH, ROW, BAR, VALUES, LETTER = 360, 48, 18, 48, 15


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands and how long it is."""

    label: str
    value: float
    width: int
    y: int
    label_y: int
    value_x: int
    value_y: int


@dataclass(frozen=True)
class BarChart:
    """Bars from long to short or in the order given, and one sentence that says what there is to see."""

    title: str
    description: str
    bars: tuple[Bar, ...]
    bar_height: int = BAR
    letter_size: int = LETTER

    @property
    def view_box(self) -> str:
        """The units of the drawing as SVG writes them."""
        return f"0 0 {WIDTH} {len(self.bars) * ROW}"


def bars(title: str, rows: Sequence[tuple[str, float]]) -> BarChart:
    """A chart of these numbers, in this order."""
    most = max((value for _label, value in rows), default=0)
    room = WIDTH - VALUES
    scale = room / most if most else 0
    drawn = [_bar(label, value, index, round(value * scale)) for index, (label, value) in enumerate(rows)]
    return BarChart(title=title, description=_describe(rows, most), bars=tuple(drawn))


def _bar(label: str, value: float, index: int, width: int) -> Bar:
    baseline = index * ROW + LETTER
    top = baseline + 6
    return Bar(label, value, width, y=top, label_y=baseline, value_x=width + 6, value_y=top + BAR - 4)


def _describe(rows: Sequence[tuple[str, float]], most: float) -> str:
    if not most:
        return _("Er is nog niets om te laten zien.")
    highest = [str(label) for label, value in rows if value == most]
    return _("Het hoogst: %(labels)s met %(value)s.") % {"labels": ", ".join(highest), "value": f"{most:g}"}
