"""Geometry for small maps: from degrees to whole pixels, with no more points than an eye can see."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Ring = list[Point]

METRES_A_DEGREE = 111_195
# Steps of the grid on which the best place for a label is sought.
LABEL_STEPS = 24


def rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    """Each ring of a Polygon or MultiPolygon, holes included."""
    coordinates = geometry.get("coordinates", [])
    polygons = [coordinates] if geometry.get("type") == "Polygon" else coordinates
    for polygon in polygons:
        for ring in polygon:
            yield [(point[0], point[1]) for point in ring]


@dataclass(frozen=True)
class Projection:
    """Degrees to a drawing of a given width, north up; a degree east counts less the further north one is."""

    west: float
    north: float
    squeeze: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, geometries: Iterable[dict[str, Any]], *, width: int, margin: int) -> "Projection":
        """The projection that just shows all geometries."""
        points = [point for geometry in geometries for ring in rings(geometry) for point in ring] or [(0.0, 0.0)]
        west, east = min(x for x, _y in points), max(x for x, _y in points)
        south, north = min(y for _x, y in points), max(y for _x, y in points)
        squeeze = math.cos(math.radians((south + north) / 2))
        scale = (width - 2 * margin) / ((east - west) * squeeze or 1)
        return cls(
            west=west - margin / scale / squeeze,
            north=north + margin / scale,
            squeeze=squeeze,
            scale=scale,
            width=width,
            height=round((north - south) * scale) + 2 * margin,
        )

    def project(self, ring: Ring) -> Ring:
        """The ring in the units of the drawing."""
        return [((x - self.west) * self.squeeze * self.scale, (self.north - y) * self.scale) for x, y in ring]

    def place_of(self, x: float, y: float) -> Point:
        """The longitude and latitude of a point of the drawing."""
        return self.west + x / self.squeeze / self.scale, self.north - y / self.scale


def simplify(points: Ring, tolerance: float) -> Ring:
    """Leave out points that lie within the tolerance of the line without them (Douglas and Peucker)."""
    if len(points) < 3:
        return points
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        start, end = spans.pop()
        between = range(start + 1, end)
        farthest = max(between, key=lambda i: distance(points[i], points[start], points[end]), default=start)
        if farthest != start and distance(points[farthest], points[start], points[end]) > tolerance:
            kept.add(farthest)
            spans += [(start, farthest), (farthest, end)]
    return [points[i] for i in sorted(kept)]


def distance(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from a line between two others."""
    (px, py), (sx, sy) = point, start
    dx, dy = end[0] - sx, end[1] - sy
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((px - sx) * dx + (py - sy) * dy) / length)) if length else 0.0
    return math.hypot(px - sx - along * dx, py - sy - along * dy)


def svg_path(drawn: Iterable[Ring]) -> str:
    """The rings as one SVG path in whole units, each step relative to the last: half the size of absolute ones."""
    return "".join(filter(None, map(_ring_path, drawn)))


def _ring_path(ring: Ring) -> str:
    points = [(round(x), round(y)) for x, y in ring]
    steps = []
    last = points[0]
    for point in points[1:-1]:
        if point != last:
            steps.append(f"{point[0] - last[0]} {point[1] - last[1]}".replace(" -", "-"))
            last = point
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps).replace(' -', '-')}z" if len(steps) > 1 else ""


def label_point(drawn: list[Ring]) -> Point:
    """The place inside the rings that is farthest from every border, within the steps of a grid."""
    xs, ys = [x for ring in drawn for x, _y in ring], [y for ring in drawn for _x, y in ring]
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    lines = [line for ring in drawn for line in pairwise(ring)]
    grid = [
        (min(xs) + (max(xs) - min(xs)) * i / LABEL_STEPS, min(ys) + (max(ys) - min(ys)) * j / LABEL_STEPS)
        for i in range(1, LABEL_STEPS)
        for j in range(1, LABEL_STEPS)
    ]
    inside = [point for point in grid if _is_inside(point, lines)]
    return max(inside, key=lambda point: min(distance(point, *line) for line in lines), default=middle)


def contains(geometry: dict[str, Any], point: Point) -> bool:
    """Whether this point (longitude and latitude) lies in the area; holes are no part of it."""
    return _is_inside(point, [line for ring in rings(geometry) for line in pairwise(ring)])


def metres_between(one: Point, other: Point) -> float:
    """The distance between two places (longitude and latitude in degrees); right for a municipality."""
    squeeze = math.cos(math.radians((one[1] + other[1]) / 2))
    return METRES_A_DEGREE * math.hypot((one[0] - other[0]) * squeeze, one[1] - other[1])


def metres_to(geometry: dict[str, Any], point: Point) -> float:
    """How far a place (longitude and latitude in degrees) lies from an area: nothing inside it."""
    squeeze = math.cos(math.radians(point[1]))
    flat = [[(x * squeeze, y) for x, y in ring] for ring in rings(geometry)]
    lines = [line for ring in flat for line in pairwise(ring)]
    here = (point[0] * squeeze, point[1])
    if _is_inside(here, lines):
        return 0.0
    return METRES_A_DEGREE * min((distance(here, *line) for line in lines), default=math.inf)


def _is_inside(point: Point, lines: list[tuple[Point, Point]]) -> bool:
    """Whether a line to the east crosses the borders an odd number of times."""
    x, y = point
    crossings = (
        (end[0] - start[0]) * (y - start[1]) / (end[1] - start[1]) + start[0] > x
        for start, end in lines
        if (start[1] > y) != (end[1] > y)
    )
    return sum(crossings) % 2 == 1
