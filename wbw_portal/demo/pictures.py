"""Simple drawings for the demonstration, made on the spot: no photo of anybody's street or child."""

import io
from collections.abc import Callable
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIZE = (1200, 800)
SKY, GRASS, WOOD, BRICK = "#cfe6f2", "#8fb96a", "#8a5a35", "#b5654a"
BRIGHT = ("#d1495b", "#edae49", "#00798c", "#66418f", "#f4f1de")

Pen = ImageDraw.ImageDraw


def draw(name: str) -> SimpleUploadedFile:
    """The drawing with this name, as somebody would upload it."""
    image = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 520, *SIZE), fill=GRASS)
    _DRAWINGS[name](pen, Random(name))  # noqa: S311  the same drawing each time, nothing secret
    content = io.BytesIO()
    image.save(content, "JPEG", quality=80)
    return SimpleUploadedFile(f"{name}.jpg", content.getvalue(), "image/jpeg")


def _garden(pen: Pen, chance: Random) -> None:
    for left in range(90, 1000, 290):
        pen.rectangle((left, 560, left + 230, 660), fill=WOOD)
        for x in range(left + 20, left + 220, 28):
            height = chance.randint(40, 110)
            pen.line((x, 560, x, 560 - height), fill="#2f6b2f", width=8)
            pen.ellipse((x - 18, 545 - height, x + 18, 580 - height), fill="#3f8f3f")


def _street(pen: Pen, chance: Random) -> None:
    for left in range(0, 1200, 200):
        top = chance.randint(220, 300)
        pen.rectangle((left + 8, top, left + 192, 560), fill=BRICK)
        pen.polygon([(left, top), (left + 100, top - 90), (left + 200, top)], fill="#6b3f33")
        pen.rectangle((left + 70, 440, left + 130, 560), fill=WOOD)
    for x in range(0, 1200, 60):
        pen.polygon([(x, 350), (x + 50, 350), (x + 25, 410)], fill=BRIGHT[x // 60 % 5])


def _flowers(pen: Pen, chance: Random) -> None:
    for x in range(30, 1180, 46):
        top = chance.randint(380, 560)
        pen.line((x, 720, x, top), fill="#2f6b2f", width=8)
        pen.ellipse((x - 22, top - 22, x + 22, top + 22), fill=chance.choice(BRIGHT))
        pen.ellipse((x - 8, top - 8, x + 8, top + 8), fill="#edae49")


def _books(pen: Pen, chance: Random) -> None:
    pen.rectangle((340, 160, 860, 640), fill=WOOD)
    pen.rectangle((560, 640, 640, 800), fill=WOOD)
    for shelf in (200, 420):
        pen.rectangle((370, shelf, 830, shelf + 190), fill="#f4f1de")
        for x in range(380, 810, 36):
            pen.rectangle((x, shelf + chance.randint(10, 60), x + 28, shelf + 190), fill=chance.choice(BRIGHT))


def _music(pen: Pen, chance: Random) -> None:
    pen.rectangle((200, 560, 1000, 640), fill=WOOD)
    for left, colour in ((380, BRIGHT[0]), (700, BRIGHT[2])):
        pen.ellipse((left, 260, left + 90, 350), fill="#e0ac7c")
        pen.rectangle((left, 350, left + 90, 560), fill=colour)
        pen.ellipse((left + 50, 420, left + 170, 520), fill="#edae49")
    for x in range(260, 960, 90):
        y = chance.randint(60, 200)
        pen.ellipse((x, y, x + 34, y + 26), fill="#333333")
        pen.line((x + 32, y + 12, x + 32, y - 60), fill="#333333", width=6)


def _repair(pen: Pen, chance: Random) -> None:
    pen.rectangle((120, 520, 1080, 580), fill=WOOD)
    pen.polygon([(300, 260), (500, 260), (560, 400), (240, 400)], fill="#edae49")
    pen.rectangle((385, 400, 415, 520), fill="#444444")
    for x in range(640, 1000, 90):
        pen.rectangle((x, 490 - chance.randint(60, 140), x + 24, 520), fill=chance.choice(BRIGHT))


def _trees(pen: Pen, chance: Random) -> None:
    for x in (260, 600, 940):
        pen.rectangle((x - 24, 420, x + 24, 680), fill=WOOD)
        pen.ellipse((x - 150, 160, x + 150, 460), fill="#3f8f3f")
        for _apple in range(9):
            left, top = x + chance.randint(-110, 90), chance.randint(200, 400)
            pen.ellipse((left, top, left + 30, top + 30), fill=BRIGHT[0])


def _paper(pen: Pen, chance: Random) -> None:
    """A sheet with names that nobody can read: a list of neighbours, letters or an invoice."""
    pen.rectangle((340, 60, 860, 760), fill="#fdfdf8", outline="#8a8a80", width=3)
    for y in range(130, 720, 46):
        pen.line((380, y, 380 + chance.randint(160, 260), y), fill="#4a4a55", width=6)
        pen.line((720, y, 720 + chance.randint(40, 100), y - chance.randint(0, 14)), fill="#24508c", width=4)


def _pavement(pen: Pen, chance: Random) -> None:
    for top in range(520, 800, 70):
        for left in range(-40 + top % 3 * 40, 1200, 120):
            tilt = chance.choice((0, 0, 0, 14))
            pen.polygon(
                [(left, top + tilt), (left + 112, top), (left + 112, top + 62), (left, top + 62)], fill="#b9b9b4"
            )
    pen.polygon([(480, 610), (600, 575), (615, 640), (495, 690)], fill="#8f8f8a")


def _litter(pen: Pen, chance: Random) -> None:
    pen.rectangle((500, 260, 700, 620), fill="#3d5a4c")
    pen.rectangle((480, 230, 720, 280), fill="#2c4438")
    for _bag in range(7):
        left, top = chance.randint(220, 900), chance.randint(560, 680)
        pen.ellipse((left, top, left + 110, top + 90), fill=chance.choice(("#444444", "#5c5c66", "#2f2f33")))


def _hedge(pen: Pen, chance: Random) -> None:
    pen.rectangle((0, 600, 1200, 800), fill="#b9b9b4")
    for left in range(-30, 1200, 70):
        height = chance.randint(160, 260)
        pen.ellipse((left, 640 - height, left + 160, 690), fill=chance.choice(("#3f8f3f", "#2f6b2f", "#4c9a4c")))


_DRAWINGS: dict[str, Callable[[Pen, Random], None]] = {
    "tuin": _garden,
    "feest": _street,
    "bloemen": _flowers,
    "boeken": _books,
    "muziek": _music,
    "repareren": _repair,
    "bomen": _trees,
    "lijst": _paper,
    "handtekeningen": _paper,
    "factuur": _paper,
    "stoep": _pavement,
    "afval": _litter,
    "heg": _hedge,
}
