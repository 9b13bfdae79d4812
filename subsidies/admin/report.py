"""After the decision: judge the report, go on without one, and book what comes back."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.models import User
from shared.terms.calendar import days_left_in_words, today
from subsidies import rules
from subsidies.admin.handling import why_not_own
from subsidies.admin.registry import Part, StepPage, register, show_on_file, with_answers
from subsidies.enums import AWARDED
from subsidies.forms.report_steps import ApproveForm, LetGoForm, ReceivedForm, ReturnReportForm
from subsidies.models import Application, Evaluation, Report
from subsidies.policies import may_show_result
from subsidies.workflow.after import recovery
from subsidies.workflow.after import report as workflow


def report_of(case: Application) -> Report | None:
    """The report that is asked of this case, if any."""
    return Report.objects.select_related("approved_by").filter(application=case).first()


def _asks_report(case: Application, user: User) -> bool:
    report = report_of(case)
    return case.status in AWARDED and report is not None and not report.is_judged


def _why_not_judged(case: Application, user: User) -> str:
    report = report_of(case)
    if report is None or report.received_on is None:
        return _("Er is nog geen verslag.")
    return why_not_own(case, user)


def _why_not_let_go(case: Application, user: User) -> str:
    report = report_of(case)
    return (workflow.why_not_let_go(report) if report else "") or why_not_own(case, user)


def _owes(case: Application, user: User) -> bool:
    return case.recoveries.open().exists()


def _shown(case: Application, user: User) -> dict[str, Any]:
    report = report_of(case)
    return {"report": report, "photos": workflow.photos(report) if report else (), "left_over": left_over(case, report)}


def left_over(case: Application, report: Report | None) -> Any:
    """What was not spent and is more than people may keep; nothing while the amount spent is not known."""
    granted = case.granted_amount
    if report is None or report.spent is None or granted is None:
        return None
    return rules.unspent(granted, report.spent, case.scheme_version.unspent_return_above) or None


def _on_file(case: Application, request: HttpRequest) -> dict[str, Any]:
    report = report_of(case)
    waits = report is not None and report.received_on is None and not report.is_judged
    return {
        "report": report,
        "left": days_left_in_words(report.last_day, today()) if report and waits else "",
        "is_late": bool(report and waits and report.last_day < today()),
        "left_over": left_over(case, report),
        "enclosed": report.files.count() if report else 0,
        "mark": Evaluation.objects.filter(application=case, answered_at__isnull=False).first(),
        "recoveries": list(case.recoveries.all()),
        "may_show": may_show_result(case),
    }


register(
    StepPage(
        "verslag-goedkeuren",
        gettext_lazy("Verslag goedkeuren"),
        gettext_lazy("Goedkeuren"),
        with_answers(workflow.approve, "show", "public_text"),
        _why_not_judged,
        ApproveForm,
        explains=gettext_lazy("De aanvrager krijgt bericht, en de vraag om een cijfer. Daarna kunt u vaststellen."),
        main=True,
        position=55,
        concerns=_asks_report,
        values=_shown,
        template="admin/subsidies/application/report.html",
    ),
    StepPage(
        "verslag-terugsturen",
        gettext_lazy("Verslag terugsturen"),
        gettext_lazy("Terugsturen"),
        with_answers(workflow.return_report, "reason", "due_on"),
        _why_not_judged,
        ReturnReportForm,
        explains=gettext_lazy("De aanvrager krijgt een nieuwe laatste dag. Wat er al is, blijft."),
        position=56,
        concerns=_asks_report,
        values=_shown,
        template="admin/subsidies/application/report.html",
    ),
    StepPage(
        "zonder-verslag",
        gettext_lazy("Verder zonder verslag"),
        gettext_lazy("Verdergaan"),
        with_answers(workflow.let_go, "reason"),
        _why_not_let_go,
        LetGoForm,
        explains=gettext_lazy(
            "Daarna kunt u ambtshalve vaststellen (Awb 4:47). Lager vaststellen vraagt eerst een zienswijze (Awb 4:12)."
        ),
        position=57,
        concerns=_asks_report,
    ),
    StepPage(
        "terugbetaling-boeken",
        gettext_lazy("Terugbetaling boeken"),
        gettext_lazy("Boeken"),
        with_answers(recovery.book_received, "amount", "received_on"),
        why_not_own,
        ReceivedForm,
        explains=gettext_lazy("Wat terugkomt, komt ook in het grootboek van de regeling. De aanvrager krijgt bericht."),
        position=64,
        concerns=_owes,
    ),
)
show_on_file(Part("verslag", "admin/subsidies/application/_report.html", _on_file, position=65))
