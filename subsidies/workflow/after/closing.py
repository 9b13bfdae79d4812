"""The end of a case: nothing runs any more, and from now on it is known how long the file is kept."""

from datetime import date

from django.db import transaction

from shared.audit import trail
from shared.audit.enums import Visibility
from shared.documents import workflow as documents
from subsidies import late
from subsidies.enums import (
    ABOUT_NEIGHBOURS,
    UNDECIDED,
    ObjectionStatus,
    PaymentStatus,
    RetentionClass,
    Status,
)
from subsidies.models import Application, Decision, Objection, Payment, Report
from subsidies.workflow.case import lock
from subsidies.workflow.owed import overpaid

CLOSABLE = (Status.SETTLED, Status.REFUSED, Status.NOT_PROCESSED, Status.WITHDRAWN, Status.REVOKED)
DONE = (PaymentStatus.PAID, PaymentStatus.RETURNED, PaymentStatus.CANCELLED)
SETTLED_OBJECTION = (ObjectionStatus.DECIDED, ObjectionStatus.WITHDRAWN)


def retention_class(application: Application) -> RetentionClass:
    """How long the file is kept, from how it ended (Selectielijst 2020, process 8)."""
    if application.status == Status.SETTLED:
        accounted = Report.objects.filter(application=application).exists()
        return RetentionClass.GRANTED if accounted else RetentionClass.GRANTED_WITHOUT_ACCOUNT
    return {
        Status.REFUSED: RetentionClass.REFUSED,
        Status.REVOKED: RetentionClass.ENDED,
        Status.NOT_PROCESSED: RetentionClass.BROKEN_OFF,
        Status.WITHDRAWN: RetentionClass.BROKEN_OFF,
    }[Status(application.status)]


def is_done(application: Application, day: date) -> bool:
    """Nothing is to be paid, to come back, to be judged, or still open to objection."""
    if application.status not in CLOSABLE or application.unread_since:
        return False
    if _can_object(application, day):
        return False
    if Objection.objects.filter(against__application=application).exclude(status__in=SETTLED_OBJECTION).exists():
        return False
    if application.complaints.open().exists():
        return False
    if Payment.objects.filter(application=application).exclude(status__in=DONE).exists():
        return False
    if late.to_settle(application):
        return False
    # The letter said that a decision on what was paid too much would follow.
    if application.recoveries.open().exists() or overpaid(application):
        return False
    waits_for_report = Report.objects.filter(application=application, approved_on__isnull=True)
    return application.status != Status.SETTLED or not waits_for_report.exists()


def _can_object(application: Application, day: date) -> bool:
    """Whether a term to object runs, or did not begin because a letter did not leave."""
    taken = Decision.listed(application.decisions.defer("letter", "letter_html", "letter_text"))
    return any(each.objection_due >= day or each.letter_waits for each in taken)


@transaction.atomic
def forget_neighbours(application: Application, day: date) -> bool:
    """Destroy the list of neighbours and the proof of support once nothing can turn on them any more; counts stay.

    Names and signatures of others are needed until the decision can no longer be objected to, and no longer
    (storage limitation, article 5(1)(e) GDPR). True when this call did it; safe to run twice.
    """
    application = lock(application)
    if application.status in UNDECIDED or _can_object(application, day):
        return False
    if Objection.objects.filter(against__application=application).exclude(status__in=SETTLED_OBJECTION).exists():
        return False
    kept = list(application.files.filter(purpose__in=ABOUT_NEIGHBOURS).select_related("file"))
    if not kept:
        return False
    application.files.filter(pk__in=[each.pk for each in kept]).delete()
    documents.remove([each.file for each in kept])
    application.support_list_gone_on = day
    application.save(update_fields=["support_list_gone_on"])
    trail.record("subsidies.support_list_destroyed", subject=application, visibility=Visibility.RESIDENT)
    return True


@transaction.atomic
def close(application: Application, day: date) -> bool:
    """Close the case when everything is done; true when this call did. Safe to run twice."""
    application = lock(application)
    if not is_done(application, day):
        return False
    application.retention_class = retention_class(application)
    application.closed_on = day
    application.move_to(Status.CLOSED)
    application.save()
    trail.record(
        "subsidies.closed",
        subject=application,
        visibility=Visibility.RESIDENT,
        new={"retention_class": application.retention_class},
    )
    return True
