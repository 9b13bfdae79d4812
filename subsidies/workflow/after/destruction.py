"""The end of a file: after its retention term all that is about people goes; sums, dates and the ledger stay.

What is a record of money or of a term keeps its row, with its words wiped: reports keep counting, and every entry of
the ledger still has its application. The trail and decisions only grow, except here (`shared.audit.erasing`).
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Value, When
from django.utils.translation import gettext as _

from ambassadors.models import AdviceRequest
from shared.audit import trail
from shared.audit.erasing import erasing
from shared.audit.models import Event
from shared.documents import workflow as documents
from shared.notifications.models import OutboxMessage
from shared.retention.holders import Due
from shared.terms.lengths import years
from shared.ui import page_cache
from subsidies.enums import ObjectionStatus, PaymentStatus, RetentionClass, Status
from subsidies.models import (
    Application,
    ApplicationDraft,
    BankAccount,
    CaseFile,
    CaseMessage,
    CaseNote,
    Complaint,
    ComplaintDelay,
    CompletionRequest,
    CostLine,
    Decision,
    DefaultNotice,
    Evaluation,
    Hearing,
    LateInterest,
    LaterDecision,
    Objection,
    PastHearing,
    Pause,
    Payment,
    PaymentBatch,
    Postponement,
    Proposal,
    Reply,
    Report,
)
from subsidies.querysets import retention_over

KIND = "subsidies.application"
GROUND = "Selectielijst 2020, proces 8"
GONE = "vernietigd"

# Rows that are nothing without their words; in this order, since some refer to others.
REMOVED: dict[type[models.Model], str] = {
    Reply: "application",
    CaseNote: "application",
    Proposal: "application",
    CostLine: "application",
    ApplicationDraft: "application",
}
# Rows that are kept for their sums, dates and outcomes: what each column with words becomes.
WIPED: dict[type[models.Model], tuple[str, dict[str, Any]]] = {
    CaseMessage: ("application", {"text": ""}),
    BankAccount: ("application", {"iban": "", "holder": "", "invoice_number": "", "findings": []}),
    Payment: ("application", {"blocked_because": "", "returned_because": ""}),
    Report: ("application", {"what_happened": "", "what_changed": "", "returned_because": ""}),
    Evaluation: ("application", {"text": ""}),
    CompletionRequest: ("application", {"items": [], "text": ""}),
    Pause: ("application", {"text": ""}),
    LaterDecision: ("application", {"reason": ""}),
    Hearing: ("application", {"intended": ""}),
    DefaultNotice: ("application", {"no_effect_because": ""}),
    Complaint: (
        "application",
        {
            "answer": "",
            "not_heard_because": "",
            # That somebody advised is counted; who it was can be a person.
            "adviser": Case(When(adviser="", then=Value("")), default=Value(GONE)),
            "advised_on": None,
            "advice": "",
            "deviates_because": "",
        },
    ),
    ComplaintDelay: ("complaint__application", {"consent": "", "reason": ""}),
    Objection: (
        "against__application",
        {
            "excused_because": "",
            "objector_name": GONE,
            "objector_email": "",
            "objector_address": "",
            "hearing_record": "",
            "advised_on": None,
            "advice": "",
            "deviates_because": "",
        },
    ),
    PastHearing: ("objection__against__application", {"record": GONE}),
    LateInterest: (
        "payment__application",
        {"none_because": Case(When(decision__isnull=True, then=Value(GONE)), default=Value(""))},
    ),
    Postponement: ("objection__against__application", {"consent": "", "reason": ""}),
    Decision: (
        "application",
        # A decision has reasons: the constraint holds for this word too.
        {"motivation": GONE, "obligations": [], "interest": "", "letter": b"", "letter_html": "", "letter_text": ""},
    ),
}
# The application itself; its amounts, dates, wijk, theme and outcome stay.
WORDS = (
    "title",
    "what",
    "benefit",
    "category",
    "place",
    "support",
    "permits",
    "upkeep",
    "withheld",
    "own_goods",
    "other_funds",
    "name",
    "organisation",
    "email",
    "email_pending",
    "phone",
    "street",
    "house_number",
    "postcode",
    "town",
    "co_applicants",
)
PEOPLE = ("applicant", "entered_by", "owner", "initiative", "previous")
DONE = (PaymentStatus.PAID, PaymentStatus.RETURNED, PaymentStatus.CANCELLED)


def due(day: date) -> Iterator[Due]:
    """The closed files whose class says that they were kept long enough (Selectielijst 2020)."""
    over = Application.objects.filter(retention_over(day), status=Status.CLOSED, destroyed_on__isnull=True)
    for application in over.order_by("reference").only("reference", "retention_class", "closed_on"):
        kept = RetentionClass(application.retention_class)
        assert application.closed_on is not None
        number = application.retention_class.partition("-")[2]
        yield Due(
            record_id=str(application.pk),
            reference=application.reference,
            ground=f"{GROUND}, {number}",
            category=str(kept.label),
            closed_on=application.closed_on,
            term_over_on=years(kept.years).after(application.closed_on),
        )


def why_not(record_id: str, day: date) -> str:
    """What still runs in this file; nothing when it can go."""
    application = Application.objects.filter(retention_over(day), pk=record_id, status=Status.CLOSED).first()
    if application is None or application.destroyed_on:
        return _("De bewaartermijn is niet voorbij, of het dossier is al vernietigd.")
    settled = (ObjectionStatus.DECIDED, ObjectionStatus.WITHDRAWN)
    checks = {
        _("Er loopt nog een bezwaar."): Objection.objects.filter(against__application=application).exclude(
            status__in=settled
        ),
        _("Er staat nog een terugvordering open."): application.recoveries.open(),
        _("Er staat nog een betaling open."): application.payments.exclude(status__in=DONE),
        _("Er loopt nog een ingebrekestelling."): application.default_notices.filter(
            decision=None, amount=None, no_effect_because=""
        ),
    }
    if application.unread_since:
        return _("Er is nog een ongelezen bericht of klacht.")
    return next((text for text, found in checks.items() if found.exists()), "")


def destroy(record_id: str, day: date) -> None:
    """Take everything that is about people out of the file, in the transaction of the caller."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=record_id)
    _remove_files(application)
    OutboxMessage.objects.about(application).delete()
    AdviceRequest.objects.about(application).delete()
    Proposal.objects.filter(objection__against__application=application).delete()
    for model, path in REMOVED.items():
        model._default_manager.filter(**{path: application}).delete()
    with erasing():
        for model, (path, nothing) in WIPED.items():
            model._default_manager.filter(**{path: application}).update(**nothing)
        Event.objects.about(application).update(
            text="", old={}, new={}, subject_label=application.reference, actor_label="", actor_id=None
        )
    _empty_bank_files(application)
    for name in WORDS:
        setattr(application, name, "")
    for name in PEOPLE:
        setattr(application, name, None)
    application.checklist, application.shows_result, application.own_hours = {}, False, 0
    application.unread_since, application.destroyed_on = None, day
    application.save()
    trail.record("retention.destroyed", subject=application)
    page_cache.touch()


def _remove_files(application: Application) -> None:
    kept = list(application.files.select_related("file"))
    CaseFile.objects.filter(application=application).delete()
    documents.remove([each.file for each in kept])


def _empty_bank_files(application: Application) -> None:
    """A file for the bank names everybody in it: it goes when the last of them went."""
    batches = PaymentBatch.objects.filter(payments__application=application, file__isnull=False).distinct()
    for batch in batches:
        others = batch.payments.exclude(application=application)
        if not others.filter(application__destroyed_on__isnull=True).exists():
            batch.file = None
            batch.save(update_fields=["file"])
