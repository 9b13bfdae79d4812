import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from shared.wijken.models import Buurt, Wijk
from tests.factories.wijken import BuurtFactory, WijkFactory, square

pytestmark = pytest.mark.django_db


def feature(geometry=None, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry or square()}


def wijk(code="WK123401", name="Wijk 01 Centrum", **others):
    return feature(statcode=code, statnaam=name, gemeentecode="GM1234", gemeentenaam="Ons Dorp", **others)


def buurt(code="BU12340101", name="Markt", wijkcode="WK123401", **others):
    return feature(statcode=code, statnaam=name, wijkcode=wijkcode, gemeentecode="GM1234", **others)


@pytest.fixture
def run(tmp_path):
    """Import these features, a list per file; gives what the command said."""

    def run(*files, **options):
        paths = [tmp_path / f"file{number}.geojson" for number, _features in enumerate(files)]
        for path, features in zip(paths, files, strict=True):
            path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        said = StringIO()
        call_command("import_wijken", *paths, stdout=said, **options)
        return said.getvalue().splitlines()

    return run


def test_the_map_of_any_municipality_is_read(run):
    said = run([wijk()], [buurt()])

    found = Buurt.objects.select_related("wijk").get()
    assert said == [
        "Wijken: 1 added, 0 changed, 0 unchanged, 0 closed",
        "Buurten: 1 added, 0 changed, 0 unchanged, 0 closed",
    ]
    assert (found.code, found.name, found.slug, found.geometry) == ("BU12340101", "Markt", "markt", square())
    assert (found.wijk.name, found.wijk.short_name, found.wijk.slug) == ("Wijk 01 Centrum", "Centrum", "centrum")
    assert (found.wijk.municipality_code, found.wijk.municipality_name) == ("GM1234", "Ons Dorp")
    assert (found.valid_from.month, found.valid_from.day, found.valid_to) == (1, 1, None)


def test_the_order_of_the_files_does_not_matter(run):
    run([buurt()], [wijk()])

    assert Buurt.objects.get().wijk == Wijk.objects.get()


def test_reading_the_same_files_again_changes_nothing(run):
    run([wijk(), buurt()])
    before = list(Wijk.objects.values()), list(Buurt.objects.values())

    said = run([wijk(), buurt()])

    assert said == [
        "Wijken: 0 added, 0 changed, 1 unchanged, 0 closed",
        "Buurten: 0 added, 0 changed, 1 unchanged, 0 closed",
    ]
    assert (list(Wijk.objects.values()), list(Buurt.objects.values())) == before


def test_a_new_name_and_border_are_taken_over_and_the_web_address_stays(run):
    run([wijk()])

    run([wijk(name="Wijk 01 Oude Centrum", geometry=square(size=0.02))])

    found = Wijk.objects.get()
    assert (found.short_name, found.slug, found.geometry) == ("Oude Centrum", "centrum", square(size=0.02))


@pytest.mark.parametrize(
    ("wijk_names", "buurt_names"),
    [
        (
            {
                "wijkcode": "WK123401",
                "wijknaam": "Wijk 01 Centrum",
                "gemeentecode": "GM1234",
                "gemeentenaam": "Ons Dorp",
            },
            {
                "buurtcode": "BU12340101",
                "buurtnaam": "Markt",
                "wijkcode": "WK123401",
                "gemeentecode": "GM1234",
                "water": "NEE",
            },
        ),
        (
            {
                "WK_CODE": "WK123401",
                "WK_NAAM": "Wijk 01 Centrum",
                "GM_CODE": "GM1234",
                "GM_NAAM": "Ons Dorp",
                "H2O": "NEE",
            },
            {"BU_CODE": "BU12340101", "BU_NAAM": "Markt", "WK_CODE": "WK123401", "GM_CODE": "GM1234", "AANT_INW": 120},
        ),
        ({"statcode": "WK123401", "statnaam": "Wijk 01 Centrum"}, {"statcode": "BU12340101", "statnaam": "Markt"}),
    ],
)
def test_the_property_names_of_each_edition_are_known(run, wijk_names, buurt_names):
    run([feature(**wijk_names), feature(**buurt_names)])

    found = Buurt.objects.select_related("wijk").get()
    assert (found.code, found.name, found.wijk.code, found.wijk.short_name) == (
        "BU12340101", "Markt", "WK123401", "Centrum",
    )  # fmt: skip
    assert found.wijk.municipality_code == "GM1234"


def test_water_and_municipalities_are_passed_over(run):
    run([wijk(), wijk(code="WK123499", water="JA"), feature(statcode="GM1234", statnaam="Ons Dorp")])

    assert Wijk.objects.get().code == "WK123401"


