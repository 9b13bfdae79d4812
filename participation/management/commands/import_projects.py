"""Take over a department's project list from CSV or XLSX: `import_projects lijst.csv --list Ruimte --by naam@…`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from initiatives.imports.columns import ColumnsUnclear
from initiatives.imports.source import SourceUnreadable
from participation.imports.workflow import Result, take_over
from shared.accounts.models import Department, User

WORDS = {
    Result.NEW: "nieuw",
    Result.CHANGED: "gewijzigd",
    Result.SAME: "ongewijzigd",
    Result.REFUSED: "niet overgenomen",
}


class Command(BaseCommand):
    """Without --save nothing is kept: the report says what would happen."""

    help = "Take over a department's project list from a CSV or XLSX file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, which list, on whose behalf."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--list", required=True, help="name of the list; the same name updates what it brought")
        parser.add_argument("--by", required=True, help="e-mail address of the colleague who takes it over")
        parser.add_argument("--department", help="department of rows that name none")
        parser.add_argument("--save", action="store_true", help="keep it; without this nothing is changed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the list and report per row.

        Raises:
            CommandError: unknown colleague or department, or no list.
        """
        by = User.objects.filter(email__iexact=options["by"]).first()
        department = Department.objects.filter(name=options["department"]).first() if options["department"] else None
        if by is None or (options["department"] and department is None):
            raise CommandError(_("Deze collega of afdeling is niet bekend."))
        try:
            report = take_over(
                options["path"], list_name=options["list"], by=by, department=department, dry_run=not options["save"]
            )
        except (SourceUnreadable, ColumnsUnclear) as problem:
            raise CommandError(str(problem)) from problem
        for line in report.lines:
            remarks = f" ({'; '.join(line.remarks)})" if line.remarks else ""
            self.stdout.write(f"{line.line}: {line.title}: {WORDS[line.result]}{remarks}")
        totals = ", ".join(f"{report.count(result)} {word}" for result, word in WORDS.items())
        self.stdout.write(totals + ("" if options["save"] else _(" (proef: er is niets bewaard)")))
