"""After the activity: what the recipient shows, and until when."""

from subsidies.models import Application, Decision, Report
from subsidies.rules import accountability_mode


def expect_report(application: Application, decision: Decision) -> Report | None:
    """Ask for the report that the scheme wants for this amount; a later decision moves the day of one that is not in.

    None when the scheme asks nothing.
    """
    bands = application.scheme_version.accountability_bands.order_by("from_amount").values_list("from_amount", "mode")
    mode = accountability_mode(bands, application.granted_amount)
    if mode is None or decision.report_due_on is None:
        return None
    report, created = Report.objects.get_or_create(
        application=application, defaults={"mode": mode, "due_on": decision.report_due_on}
    )
    if not created and report.received_on is None:
        if report.due_on != decision.report_due_on:
            # Another day is a new term: what was reminded of the old one does not count for it.
            report.second_due_on = report.reminded_at = report.second_reminded_at = report.missed_at = None
        report.mode, report.due_on = mode, decision.report_due_on
        report.save()
    return report