@pytest.mark.parametrize(("given", "kept"), [(120, 120), (0, 0), (-99997, None)])
def test_inhabitants_come_along_unless_they_are_secret(run, given, kept):
    run([wijk(aantal_inwoners=given)])

    assert Wijk.objects.get().inhabitants == kept


def test_a_country_can_be_read_for_one_municipality(run):
    run([wijk(), feature(statcode="WK999901", statnaam="Elders")], municipality="gm1234")

    assert Wijk.objects.get().code == "WK123401"


def test_two_wijken_of_the_same_name_get_addresses_of_their_own(run):
    run([wijk(), wijk(code="WK123402", name="Wijk 02 Centrum")])

    assert [wijk.slug for wijk in Wijk.objects.all()] == ["centrum", "centrum-wk123402"]


def test_areas_that_are_not_in_the_file_stay_unless_a_new_division_starts(run):
    run([wijk(), wijk(code="WK123402", name="Wijk 02 Noord"), buurt()])

    run([wijk()])
    assert Wijk.objects.filter(valid_to=None).count() == 2

    said = run([wijk(), wijk(code="WK123403", name="Wijk 03 Noord")], date=date(2027, 1, 1))
    assert said[0] == "Wijken: 1 added, 0 changed, 1 unchanged, 1 closed"
    ended, new = Wijk.objects.get(code="WK123402"), Wijk.objects.get(code="WK123403")
    assert ended.valid_to == date(2026, 12, 31)
    assert (new.valid_from, new.slug) == (date(2027, 1, 1), "noord")
    assert Buurt.objects.get().valid_to is None


def test_another_municipality_is_never_closed(run):
    elsewhere = WijkFactory()

    run([wijk()], date=date(2027, 1, 1))

    elsewhere.refresh_from_db()
    assert elsewhere.valid_to is None


def test_areas_in_force_depend_on_the_day():
    ended, current = WijkFactory(closed=True), WijkFactory()

    assert list(Wijk.objects.current(date(2025, 12, 31))) == [ended, current]
    assert list(Wijk.objects.current(date(2026, 1, 1))) == [current]
    assert list(Wijk.objects.current(date(2023, 12, 31))) == []


@pytest.mark.parametrize(
    ("features", "message"),
    [
        ([wijk(), feature(name="Centrum")], "feature 2: no CBS code of a wijk"),
        ([feature(statcode="WK123401")], "feature 1 (WK123401): no name"),
        ([wijk(geometry={"type": "Point", "coordinates": [4, 51]})], "feature 1: the geometry is not a Polygon"),
        ([wijk(geometry={"type": "Polygon", "coordinates": []})], "feature 1: the polygon has no points"),
        ([wijk(geometry=square(west=105_000, south=425_000))], "feature 1: not in degrees"),
        ([wijk(), wijk()], "feature 2: WK123401 was already in"),
        ([buurt()], "feature 1 (BU12340101): wijk WK123401 is not known"),
        ([], "There is no wijk or buurt in these files"),
    ],
)
def test_a_mistake_names_the_file_and_the_feature_and_changes_nothing(run, features, message):
    with pytest.raises(CommandError) as refused:
        run([wijk(code="WK123409", name="Wijk 09 Goed")] if features else [], features)

    assert message in str(refused.value)
    assert "file1.geojson" in str(refused.value) or not features
    assert not Wijk.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"), [("geen json", "not GeoJSON"), ("[]", "not GeoJSON"), (None, "cannot be read")]
)
def test_a_file_that_is_no_map_is_refused(tmp_path, content, message):
    path = tmp_path / "kaart.geojson"
    if content is not None:
        path.write_text(content)

    with pytest.raises(CommandError, match=message):
        call_command("import_wijken", path)


def test_a_buurt_keeps_its_wijk_when_its_own_file_is_read_alone(run):
    run([wijk(), buurt()])

    said = run([buurt(name="Marktplein")])

    assert said[1] == "Buurten: 0 added, 1 changed, 0 unchanged, 0 closed"
    assert Buurt.objects.get().wijk.code == "WK123401"


def test_the_source_that_the_file_asks_to_show_is_kept(tmp_path):
    path = tmp_path / "kaart.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "attribution": "Kadaster / Iemand", "features": [wijk()]}))

    call_command("import_wijken", path, stdout=StringIO())

    assert Wijk.objects.get().source == "Kadaster / Iemand"


def test_one_code_is_in_force_once():
    BuurtFactory(code="BU12340101", closed=True)
    BuurtFactory(code="BU12340101", valid_from=date(2026, 1, 1))

    assert Buurt.objects.current(date(2026, 6, 1)).count() == 1
