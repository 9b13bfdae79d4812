"""What is kept of somebody who took part, for who asks a copy or wants to be forgotten (GDPR, articles 15 to 20)."""

from dataclasses import dataclass
from typing import Any

from participation.models import Project
from participation.moments.models import AreaFollow, Contribution, SignUp
from shared.notifications.models import Subscription
from shared.wijken.models import Buurt, Wijk

# What somebody can follow on the pages of projects.
FOLLOWED = (Project, Wijk, Buurt, AreaFollow)


@dataclass(frozen=True)
class Followed:
    """A project or area of which somebody gets the news, in words."""

    what: str
    subscription: Subscription


def sign_ups_of(email: str) -> list[SignUp]:
    """The confirmed sign-ups under this address, the next moment first."""
    return list(SignUp.objects.of_email(email).select_related("moment__project").order_by("moment__starts_at", "pk"))


def contributions_of(email: str) -> list[Contribution]:
    """What was said with this address."""
    return list(Contribution.objects.of_email(email).select_related("moment__project").order_by("-sent_at", "-pk"))


def followed_by(email: str) -> list[Followed]:
    """The projects and areas of which this address gets the news."""
    found = []
    for model in FOLLOWED:
        mine = Subscription.objects.active().of(email).filter(topic_kind=model._meta.label_lower).order_by("topic_id")
        names = model._default_manager.in_bulk([one.topic_id for one in mine])
        found += [Followed(str(names.get(int(one.topic_id), "")), one) for one in mine]
    return found


def copy_of(email: str) -> dict[str, Any]:
    """Sign-ups, contributions and what is followed, as plain values."""
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
        "followed": [
            {
                "what": one.what,
                "how_often": one.subscription.get_frequency_display(),
                "since": one.subscription.confirmed_at,
            }
            for one in followed_by(email)
        ],
    }
