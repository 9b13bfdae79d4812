"""Everything that is kept about an application and its applicant, for who asks a copy (GDPR, articles 15 and 20)."""

from typing import Any

from shared.audit.models import Event
from subsidies import answers
from subsidies.models import Application
from subsidies.querysets import TO_ANOTHER


def copy_of(application: Application) -> dict[str, Any]:
    """The answers, the messages of both sides, the files by name, the decisions and what happened, as plain values."""
    to_another = set(application.decisions.filter(TO_ANOTHER).values_list("pk", flat=True))
    events = Event.objects.about(application).visible_to_resident().order_by("occurred_at", "pk")
    return {
        "number": application.reference,
        "scheme": str(application.scheme),
        "status": application.public_status,
        "received": application.received_on,
        "answers": {
            group.heading: {one.label: one.value for one in group.answers}
            for group in answers.of_application(application)
        },
        "files": [kept.file.original_name for kept in application.files.of_applicant().select_related("file")],
        "messages": [
            {"kind": message.get_kind_display(), "received": message.received_at, "text": message.text}
            for message in application.messages.of_applicant()
        ],
        "replies": [{"sent": reply.sent_at, "text": reply.text} for reply in application.replies.all()],
        "decisions": [
            {
                "sent": decision.notified_on,
                "outcome": decision.get_outcome_display(),
                # Without the name and address of who objected.
                "letter": "" if decision.pk in to_another else decision.letter_text,
            }
            for decision in application.decisions.defer("letter", "letter_html")
        ],
        "complaints": [
            {
                "received": each.received_on,
                "outcome": each.get_outcome_display(),
                # The advice goes with the answer, not before it.
                "advice": each.advice if each.outcome else "",
                "answer": each.answer,
                "deviates_because": each.deviates_because,
            }
            for each in application.complaints.all()
        ],
        # The whole number is known to the bank and to who gave it.
        "bank_accounts": [f"…{account.iban[-4:]}" for account in application.bank_accounts.all()],
        "timeline": [{"when": event.occurred_at, "what": event.action_label, "text": event.text} for event in events],
    }
