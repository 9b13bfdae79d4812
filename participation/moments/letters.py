"""Every message that leaves the building about a moment: one function each, the same for preview and sending."""

from typing import Any

from django.urls import reverse

from participation.moments.models import Contribution, Feedback, Moment, SignUp
from shared import municipality
from shared.links import absolute, sign
from shared.notifications.compose import Letter, compose
from shared.notifications.outbox import Recipient

SIGN_UP = "moments.sign_up"
CONTRIBUTION = "moments.contribution"
SCORE = "moments.score"
FOLLOW = "moments.follow"


def person(sign_up: SignUp) -> Recipient:
    """Who signed up."""
    return Recipient(name=sign_up.name, email=sign_up.email, phone=sign_up.phone)


def confirm_sign_up(sign_up: SignUp) -> Letter:
    """Ask to confirm the address; only then there is a place."""
    return _to_person("confirm_sign_up", sign_up)


def placed(sign_up: SignUp, *, moved_up: bool = False) -> Letter:
    """There is a place: when, where, how to get in, how to cancel."""
    return _to_person("placed", sign_up, moved_up=moved_up)


def waiting(sign_up: SignUp) -> Letter:
    """Every place is taken; we write as soon as somebody cancels."""
    return _to_person("waiting", sign_up)


def reminder(sign_up: SignUp) -> Letter:
    """It is nearly there."""
    return _to_person("reminder", sign_up)


def changed(sign_up: SignUp) -> Letter:
    """Another day, hour or place."""
    return _to_person("changed", sign_up)


def cancelled(sign_up: SignUp) -> Letter:
    """The moment does not take place, and why."""
    return _to_person("cancelled", sign_up)


def called_off(contribution: Contribution) -> Letter:
    """Tell who only said something online that the moment does not take place, and why."""
    return _about("called_off", contribution.moment, contribution.language)


def signed_off(sign_up: SignUp) -> Letter:
    """Confirm that somebody does not come."""
    return _to_person("signed_off", sign_up)


def confirm_contribution(contribution: Contribution) -> Letter:
    """Thanks; and confirm the address if you want to hear what is done with it."""
    token = sign(CONTRIBUTION, contribution=contribution.pk)
    context = {"contribution": contribution, "url": absolute(reverse("moments:confirm_contribution", args=[token]))}
    return _about("confirm_contribution", contribution.moment, contribution.language, **context)


def feedback(told: Feedback, *, key: str, language: str) -> Letter:
    """What we heard, what we do with it and what not; and what this person thought of it, at most three questions."""
    token = sign(SCORE, moment=told.moment_id, key=key)
    url = absolute(reverse("moments:score", args=[token]))
    return _about("feedback", told.moment, language, feedback=told, url=url)


def call(sign_up: SignUp, *, moment_moved: str) -> Letter:
    """Ask a colleague to call somebody without an e-mail address; `moment_moved` says about what."""
    url = absolute(reverse("admin:moments_moment_change", args=[sign_up.moment_id]))
    return _about("call", sign_up.moment, "nl", sign_up=sign_up, about=moment_moved, url=url)


def feedback_reminder(moment: Moment, *, due_on: Any, today: Any) -> Letter:
    """Remind colleagues that people wait to hear what was done with what they said."""
    url = absolute(reverse("admin:moments_moment_change", args=[moment.pk]))
    return _about("feedback_reminder", moment, "nl", due_on=due_on, late=due_on < today, url=url)


def confirm_follow(*, what: str, url: str, language: str) -> Letter:
    """Ask to confirm that somebody wants news of a project, a wijk, a buurt or a circle on the map."""
    return compose("moments/letters/confirm_follow.txt", {"what": what, "url": url}, language=language)


def own_url(sign_up: SignUp) -> str:
    """The full address at which somebody sees, confirms or cancels a sign-up, without signing in."""
    return absolute(reverse("moments:sign_up", args=[sign(SIGN_UP, sign_up=sign_up.pk)]))


def _to_person(name: str, sign_up: SignUp, **context: Any) -> Letter:
    return _about(name, sign_up.moment, sign_up.language, sign_up=sign_up, url=own_url(sign_up), **context)


def _about(name: str, moment: Moment, language: str, **context: Any) -> Letter:
    values = {
        "municipality": municipality.current(),
        "moment": moment,
        "project": moment.project,
        "page_url": absolute(moment.get_absolute_url()),
        **context,
    }
    return compose(f"moments/letters/{name}.txt", values, language=language)
