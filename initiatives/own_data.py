"""Everything that is kept about a plan and its initiator, for who asks a copy (GDPR, articles 15 and 20)."""

from typing import Any

from initiatives import answers
from initiatives.models import Initiative
from initiatives.timeline import resident_timeline


def copy_of(initiative: Initiative) -> dict[str, Any]:
    """The answers, the contact data, the conversation, the files by name and what happened, as plain values."""
    files = [attachment.file for attachment in initiative.attachments.select_related("file")]
    groups = [*answers.about_plan(initiative, files), answers.about_initiator(initiative)]
    return {
        "number": initiative.reference,
        "status": initiative.public_status,
        "sent": initiative.submitted_at,
        "answers": {group.heading: {one.label: one.value for one in group.answers} for group in groups},
        "messages": [
            {"from": message.get_sender_display(), "sent": message.sent_at, "text": message.text}
            for message in initiative.messages.all()
        ],
        "news": [
            {"posted": update.posted_at, "text": update.text} for update in initiative.updates.filter(removed_at=None)
        ],
        "timeline": [
            {"when": moment.when, "what": moment.label, "text": moment.text} for moment in resident_timeline(initiative)
        ],
    }
