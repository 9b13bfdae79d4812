"""A map to point at: our own drawing, as an SVG file, so that it needs nobody else and no script.

It doubles as a button: a browser sends along where in a picture somebody clicked. Then the size on the screen has to
be known, so it comes in two fixed widths.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from shared.wijken.models import Buurt, Wijk
from shared.wijken.shapes import Point, Projection, Ring, contains, label_point, rings, simplify, svg_path

# What fits on the narrowest phone, and what a desk has room for.
NARROW = "smal"
WIDTHS = {NARROW: 280, "breed": 600}
MARGIN, TOLERANCE, DOT = 8, 0.5, 10
# A name much wider than its area says less than none: the size of its letters times their number, for each pixel.
LETTERS_PER_WIDTH = 1.75


@dataclass(frozen=True)
class PointMap:
    """Buurten in pixels; empty when nobody imported their borders."""

    buurten: tuple[Buurt, ...]
    projection: Projection

    @classmethod
    def of(cls, wijk: Wijk | None = None, *, width: int = WIDTHS[NARROW]) -> "PointMap":
        """The buurten of this wijk, or of the whole municipality, as wide as is asked."""
        asked = Buurt.objects.current()
        found = tuple(buurt for buurt in (asked.filter(wijk=wijk) if wijk else asked) if buurt.geometry)
        return cls(found, Projection.around([buurt.geometry for buurt in found], width=width, margin=MARGIN))

    def place(self, x: float, y: float) -> tuple[Point, Buurt] | None:
        """Where somebody clicked (longitude, latitude), and in which buurt that is; None outside the areas."""
        return self.at(self.projection.place_of(x, y))

    def at(self, point: Point) -> tuple[Point, Buurt] | None:
        """The buurt of a point (longitude, latitude); None outside the areas."""
        return next(((point, buurt) for buurt in self.buurten if contains(buurt.geometry, point)), None)

    def clicked(self, sent: QueryDict | Mapping[str, str], name: str = "punt") -> tuple[Point, Buurt] | None:
        """What an image button of this name sent along; None when nothing, or outside the areas."""
        x, y = (sent.get(f"{name}.{axis}", "") for axis in "xy")
        return self.place(int(x), int(y)) if x.isdecimal() and y.isdecimal() else None

    def svg(self, dots: Iterable[tuple[str, Point]] = ()) -> str:
        """The drawing, with a dot and its label for each of these points (longitude, latitude)."""
        size = (self.projection.width, self.projection.height)
        drawn = [(buurt.name, self._outline(buurt)) for buurt in self.buurten]
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" '
            'font-family="sans-serif">{}{}{}</svg>',
            *size,
            *size,
            format_html_join(
                "",
                '<path d="{}" fill="#eef4f7" stroke="#00557f" stroke-width="1"/>',
                ((svg_path(outline),) for _name, outline in drawn),
            ),
            # After all areas, or the next one would lie over it.
            format_html_join("", "{}", ((self._name(name, outline),) for name, outline in drawn)),
            format_html_join("", "{}", ((self._dot(label, point),) for label, point in dots)),
        )

    def _outline(self, buurt: Buurt) -> list[Ring]:
        return [simplify(self.projection.project(ring), TOLERANCE) for ring in rings(buurt.geometry)]

    def _name(self, name: str, outline: list[Ring]) -> SafeString:
        letter = max(9, self.projection.width // 45)
        across = [x for ring in outline for x, _y in ring]
        if len(name) * letter > LETTERS_PER_WIDTH * (max(across) - min(across)):
            return format_html("")
        x, y = label_point(outline)
        return format_html(
            '<text x="{}" y="{}" text-anchor="middle" font-size="{}" fill="#333333" stroke="#eef4f7" '
            'stroke-width="3" paint-order="stroke">{}</text>',
            round(x),
            round(y),
            letter,
            name,
        )

    def _dot(self, label: str, point: Point) -> SafeString:
        ((x, y),) = self.projection.project([point])
        return format_html(
            '<circle cx="{}" cy="{}" r="{}" fill="#b5490f" stroke="#ffffff" stroke-width="2"/>'
            '<text x="{}" y="{}" text-anchor="middle" font-size="11" font-weight="bold" fill="#ffffff">{}</text>',
            round(x),
            round(y),
            DOT,
            round(x),
            round(y) + 4,
            label,
        )
