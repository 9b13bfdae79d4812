"""The command on a small list that holds every oddity once."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import Workbook

from initiatives.enums import Channel, Status
from initiatives.models import Initiative
from shared.audit.models import Event
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory, WijkFactory

pytestmark = pytest.mark.django_db

LIST = Path(__file__).parent.parent / "data/initiatieven_klein.csv"


@pytest.fixture
def wijken():
    north = WijkFactory(code="WK990001", short_name="Noord", name="Wijk 01 Noord")
    south = WijkFactory(code="WK990002", short_name="Zuid", name="Wijk 02 Zuid")
    BuurtFactory(code="BU99000201", name="Havenbuurt", wijk=south)
    return {"north": north, "south": south}


@pytest.fixture
def themes():
    names = {"groen": "Groen en klimaat", "verkeer": "Verkeer", "ontmoeting": "Ontmoeting", "spelen": "Spelen en sport"}
    return [ThemeFactory(slug=slug, name=name) for slug, name in names.items()]


@pytest.fixture
def run(wijken, themes, tmp_path):
    def run(*arguments, file=LIST):
        out, report = StringIO(), tmp_path / "verslag.csv"
        call_command("import_initiatives", str(file), "--report", str(report), *arguments, stdout=out)
        with report.open(encoding="utf-8-sig", newline="") as lines:
            return out.getvalue(), list(csv.DictReader(lines, delimiter=";"))

    return run


def refused(report):
    return {row["regel"]: row["reden"] for row in report if row["soort"] == "geweigerd"}


def test_the_good_rows_are_taken_over_and_the_others_refused_with_every_reason(run):
    out, report = run()

    assert sorted(Initiative.objects.values_list("source_id", flat=True))[-8:] == [
        "K-01",
        "K-02",
        "K-03",
        "K-04",
        "K-05",
        "K-06",
        "K-07",
        "K-08",
    ]
    assert Initiative.objects.count() == 9
    assert refused(report) == {
        "11": "het bedrag “duizend euro” is niet te lezen; het jaar “1820” kan niet kloppen; de status “zomaar” is "
        "onbekend (wijs hem toe met --status “zomaar=…”)",
        "12": "er staat geen titel bij",
        "13": "“Oud Oost” is geen wijk of buurt van deze gemeente",
        "14": "hetzelfde staat al op regel 2",
        "15": "de regel heeft meer cellen dan er kolommen zijn",
        "18": "hetzelfde staat al op regel 17",
    }
    assert "9 overgenomen, 0 stonden er al, 6 geweigerd." in out


def test_a_row_becomes_an_initiative_with_its_own_year_and_place_in_the_trail(run, wijken):
    run()

    garden = Initiative.objects.get(source_id="K-01")
    assert garden.title == "Moestuin bij de Graaf Willemlaan"
    assert (garden.status, garden.channel, garden.amount) == (Status.ACCEPTED, Channel.IMPORT, Decimal("1250.00"))
    assert (garden.wijk, garden.theme.slug, garden.name) == (wijken["north"], "groen", "Zoë de Wit")
    assert timezone.localdate(garden.submitted_at) == date(2024, 1, 1)
    assert garden.reference == "2024-00001"
    assert (garden.published_at, garden.respond_by) == (None, None)
    event = Event.objects.about(garden).get()
    assert (event.action, event.text) == ("initiatives.imported", "Overgenomen uit de lijst “initiatieven_klein”.")


def test_oddities_are_kept_as_they_are(run, wijken):
    run()

    kept = {row.source_id: row for row in Initiative.objects.select_related("buurt")}
    assert kept["K-02"].amount == 1
    assert kept["K-03"].title == kept["K-04"].title == "Tegels eruit, groen erin!"
    assert (kept["K-03"].amount, kept["K-03"].wijk) == (Decimal("155.4"), wijken["south"])
    assert (kept["K-04"].amount, kept["K-04"].status) == (None, Status.DECLINED)
    assert kept["K-05"].buurt.name == "Havenbuurt"
    assert timezone.localdate(kept["K-05"].submitted_at) == timezone.localdate()
    assert (kept["K-06"].title, kept["K-06"].amount) == ("Straatfeest op de Dorpsstraat", 300_000)
    assert kept["K-06"].what == "Muziek; eten; spel"
    assert kept["K-07"].title == '=HYPERLINK("http://evil.example")'


def test_what_was_changed_on_the_way_is_remarked(run):
    _out, report = run()

    remarks = [(row["nummer"], row["reden"]) for row in report if row["soort"] == "opmerking"]
    assert remarks == [
        ("K-05", "geen jaar of datum: de dag van overnemen is gebruikt"),
        ("K-08", "titel ingekort; de hele titel staat in de omschrijving"),
        ("K-08", "het e-mailadres “geen adres” klopt niet en is weggelaten"),
    ]
    long = Initiative.objects.get(source_id="K-08")
    assert len(long.title) <= 120
    assert long.title.endswith("…")
    assert long.what.endswith("buurtbewoners samen worden uitgebeeld.")


def test_a_second_run_leaves_everything_as_it_is(run):
    run()
    Initiative.objects.filter(source_id="K-01").update(title="Door ons veranderd", status=Status.DONE)

    out, _report = run()

    assert "0 overgenomen, 9 stonden er al, 6 geweigerd." in out
    assert Initiative.objects.count() == 9
    assert Initiative.objects.get(source_id="K-01").title == "Door ons veranderd"


def test_a_trial_writes_nothing_but_tells_the_same(run):
    out, report = run("--dry-run")

    assert "Proef, er is niets bewaard: 9 nieuw, 0 stonden er al, 6 geweigerd." in out
    assert len(refused(report)) == 6
    assert not Initiative.objects.exists()
    assert not Event.objects.exists()


def test_rows_from_elsewhere_go_to_the_chosen_wijken_and_always_to_the_same_one(run, wijken):
    _out, report = run("--any-wijk", "all")

    rink = Initiative.objects.get(source_id="K-11")
    chosen = rink.wijk
    assert chosen in wijken.values()
    assert rink.place == "Oud Oost"
    assert ("K-11", f"wijk gekozen bij het overnemen: {chosen}") in [(row["nummer"], row["reden"]) for row in report]

    Initiative.objects.all().delete()
    run("--any-wijk", "all")

    assert Initiative.objects.get(source_id="K-11").wijk == chosen


def test_the_caller_says_what_statuses_and_themes_mean(wijken, themes, tmp_path):
    file = tmp_path / "lijst.csv"
    file.write_text("kop,wijk,thema,status\nBankje,Noord,Zitten,Wacht even\n", encoding="cp1252")
    choices = ["--map", "title=kop", "--theme", "zitten=ontmoeting", "--status", "wacht even=in_review", "--publish"]

    call_command("import_initiatives", str(file), *choices, stdout=StringIO())

    bench = Initiative.objects.published().get()
    assert (bench.public_title, bench.theme.slug, bench.status) == ("Bankje", "ontmoeting", Status.IN_REVIEW)


def test_an_old_windows_file_and_tabs_are_understood(wijken, themes, tmp_path):
    file = tmp_path / "lijst.txt"
    file.write_bytes("Titel\tWijk\tThema\tBedrag\nCafé Zoë\tNoord\tgroen\t€ 12,50\n".encode("cp1252"))

    call_command("import_initiatives", str(file), stdout=StringIO())

    cafe = Initiative.objects.get()
    assert (cafe.title, cafe.amount) == ("Café Zoë", Decimal("12.50"))


def test_a_workbook_gives_the_same_as_a_csv_file(wijken, themes, tmp_path):
    book = Workbook()
    book.active.append(["Nummer", "Titel", "Bedrag", "Datum aanvraag", "Wijk", "Thema", "Status"])
    book.active.append([17, "Bankje", 1197.75, date(2023, 5, 4), "Noord", "groen", "afgerond"])
    book.active.append([None] * 7)
    book.active.append([18, "Boom", 5000.0, None, "Noord", "groen", None])
    file = tmp_path / "lijst.xlsx"
    book.save(file)

    call_command("import_initiatives", str(file), stdout=StringIO())

    bench, tree = Initiative.objects.order_by("source_id")
    assert (bench.source_id, bench.amount, bench.status) == ("17", Decimal("1197.75"), Status.DONE)
    assert timezone.localdate(bench.submitted_at) == date(2023, 5, 4)
    assert (tree.source_id, tree.amount) == ("18", 5000)


def test_a_wijk_of_another_municipality_with_the_same_name_is_not_ours(wijken, themes, tmp_path):
    file = tmp_path / "lijst.csv"
    file.write_text("titel;gemeente;wijk;thema\nBank;Elders;Noord;groen\nBoom;voorbeeldstad;Noord;groen\n")
    report = tmp_path / "verslag.csv"

    call_command("import_initiatives", str(file), "--report", str(report), stdout=StringIO())

    assert Initiative.objects.get().title == "Boom"
    assert "“Noord, Elders” is geen wijk of buurt van deze gemeente" in report.read_text()


def test_a_postcode_leads_to_the_wijk(wijken, themes, tmp_path):
    PostcodeAreaFactory(postcode="9999AB", buurt=wijken["south"].buurten.get())
    file = tmp_path / "lijst.csv"
    file.write_text("titel;postcode;thema\nBankje;9999 ab;groen\n")

    call_command("import_initiatives", str(file), stdout=StringIO())

    bench = Initiative.objects.get()
    assert (bench.wijk, bench.buurt.name) == (wijken["south"], "Havenbuurt")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Het bestand is leeg"),
        (b"titel;wijk\n", "Er staan geen rijen"),
        (b"\x00\x01\x02rommel", "geen CSV- of XLSX-bestand"),
        (b"PK\x03\x04 kapot;\nx;y\n", "Geen kolom met titels"),
        (b"naam van het plan;wijk\nx;y\n", "Geen kolom met titels"),
    ],
)
def test_a_file_that_is_no_list_is_told_in_words(tmp_path, content, words):
    file = tmp_path / "lijst.csv"
    file.write_bytes(content)

    with pytest.raises(CommandError, match=words):
        call_command("import_initiatives", str(file), stdout=StringIO())


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--theme", "x=bestaat-niet", "geen thema"),
        ("--status", "x=weg", "geen status"),
        ("--wijk", "WK000000", "geen wijk"),
        ("--map", "title", "mist een =-teken"),
    ],
)
def test_a_choice_that_does_not_exist_is_told_before_anything_is_read(wijken, themes, option, value, words):
    with pytest.raises(CommandError, match=words):
        call_command("import_initiatives", str(LIST), option, value, stdout=StringIO())


def test_a_missing_file_is_told_in_words():
    with pytest.raises(CommandError, match="bestaat niet"):
        call_command("import_initiatives", "/nergens/lijst.csv")
