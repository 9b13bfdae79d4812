"""What every step with a request does: lock the case and the request, and write to the people around them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from ambassadors import subjects
from ambassadors.models import AdviceRequest
from ambassadors.subjects import SubjectKind
from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.notifications.outbox import Recipient

CATEGORY = "ambassadors"


class SubjectGone(WorkflowError):
    """The case that a request was about is no more."""


def lock(request: AdviceRequest) -> tuple[AdviceRequest, Any, SubjectKind]:
    """Lock the case first and the request after it, as every step does, so that two of them never wait for each other.

    Raises:
        SubjectGone: there is no such case any more.
    """
    subject = subjects.find(request.subject_type, request.subject_id)
    if subject is None:
        raise SubjectGone(_("De zaak waar dit over ging, bestaat niet meer."))
    kind = subjects.kind_of(subject)
    subject = kind.lock(subject, None)
    locked: AdviceRequest = (
        AdviceRequest.objects.locked().select_related("owner", "department", "asked_by", "wijk").get(pk=request.pk)
    )
    return locked, subject, kind


def advisers(request: AdviceRequest) -> list[Recipient]:
    """Who gets letters of this request: its owner, or who stands in for the owner today."""
    if request.owner is None:
        return [Recipient(name=request.adviser_name, email=request.adviser_email)]
    people = list(User.objects.standing_in_for(request.owner)) or [request.owner]
    return [Recipient(name=person.name, email=person.email) for person in people]


def tell_adviser(request: AdviceRequest, letter: Letter, name: str, *, about: Model) -> None:
    """Send a letter to who answers, once in each turn."""
    tell(advisers(request), letter, f"{name}:{request.pk}:{request.turn}", about=about)


def tell_people(people: Iterable[User], letter: Letter, key: str, *, about: Model) -> None:
    """Send a letter to each of these colleagues once."""
    tell([Recipient(name=person.name, email=person.email) for person in people], letter, key, about=about)


def tell(recipients: Iterable[Recipient], letter: Letter, key: str, *, about: Model) -> None:
    """Send a letter to each of these addresses once; it is kept with the case that it is about."""
    for to in recipients:
        outbox.enqueue(letter, to=to, key=f"ambassadors.{key}:{to.email}", category=CATEGORY, about=about)
