from datetime import date

import factory
from factory.django import DjangoModelFactory

from shared.wijken.models import Buurt, PostcodeArea, Wijk


def square(west: float = 4.6, south: float = 51.8, size: float = 0.01) -> dict[str, object]:
    """A square piece of the Netherlands."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


class WijkFactory(DjangoModelFactory):
    """A wijk in force; each lies east of the one before."""

    class Meta:
        model = Wijk

    class Params:
        closed = factory.Trait(valid_to=date(2025, 12, 31))

    code = factory.Sequence(lambda n: f"WK9999{n % 100:02}" if n < 100 else f"WK{n:06}")
    short_name = factory.Sequence(lambda n: f"Wijk {n}")
    name = factory.SelfAttribute("short_name")
    slug = factory.Sequence(lambda n: f"wijk-{n}")
    municipality_code = "GM9999"
    municipality_name = "Voorbeeldstad"
    geometry = factory.Sequence(lambda n: square(west=4.6 + n % 20 * 0.01))
    source = "Kadaster / Centraal Bureau voor de Statistiek"
    valid_from = date(2024, 1, 1)


class BuurtFactory(DjangoModelFactory):
    """A buurt in force."""

    class Meta:
        model = Buurt

    class Params:
        closed = factory.Trait(valid_to=date(2025, 12, 31))

    code = factory.Sequence(lambda n: f"BU9999{n % 10_000:04}")
    name = factory.Sequence(lambda n: f"Buurt {n}")
    slug = factory.Sequence(lambda n: f"buurt-{n}")
    wijk = factory.SubFactory(WijkFactory)
    geometry = factory.Sequence(lambda n: square(west=4.6 + n % 20 * 0.01))
    source = "Kadaster / Centraal Bureau voor de Statistiek"
    valid_from = date(2024, 1, 1)


class PostcodeAreaFactory(DjangoModelFactory):
    """An address of the official table; `guess` makes it an approximation of a four-digit area."""

    class Meta:
        model = PostcodeArea

    class Params:
        guess = factory.Trait(postcode="3342", house_number=None, certain=False)

    postcode = "3342AC"
    house_number = factory.Sequence(lambda n: n + 1)
    buurt = factory.SubFactory(BuurtFactory)
