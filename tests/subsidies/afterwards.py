"""What somebody reports after the activity, and the letters that follow."""

from datetime import timedelta
from decimal import Decimal

from shared.notifications.models import OutboxMessage
from subsidies.models import Report
from subsidies.workflow.after.sending import ReportAnswers, receive_report

ANSWERS = ReportAnswers(
    took_place=True,
    what_happened="Wij aten met de hele straat.",
    people_count=42,
    what_changed="Buren groeten elkaar nu.",
    spent=Decimal(700),
)
DAY = timedelta(days=1)


def letters(application, name: str) -> list[str]:
    """The subjects of the letters of one kind."""
    found = OutboxMessage.objects.filter(about_id=application.pk, key__startswith=f"subsidies.{name}")
    return list(found.values_list("subject", flat=True))


def sent(application, answers=ANSWERS) -> Report:
    return receive_report(application, answers, by=application.applicant)


def owner_of(application):
    application.refresh_from_db()
    return application.owner
