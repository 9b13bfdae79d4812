"""Applications in review on a Monday in a quiet month (no holidays nearby), and what became of them."""

from datetime import date

from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from subsidies.models import Application
from tests.factories.subsidies import ApplicationFactory

MONDAY = date(2026, 9, 7)
NOON = "2026-09-07 10:00:00+02:00"


def in_review(**fields) -> Application:
    return ApplicationFactory(in_review=True, received_on=date(2026, 9, 1), **fields)


def actions(case: Application) -> list[str]:
    return list(Event.objects.about(case).order_by("pk").values_list("action", flat=True))


def letter_to(address: str) -> OutboxMessage:
    return OutboxMessage.objects.get(recipient_email=address)


def nothing_written(case: Application) -> bool:
    case_now = Application.objects.get(pk=case.pk)
    return (
        case_now.status == case.status
        and case_now.version == case.version
        and not OutboxMessage.objects.exists()
        and not Event.objects.about(case).exists()
    )
