import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string

from shared.wijken import maps
from shared.wijken.labels import Label, arrange, break_name
from shared.wijken.models import Buurt, Wijk
from shared.wijken.shapes import Projection, label_point, metres_between, metres_to, rings, simplify, svg_path
from tests.factories.wijken import BuurtFactory, WijkFactory, square

DATA = Path(__file__).parents[3] / "wbw_portal/demo/data"


def wijken_map(wijken, counts=None, **others):
    return maps.wijken_map(wijken, counts or {}, {wijk.pk: f"/wijken/{wijk.slug}/" for wijk in wijken}, **others)


def test_a_square_on_earth_is_drawn_higher_than_wide_since_degrees_of_longitude_are_shorter():
    projection = Projection.around([square()], width=100, margin=0)

    assert (projection.width, projection.height) == (100, 162)
    (ring,) = rings(square())
    assert [(round(x), round(y)) for x, y in projection.project(ring)] == [
        (0, 162),
        (100, 162),
        (100, 0),
        (0, 0),
        (0, 162),
    ]


def test_points_on_a_line_are_left_out_and_corners_stay():
    ring = [(0, 0), (5, 0.1), (10, 0), (10, 5), (10, 10), (0, 10), (0, 0)]

    assert simplify(ring, 1) == [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]


def test_a_path_is_written_in_relative_whole_steps_with_holes():
    outer, inner = [(0, 0), (10, 0.2), (10, 10), (0, 10), (0, 0)], [(2, 2), (4, 2), (4, 4), (2, 2)]

    assert svg_path([outer, inner]) == "M0 0l10 0 0 10-10 0zM2 2l2 0 0 2z"


def test_a_label_stands_inside_a_shape_whose_middle_is_outside():
    horseshoe = [(0, 0), (100, 0), (100, 30), (30, 30), (30, 70), (100, 70), (100, 100), (0, 100), (0, 0)]

    x, y = label_point([horseshoe])

    assert x < 30 or y < 30 or y > 70


def test_a_label_avoids_a_hole():
    outer, hole = [(0, 0), (90, 0), (90, 90), (0, 90), (0, 0)], [(20, 20), (70, 20), (70, 70), (20, 70), (20, 20)]

    x, y = label_point([outer, hole])

    assert not (20 < x < 70 and 20 < y < 70)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Dorp", ("Dorp",)),
        ("Sandelingen-Ambacht", ("Sandelingen-", "Ambacht")),
        ("De Volgerlanden", ("De", "Volgerlanden")),
        ("Antoniapolder", ("Antoniapolder",)),
    ],
)
def test_long_names_are_broken_where_one_would_by_hand(name, lines):
    assert break_name(name) == lines


def test_labels_never_lie_over_each_other_nor_outside_the_drawing():
    names = [f"Buurtnaam-{n}" for n in range(5)]

    labels = arrange(names, [(300 + n, 300 - n) for n in range(5)], size=25, spare_lines=1, frame=(800, 800))

    def apart(one: Label, other: Label) -> bool:
        wide, high = (one.width + other.width) / 2, (one.height + other.height) / 2
        return abs(one.x - other.x) >= wide or abs(one.y - other.y) >= high

    assert all(apart(one, other) for one in labels for other in labels if one is not other)
    assert all(label.width / 2 <= label.x <= 800 - label.width / 2 for label in labels)


@pytest.fixture
def real(db, capsys):
    """The wijken and buurten of the demonstration."""
    call_command("import_wijken", DATA / "wijken_gm0531.geojson", DATA / "buurten_gm0531.geojson")
    capsys.readouterr()
    return list(Wijk.objects.current())


def test_the_real_map_is_small_and_every_name_is_inside(real):
    drawn = wijken_map(real, {wijk.pk: number for number, wijk in enumerate(real)})

    assert [shape.name for shape in drawn.shapes] == [
        "Centrum", "Krommeweg", "De Volgerlanden", "Sandelingen-Ambacht", "De Oevers",
    ]  # fmt: skip
    assert sum(len(shape.path) for shape in drawn.shapes) < 2_000
    assert [shape.shade for shape in drawn.shapes] == [0, 1, 2, 3, 4]
    assert drawn.source == "Kadaster / Centraal Bureau voor de Statistiek; via Who's On First"


def test_the_drawing_is_kept_until_an_area_changes(real, django_assert_num_queries):
    wijken_map(real)

    with django_assert_num_queries(0):
        wijken_map(real, {real[0].pk: 3})
    real[0].short_name = "Hart"
    real[0].save()
    with django_assert_num_queries(1):
        assert wijken_map(real).shapes[0].name == "Hart"


def test_every_area_is_a_link_with_its_number_and_the_list_says_the_same(db):
    first, other = WijkFactory(short_name="Oost & <b>West</b>"), WijkFactory(short_name="Zuid")
    drawn = wijken_map([first, other], {first.pk: 1}, in_words=lambda n: f"{n} initiatieven", chosen=other)

    html = render_to_string("ui/map.html", {"map": drawn})

    links = re.findall(r'href="([^"]+)"', html)
    assert links == [f"/wijken/{first.slug}/", f"/wijken/{other.slug}/"] * 2
    assert html.count("Oost &amp; &lt;b&gt;West&lt;/b&gt;: 1 initiatieven") == 3
    assert html.count('aria-current="true"') == 2
    assert "style=" not in html


def test_a_place_is_shown_among_the_others_without_links(db):
    place = BuurtFactory(name="Dorp")
    BuurtFactory()

    drawn = maps.place_map(place)
    html = render_to_string("ui/map.html", {"map": drawn})

    assert drawn.title == "Kaart: waar Dorp ligt"
    assert [shape.chosen for shape in drawn.shapes] == [True, False]
    assert 'role="img"' in html
    assert "<a " not in html
    assert "<text" not in html


def test_the_buurten_have_their_names_on_the_map(real):
    drawn = maps.buurten_map(Buurt.objects.get(name="Dorp"))

    assert [shape.name for shape in drawn.shapes if shape.chosen] == ["Dorp"]
    assert len(drawn.shapes) == 12
    assert {"Krommeweg-", "Noord"} <= {line for shape in drawn.shapes for line, _x, _y in shape.rows}


def test_an_area_without_a_border_is_left_out(db):
    assert wijken_map([WijkFactory(geometry={})]).shapes == ()


def test_an_island_is_drawn_with_the_mainland(db):
    parts = [square()["coordinates"], square(west=4.7)["coordinates"]]
    wijk = WijkFactory(geometry=json.loads(json.dumps({"type": "MultiPolygon", "coordinates": parts})))

    assert wijken_map([wijk]).shapes[0].path.count("M") == 2


def test_a_place_is_as_far_from_an_area_as_its_nearest_border():
    square = {"type": "Polygon", "coordinates": [[(4.6, 51.8), (4.61, 51.8), (4.61, 51.81), (4.6, 51.81), (4.6, 51.8)]]}

    assert metres_to(square, (4.605, 51.805)) == 0
    # A thousandth of a degree to the north is 111 metres; to the east, at this height, 69.
    assert metres_to(square, (4.605, 51.811)) == pytest.approx(111.2, abs=0.5)
    assert metres_to(square, (4.611, 51.805)) == pytest.approx(68.8, abs=0.5)
    assert metres_between((4.605, 51.81), (4.605, 51.811)) == pytest.approx(111.2, abs=0.5)
