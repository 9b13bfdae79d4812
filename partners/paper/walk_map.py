"""A map of one wijk with what was found: our own drawing, as an SVG file, so that it needs nobody else and no script.

It doubles as a button: a browser sends along where in a picture somebody clicked. Then the size on the screen has to
be known, so it comes in two fixed widths.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partners.models import Finding
from shared.wijken.models import Buurt, Wijk
from shared.wijken.shapes import Point, Projection, contains, label_point, rings, simplify, svg_path

# What fits on the narrowest phone, and what a desk has room for.
WIDTHS = {"smal": 280, "breed": 600}
MARGIN, TOLERANCE, DOT = 8, 0.5, 10


@dataclass(frozen=True)
class WalkMap:
    """A wijk in pixels; empty when nobody imported its borders."""

    buurten: tuple[Buurt, ...]
    projection: Projection

    @classmethod
    def of(cls, wijk: Wijk, *, width: int) -> "WalkMap":
        """The buurten of this wijk, as wide as is asked."""
        found = tuple(buurt for buurt in Buurt.objects.current().filter(wijk=wijk) if buurt.geometry)
        return cls(found, Projection.around([buurt.geometry for buurt in found], width=width, margin=MARGIN))

    def place(self, x: float, y: float) -> tuple[Point, Buurt] | None:
        """Where somebody clicked, and in which buurt that is; None outside the wijk."""
        point = self.projection.place_of(x, y)
        return next(((point, buurt) for buurt in self.buurten if contains(buurt.geometry, point)), None)

    def svg(self, findings: Iterable[tuple[int, Finding]]) -> str:
        """The drawing, with a numbered dot for each finding that has a point."""
        size = (self.projection.width, self.projection.height)
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" '
            'font-family="sans-serif">{}{}</svg>',
            *size,
            *size,
            format_html_join("", "{}", ((self._area(buurt),) for buurt in self.buurten)),
            format_html_join("", "{}", ((self._dot(number, each),) for number, each in findings if each.longitude)),
        )

    def _area(self, buurt: Buurt) -> SafeString:
        drawn = [simplify(self.projection.project(ring), TOLERANCE) for ring in rings(buurt.geometry)]
        x, y = label_point(drawn)
        return format_html(
            '<path d="{}" fill="#eef4f7" stroke="#00557f" stroke-width="1"/>'
            '<text x="{}" y="{}" text-anchor="middle" font-size="{}" fill="#333333">{}</text>',
            svg_path(drawn),
            round(x),
            round(y),
            max(9, self.projection.width // 45),
            buurt.name,
        )

    def _dot(self, number: int, finding: Finding) -> SafeString:
        ((x, y),) = self.projection.project([(finding.longitude or 0.0, finding.latitude or 0.0)])
        return format_html(
            '<circle cx="{}" cy="{}" r="{}" fill="#b5490f" stroke="#ffffff" stroke-width="2"/>'
            '<text x="{}" y="{}" text-anchor="middle" font-size="11" font-weight="bold" fill="#ffffff">{}</text>',
            round(x),
            round(y),
            DOT,
            round(x),
            round(y) + 4,
            number,
        )
