"""What is kept of somebody who took part, for who asks a copy or wants to be forgotten (GDPR, articles 15 to 20)."""

from typing import Any

from participation.moments.models import Contribution, SignUp


def sign_ups_of(email: str) -> list[SignUp]:
    """The confirmed sign-ups under this address, the next moment first."""
    return list(SignUp.objects.of_email(email).select_related("moment__project").order_by("moment__starts_at", "pk"))


def contributions_of(email: str) -> list[Contribution]:
    """What was said with this address."""
    return list(Contribution.objects.of_email(email).select_related("moment__project").order_by("-sent_at", "-pk"))


def copy_of(email: str) -> dict[str, Any]:
    """Sign-ups and contributions as plain values."""
    return {
        "sign_ups": [
            {
                "moment": one.moment.title,
                "when": one.moment.starts_at,
                "name": one.name,
                "phone": one.phone,
                "status": one.get_status_display(),
            }
            for one in sign_ups_of(email)
        ],
        "contributions": [
            {"moment": one.moment.title, "sent": one.sent_at, "choice": one.choice, "text": one.text}
            for one in contributions_of(email)
        ],
    }
