"""What is kept of a group's request, for who asks a copy (GDPR, articles 15 and 20)."""

from typing import Any

from participation.challenges import answers
from participation.challenges.models import Challenge
from participation.challenges.timeline import group_timeline
from shared.accounts.models import User


def challenges_of(user: User) -> list[Challenge]:
    """The requests of which this person is the contact, newest first."""
    return list(Challenge.objects.of_resident(user).select_related("wijk", "buurt").order_by("-submitted_at", "-pk"))


def copy_of(challenge: Challenge) -> dict[str, Any]:
    """The answers, the messages and what happened, as plain values."""
    groups = [answers.about_task(challenge), answers.about_group(challenge)]
    return {
        "number": challenge.reference,
        "status": challenge.public_status,
        "sent": challenge.submitted_at,
        "answers": {group.heading: {one.label: one.value for one in group.answers} for group in groups},
        "messages": [
            {"from": message.get_sender_display(), "sent": message.sent_at, "text": message.text}
            for message in challenge.messages.all()
        ],
        "timeline": [{"when": row.when, "what": row.label, "text": row.text} for row in group_timeline(challenge)],
    }
