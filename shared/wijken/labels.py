"""Names on a map: broken into short lines, inside the drawing, and not over each other."""

from dataclasses import dataclass, replace
from itertools import combinations

from shared.wijken.shapes import Point

# The average width of a letter and the height of a line, as a part of the size of the letters.
LETTER_WIDTH, LINE_HEIGHT = 0.58, 1.15
# A name of more letters is broken into two lines.
LONG_NAME = 10
# Enough for a crowd to settle.
ROUNDS = 100


@dataclass(frozen=True)
class Label:
    """A block of lines around a middle; `baseline` is where the first line of letters stands."""

    lines: tuple[str, ...]
    x: float
    y: float
    size: int

    @property
    def width(self) -> float:
        """About how wide the longest line is."""
        return max(map(len, self.lines)) * self.size * LETTER_WIDTH

    @property
    def height(self) -> float:
        """How high all lines are together."""
        return len(self.lines) * self.line_height

    @property
    def line_height(self) -> float:
        """From one line to the next."""
        return self.size * LINE_HEIGHT

    @property
    def rows(self) -> list[tuple[str, int, int]]:
        """Each line with the x of its middle and the y that its letters stand on."""
        first = self.y - self.height / 2 + self.line_height * 0.8
        return [(line, round(self.x), round(first + i * self.line_height)) for i, line in enumerate(self.lines)]


def break_name(name: str) -> tuple[str, ...]:
    """Two lines of about the same length for a long name, broken after a space or hyphen."""
    breaks = [i + 1 for i, letter in enumerate(name) if letter in " -" and 2 <= i < len(name) - 1]
    if len(name) <= LONG_NAME or not breaks:
        return (name,)
    middle = min(breaks, key=lambda i: abs(i - len(name) / 2))
    return name[:middle].strip(), name[middle:]


def arrange(
    names: list[str], points: list[Point], *, size: int, spare_lines: int, frame: tuple[int, int]
) -> list[Label]:
    """Labels at these points, pushed apart where they overlap; `spare_lines` keeps room below each for a number."""
    labels = [
        Label((*break_name(name), *[""] * spare_lines), x, y, size) for name, (x, y) in zip(names, points, strict=True)
    ]
    labels = [_inside(label, frame) for label in labels]
    for _round in range(ROUNDS):
        moved = False
        for i, j in combinations(range(len(labels)), 2):
            shift = _overlap(labels[i], labels[j])
            if shift is not None:
                dx, dy = shift
                labels[i] = _inside(replace(labels[i], x=labels[i].x - dx, y=labels[i].y - dy), frame)
                labels[j] = _inside(replace(labels[j], x=labels[j].x + dx, y=labels[j].y + dy), frame)
                moved = True
        if not moved:
            break
    return labels


def _overlap(one: Label, other: Label) -> Point | None:
    """How far to move the second (and the first the other way) so that they no longer touch; None when they do not."""
    wide = (one.width + other.width) / 2 - abs(one.x - other.x)
    high = (one.height + other.height) / 2 - abs(one.y - other.y)
    if wide <= 0 or high <= 0:
        return None
    if wide < high:
        return (wide / 2 + 0.5) * (1 if other.x >= one.x else -1), 0.0
    return 0.0, (high / 2 + 0.5) * (1 if other.y >= one.y else -1)


def _inside(label: Label, frame: tuple[int, int]) -> Label:
    width, height = frame
    half_width, half_height = min(label.width, width) / 2, min(label.height, height) / 2
    return replace(
        label,
        x=max(half_width, min(width - half_width, label.x)),
        y=max(half_height, min(height - half_height, label.y)),
    )
