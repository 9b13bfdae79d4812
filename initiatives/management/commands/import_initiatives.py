"""import_initiatives FILE: take over a municipality's existing list."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from initiatives.enums import Status
from initiatives.imports import source, workflow
from initiatives.imports.areas import AreaFinder
from initiatives.imports.columns import ColumnsUnclear, plain, recognise
from initiatives.imports.rows import Reader, RowRefused, Understood
from initiatives.imports.source import SourceRow, SourceUnreadable
from shared.reports.csv_file import neutral
from shared.themes.models import Theme
from shared.wijken.models import Wijk

ROWS_AT_A_TIME = 500


class Command(BaseCommand):
    """Safe to run again: rows that were taken over before are left alone."""

    help = "Take over a list of initiatives (CSV or XLSX). Rows without a date get 1 January of their year."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and how to read what it leaves open."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument("--report", type=Path, help="write refused rows and remarks to this CSV file")
        parser.add_argument(
            "--source", help="name of the list, by which a next run knows it (default: the file's name)"
        )
        parser.add_argument("--publish", action="store_true", help="show the initiatives on the website")
        parser.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN", help="say what a column is")
        parser.add_argument("--status", action="append", default=[], metavar="WORD=STATUS", help="say what it means")
        parser.add_argument("--theme", action="append", default=[], metavar="WORD=SLUG", help="say what a theme means")
        parser.add_argument("--other-theme", metavar="SLUG", help="theme of rows whose theme is unknown")
        parser.add_argument("--wijk", metavar="CODE", help="wijk of rows that name no wijk of this municipality")
        parser.add_argument(
            "--any-wijk",
            metavar="CODE,CODE",
            help="for trying out with a list from elsewhere: spread such rows over these wijken, or 'all'",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, understand, write in blocks, report."""
        try:
            rows = source.read(options["file"])
            first = next(rows, None)
            if first is None:
                raise CommandError(_("Er staan geen rijen in het bestand."))
            reader = self.reader(list(first.cells), options)
            report = self.run(reader, first, rows, options)
        except (SourceUnreadable, ColumnsUnclear) as problem:
            raise CommandError(str(problem)) from problem
        if options["report"]:
            _write_report(options["report"], report)
            self.stdout.write(_("Verslag: %(path)s") % {"path": options["report"]})

    def reader(self, headings: list[str], options: dict[str, Any]) -> Reader:
        """What the options and the municipality's own tables say about reading this list."""
        fields = recognise(headings, _pairs(options["map"]))
        themes = {plain(words): theme for theme in Theme.objects.all() for words in (theme.name, theme.slug)}
        for word, slug in _pairs(options["theme"]).items():
            themes[plain(word)] = _theme(slug)
        for name, heading in fields.items():
            self.stdout.write(f"  {heading} -> {name}")
        return Reader(
            source=options["source"] or options["file"].stem,
            fields=fields,
            areas=AreaFinder.of_today(_wijken(options)),
            themes=themes,
            statuses={plain(word): _status(value) for word, value in _pairs(options["status"]).items()},
            default_theme=_theme(options["other_theme"]) if options["other_theme"] else None,
            publish=options["publish"],
        )

    def run(
        self, reader: Reader, first: SourceRow, rows: Iterator[SourceRow], options: dict[str, Any]
    ) -> list[tuple[str, ...]]:
        """Go through the file once, and tell how far it is."""
        report: list[tuple[str, ...]] = []
        read = written = refused = known = 0
        for block in _blocks(first, rows):
            understood = []
            for row in block:
                try:
                    understood.append(reader.understand(row))
                except RowRefused as problem:
                    refused += 1
                    report.append(_line(reader, row, _("geweigerd"), str(problem)))
            report += _remarks(reader, understood)
            read += len(block)
            new = self.write_down(reader, understood, dry_run=options["dry_run"])
            written, known = written + new, known + len(understood) - new
            self.stdout.write(_("%(read)s rijen gelezen") % {"read": read})
        words = _("%(new)s overgenomen, %(known)s stonden er al, %(refused)s geweigerd.")
        if options["dry_run"]:
            words = _("Proef, er is niets bewaard: %(new)s nieuw, %(known)s stonden er al, %(refused)s geweigerd.")
        self.stdout.write(self.style.SUCCESS(words % {"new": written, "known": known, "refused": refused}))
        return report

    def write_down(self, reader: Reader, understood: list[Understood], *, dry_run: bool) -> int:
        """Save the block, or count what would be saved."""
        if dry_run:
            return len(understood) - len(workflow.already_taken_over(reader.source, understood))
        return workflow.take_over(reader.source, understood)


def _blocks(first: SourceRow, rows: Iterator[SourceRow]) -> Iterator[list[SourceRow]]:
    yield [first, *islice(rows, ROWS_AT_A_TIME - 1)]
    while block := list(islice(rows, ROWS_AT_A_TIME)):
        yield block


def _pairs(texts: Iterable[str]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        name, separator, value = text.rpartition("=")
        if not separator:
            raise CommandError(_("“%(text)s” mist een =-teken.") % {"text": text})
        pairs[name.strip()] = value.strip()
    return pairs


def _status(value: str) -> Status:
    if value not in Status.values:
        words = _("“%(value)s” is geen status. Kies uit: %(choices)s.")
        raise CommandError(words % {"value": value, "choices": ", ".join(Status.values)})
    return Status(value)


def _theme(slug: str) -> Theme:
    theme = Theme.objects.filter(slug=slug).first()
    if theme is None:
        slugs = ", ".join(Theme.objects.values_list("slug", flat=True))
        raise CommandError(_("Er is geen thema “%(slug)s”. Kies uit: %(slugs)s.") % {"slug": slug, "slugs": slugs})
    return theme


def _wijken(options: dict[str, Any]) -> list[Wijk]:
    """The wijken for rows that name none."""
    codes = [code for code in (options["any_wijk"] or options["wijk"] or "").split(",") if code]
    current = {wijk.code: wijk for wijk in Wijk.objects.current().without_geometry()}
    if codes == ["all"]:
        return list(current.values())
    for code in codes:
        if code not in current:
            raise CommandError(
                _("Er is geen wijk “%(code)s”. Kies uit: %(codes)s.") % {"code": code, "codes": ", ".join(current)}
            )
    return [current[code] for code in codes]


def _remarks(reader: Reader, rows: Iterable[Understood]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        for remark in row.remarks:
            yield (str(row.line), _("opmerking"), row.initiative.source_id, row.initiative.title, remark)


def _line(reader: Reader, row: SourceRow, kind: str, reason: str) -> tuple[str, ...]:
    number, title = (row.cells.get(reader.fields.get(name, ""), "") for name in ("source_id", "title"))
    return (str(row.line), kind, number, title, reason)


def _write_report(path: Path, lines: list[tuple[str, ...]]) -> None:
    headings = (_("regel"), _("soort"), _("nummer"), _("titel"), _("reden"))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(headings)
        writer.writerows([neutral(cell) for cell in line] for line in sorted(lines, key=lambda line: int(line[0])))
