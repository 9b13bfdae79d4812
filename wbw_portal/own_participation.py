"""Mijn overzicht: how somebody takes part in projects of the municipality, and what their group asked to take over."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from participation.challenges.own_data import challenges_of
from participation.challenges.timeline import next_moments
from participation.moments import letters
from participation.moments.models import SignUp
from participation.moments.own_data import contributions_of, sign_ups_of
from shared.accounts.models import User
from wbw_portal.overview_rows import Case


@dataclass(frozen=True)
class Attendance:
    """A sign-up in the list; `url` is where it is cancelled."""

    title: str
    when: str
    status_label: str
    url: str


def own(user: User) -> dict[str, Any]:
    """Everything that the page shows."""
    return {
        "attendances": [_attendance(one) for one in sign_ups_of(user.email)],
        "contributions": contributions_of(user.email),
        "challenges": [
            Case(
                title=one.title,
                reference=one.reference,
                status=one.status,
                status_label=one.public_status,
                next=next((row.label for row in next_moments(one)), ""),
                url=reverse("challenges:mine", args=[one.reference]),
            )
            for one in challenges_of(user)
        ],
    }


def _attendance(sign_up: SignUp) -> Attendance:
    moment = sign_up.moment
    return Attendance(
        title=moment.title,
        when=moment.when,
        status_label=str(sign_up.get_status_display()),
        url=letters.own_url(sign_up),
    )
