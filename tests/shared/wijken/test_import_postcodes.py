import resource
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from shared.wijken.models import PostcodeArea
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory, WijkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """Import a file with this text; gives what the command said."""

    def run(text):
        path = tmp_path / "postcodes.csv"
        path.write_text(text, encoding="utf-8")
        said = StringIO()
        call_command("import_postcodes", path, stdout=said)
        return said.getvalue().splitlines()

    return run


@pytest.fixture
def dorp():
    return BuurtFactory(code="BU05310101")


def rows():
    return list(PostcodeArea.objects.values_list("postcode", "house_number", "buurt__code", "certain"))


@pytest.mark.parametrize(
    "text",
    [
        "PC6;Huisnummer;Gemeente2026;Wijk2026;Buurt2026\n3342AC;88;531;53101;5310101\n",
        '"PC6","Huisnummer","Buurt2025","Wijk2025","Gemeente2025"\n"3342AC",88,"05310101","053101","0531"\n',
        "\ufeffpc6;huisnummer;buurt;wijk;gemeente\r\n3342 ac;88;BU05310101;WK053101;GM0531\r\n",
        "PC6,Huisnummer,Buurtcode,Wijkcode,Gemeentecode\n3342AC,88,bu05310101,,\n",
    ],
)
def test_each_edition_of_the_official_table_is_read(run, dorp, text):
    run(text)

    assert rows() == [("3342AC", 88, "BU05310101", True)]


def test_only_the_addresses_of_known_buurten_are_kept_and_the_rest_is_not_even_checked(run, dorp):
    said = run("PC6;Huisnummer;Buurt\n3342AC;88;5310101\n1011AB;1;3630000\nonzin;x;3630001\n")

    assert rows() == [("3342AC", 88, "BU05310101", True)]
    assert said == ["3 rows read, 1 in known buurten", "1 added, 0 removed"]


def test_reading_the_same_table_again_changes_nothing(run, dorp):
    text = "PC6;Huisnummer;Buurt\n3342AC;88;5310101\n3342AC;88;5310101\n3342AD;;5310101\n"
    run(text)
    before = list(PostcodeArea.objects.values())

    said = run(text)

    assert said[-1] == "0 added, 0 removed"
    assert list(PostcodeArea.objects.values()) == before
    assert len(before) == 2


def test_a_new_table_replaces_the_addresses_of_its_own_municipality_only(run, dorp):
    gone = PostcodeAreaFactory(buurt=dorp, postcode="3342ZZ")
    guess = PostcodeAreaFactory(buurt=dorp, guess=True)
    elsewhere = PostcodeAreaFactory(buurt__wijk=WijkFactory(municipality_code="GM0001"))

    said = run("PC6;Huisnummer;Buurt\n3342AC;88;5310101\n")

    assert said[-1] == "1 added, 1 removed"
    kept = set(PostcodeArea.objects.values_list("pk", flat=True))
    assert {guess.pk, elsewhere.pk} < kept
    assert gone.pk not in kept


def test_rows_that_cannot_be_read_are_counted_and_the_first_ones_shown(run, dorp):
    bad = "\n".join(f"XX{number};1;5310101" for number in range(7))

    said = run(f"PC6;Huisnummer;Buurt\n3342AC;12a;5310101\n{bad}\n3342AC;12;5310101\n")

    assert said[-1].startswith("8 passed over: row 2: “12a” is not a house number; row 3: “XX0” is not a postcode")
    assert said[-1].count("row") == 5
    assert len(rows()) == 1


def test_the_approximation_by_area_is_kept_as_a_guess(run, dorp):
    noord = BuurtFactory(code="BU05310201")
    text = (
        "postcode;niveau;buurtcode;buurtnaam;betrouwbaarheid\n3340;PC4;;;n.v.t.\n3342;PC4;BU05310101;Dorp;hoog\n"
        "3342;PC4;BU05310201;Noord;laag\n3342;PC4;BU99990000;Elders;laag\n"
    )

    run(text)
    run(text)

    assert list(PostcodeArea.objects.values_list("postcode", "buurt", "certain", "weight")) == [
        ("3340", None, False, 1),
        ("3342", dorp.pk, False, 3),
        ("3342", noord.pk, False, 1),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("naam;waarde\na;b\n", "expected the columns PC6, Huisnummer and Buurt, found naam, waarde"),
        ("PC6;Huisnummer;Buurt\n1011AB;1;3630000\n", "none of the 1 rows belongs to a buurt that the portal knows"),
    ],
)
def test_a_wrong_file_says_what_is_wrong_and_changes_nothing(run, dorp, text, message):
    PostcodeAreaFactory(buurt=dorp)

    with pytest.raises(CommandError, match=message):
        run(text)

    assert len(rows()) == 1


def test_a_file_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "postcodes.zip"
    path.write_bytes(b"PK\x03\x04\xff\xfe\x00")

    with pytest.raises(CommandError, match="not a text file in UTF-8"):
        call_command("import_postcodes", path)


def test_a_table_of_the_whole_country_takes_no_more_memory_than_a_small_one(tmp_path, dorp):
    def write(name, count):
        path = tmp_path / name
        with path.open("w") as file:
            file.write("PC6;Huisnummer;Buurt;Wijk;Gemeente\n")
            for number in range(count):
                home = number % 20 == 0
                file.write(
                    f"33{number // 26000 % 90 + 10}A{chr(65 + number % 26)};{number};{5310101 if home else 3630000}\n"
                )
        return path

    def growth(path):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        call_command("import_postcodes", path, stdout=StringIO())
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before

    growth(write("small.csv", 1_000))
    grown = growth(write("large.csv", 200_000))

    assert PostcodeArea.objects.count() == 10_000
    assert grown * (1 if sys.platform != "darwin" else 1 / 1024) < 4_000  # kilobytes
