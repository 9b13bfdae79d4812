"""Maps as plain data for the template `ui/map.html`: SVG drawn on the server, the same facts in a list beside it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from shared.wijken.labels import Label, arrange
from shared.wijken.models import Area, Buurt, Wijk
from shared.wijken.shapes import Projection, label_point, rings, simplify, svg_path

# A key and the moment of its last change.
Stamp = tuple[int, datetime]

# The units of the drawing; the page scales it to its column.
WIDTH, MARGIN = 800, 8
# A border may shift by so many units: less than a pixel where the map is widest.
TOLERANCE = 1.2
# The size of the letters in units: smaller where there are many names.
FEW, LARGE, SMALL = 8, 30, 25
# Shades from "none" to "most".
SHADES = 4


@dataclass(frozen=True)
class Shape:
    """One area on a map. `shade` runs from 0 (none) to 4 (most); `url` is empty where there is nothing to open."""

    name: str
    path: str
    label: Label
    title: str
    url: str = ""
    count: int | None = None
    shade: int = 0
    chosen: bool = False

    @property
    def rows(self) -> list[tuple[str, int, int]]:
        """The lines of text with their places; the number fills the line that was kept free for it."""
        number = "" if self.count is None else str(self.count)
        return [(line or number, x, y) for line, x, y in self.label.rows]


@dataclass(frozen=True)
class AreaMap:
    """A drawing and what it says. `labelled` tells whether the names stand in it."""

    title: str
    width: int
    height: int
    shapes: tuple[Shape, ...]
    source: str
    letter_size: int
    labelled: bool = True

    @property
    def view_box(self) -> str:
        """The units of the drawing as SVG writes them."""
        return f"0 0 {self.width} {self.height}"

    @property
    def has_links(self) -> bool:
        """Whether the areas lead somewhere; then the map comes with the same links in a list."""
        return any(shape.url for shape in self.shapes)


@dataclass(frozen=True)
class Outline:
    """An area with its path and the place of its name, drawn once and kept."""

    area: Any
    path: str
    label: Label


@dataclass(frozen=True)
class Drawing:
    """All areas of one kind, in one scale."""

    outlines: tuple[Outline, ...]
    width: int
    height: int
    source: str


def wijken_map(
    wijken: Sequence[Wijk],
    counts: Mapping[int, int],
    urls: Mapping[int, str],
    *,
    title: str = "",
    in_words: Callable[[int], str] = str,
    chosen: Wijk | None = None,
) -> AreaMap:
    """These wijken with a number and a link each, by key. `in_words` says what was counted: "3 initiatieven"."""
    most = max(counts.values(), default=0)

    def shape(outline: Outline) -> Shape:
        wijk, count = outline.area, counts.get(outline.area.pk, 0)
        return Shape(
            name=str(wijk),
            path=outline.path,
            label=outline.label,
            title=f"{wijk}: {in_words(count)}",
            url=urls.get(wijk.pk, ""),
            count=count,
            shade=-(-count * SHADES // most) if most else 0,
            chosen=wijk == chosen,
        )

    return _map(Wijk, [(wijk.pk, wijk.updated_at) for wijk in wijken], title or _("Kaart van de wijken"), shape)


def place_map(area: Wijk | Buurt) -> AreaMap:
    """Where one wijk or buurt lies among the others."""
    title = _("Kaart: waar %(name)s ligt") % {"name": area}
    return _map(type(area), _stamps(type(area)), title, _plain(area), labelled=False)


def buurten_map(chosen: Buurt | None = None) -> AreaMap:
    """All buurten with their names: an aid beside the list from which a resident chooses."""
    return _map(Buurt, _stamps(Buurt), _("Kaart van de buurten"), _plain(chosen))


def _plain(chosen: Area | None) -> Callable[[Outline], Shape]:
    def shape(outline: Outline) -> Shape:
        name = str(outline.area)
        return Shape(name=name, path=outline.path, label=outline.label, title=name, chosen=outline.area == chosen)

    return shape


def _stamps(model: type[Area]) -> Sequence[Stamp]:
    """Which areas are in force, and when each was changed."""
    return list(model._default_manager.current().values_list("pk", "updated_at"))


def _map(
    model: type[Area], stamps: Iterable[Stamp], title: str, shape: Callable[[Outline], Shape], *, labelled: bool = True
) -> AreaMap:
    drawing = _drawing(model, tuple(stamps))
    return AreaMap(
        title=title,
        width=drawing.width,
        height=drawing.height,
        shapes=tuple(map(shape, drawing.outlines)),
        source=drawing.source,
        letter_size=drawing.outlines[0].label.size if drawing.outlines else LARGE,
        labelled=labelled,
    )


@lru_cache(maxsize=8)
def _drawing(model: type[Area], stamps: tuple[Stamp, ...]) -> Drawing:
    """Draw these areas; kept by this process until one of them changes."""
    found = model._default_manager.filter(pk__in=[pk for pk, _changed in stamps])
    areas = [area for area in found if area.geometry]
    projection = Projection.around([area.geometry for area in areas], width=WIDTH, margin=MARGIN)
    drawn = [[simplify(projection.project(ring), TOLERANCE) for ring in rings(area.geometry)] for area in areas]
    labels = arrange(
        [str(area) for area in areas],
        [label_point(area_rings) for area_rings in drawn],
        size=LARGE if len(areas) <= FEW else SMALL,
        spare_lines=1 if model is Wijk else 0,
        frame=(projection.width, projection.height),
    )
    return Drawing(
        outlines=tuple(map(Outline, areas, map(svg_path, drawn), labels)),
        width=projection.width,
        height=projection.height,
        source="; ".join(sorted({area.source for area in areas if area.source})),
    )
