"""The recipient sends the report by the form: the answers, the photos with their words, the receipts."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.documents.models import StoredFile
from shared.ui.notations import euro_text
from subsidies.enums import MessageKind
from subsidies.models import Application, CaseFile, Report
from subsidies.workflow import messages


@dataclass(frozen=True)
class ReportAnswers:
    """What the form asks; `photos` each with what there is to see."""

    took_place: bool
    what_happened: str
    people_count: int | None = None
    what_changed: str = ""
    spent: Decimal | None = None
    costs: str = ""
    shows_result: bool = False
    photos: tuple[tuple[StoredFile, str], ...] = ()
    receipts: tuple[StoredFile, ...] = ()

    def in_words(self) -> str:
        """The answers as one text: the copy in the receipt, and the message in the file."""
        rows = [
            (_("Is het doorgegaan?"), _("ja") if self.took_place else _("nee")),
            (_("Wat heeft u gedaan?"), self.what_happened),
            (_("Hoeveel mensen deden mee?"), "" if self.people_count is None else str(self.people_count)),
            (_("Wat is er beter geworden?"), self.what_changed),
            (_("Uitgegeven:"), "" if self.spent is None else euro_text(self.spent)),
            (_("Overzicht van de kosten:"), self.costs),
        ]
        return "\n\n".join(f"{question}\n{answer}" for question, answer in rows if answer)


@transaction.atomic
def receive_report(application: Application, answers: ReportAnswers, *, by: User | None) -> Report:
    """Take the report in as an official message, with a receipt and a copy, and keep the answers apart.

    Raises:
        WorkflowError: no report is asked, or it was approved already.
    """
    described = {file.pk: words for file, words in answers.photos}
    messages.receive_message(
        application,
        kind=MessageKind.REPORT,
        text=answers.in_words(),
        files=[*(file for file, _words in answers.photos), *answers.receipts],
        by=by,
    )
    report = Report.objects.select_for_update().get(application=application)
    report.took_place, report.what_happened = answers.took_place, answers.what_happened
    report.people_count, report.what_changed = answers.people_count, answers.what_changed
    report.spent = answers.spent
    report.save()
    for kept in CaseFile.objects.filter(report=report, file__in=list(described)):
        kept.alt_text = described[kept.file_id]
        kept.save(update_fields=["alt_text"])
    Application.objects.filter(pk=application.pk).update(shows_result=answers.shows_result)
    return report
