"""After a moment: what we heard and what we do with it, what participants thought, and how it went as a whole."""

import hashlib
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.models import ParticipationCheck
from participation.moments import letters, policies, rules
from participation.moments.enums import QUESTIONS
from participation.moments.models import Evaluation, Feedback, Moment, Score
from participation.moments.querysets import SignUpQuerySet
from participation.moments.workflow.case import CATEGORY, have_called, lock, lock_to_organise
from participation.moments.workflow.news import tell_followers
from participation.workflow import running
from participation.workflow.case import lock_check, refuse_if
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.notifications import outbox
from shared.notifications.outbox import Recipient
from shared.terms.calendar import today
from shared.ui import page_cache


@transaction.atomic
def give_feedback(
    moment: Moment, *, heard: str, doing: str, not_doing: str, by: User, version: int | None = None
) -> Feedback:
    """Tell everybody who took part, and wants to hear, what was heard, what is done with it and what not.

    Who left only a phone number is called by the project.

    Raises:
        WorkflowError: it did not take place yet, more can still come in, or people heard already.
    """
    moment = lock_to_organise(moment, by, version)
    refuse_if(policies.why_not_feed_back(moment))
    if not all(text.strip() for text in (heard, doing, not_doing)):
        refuse_if(_("Schrijf op wat u hoorde, wat u ermee doet, en wat niet en waarom."))
    told = Feedback.objects.create(
        moment=moment, heard=heard, doing=doing, not_doing=not_doing, written_by=by, sent_at=timezone.now()
    )
    told.moment = moment
    moment.version += 1
    moment.changed_at = told.sent_at
    moment.save()
    trail.record("moments.fed_back", subject=moment, by=by, visibility=Visibility.PUBLIC)
    readers = _readers(moment)
    for email, (name, language) in readers.items():
        outbox.enqueue(
            letters.feedback(told, key=_key(moment, email), language=language),
            to=Recipient(name=name, email=email),
            key=f"moments.feedback:{moment.pk}:{_key(moment, email)}",
            category=CATEGORY,
            about=moment,
        )
    for sign_up in _came(moment).filter(email="").order_by("pk"):
        sign_up.moment = moment
        have_called(
            sign_up, _("Wat wij hoorden, wat wij ermee doen en wat niet. U leest het bij het moment"), "feedback"
        )
    Feedback.objects.filter(pk=told.pk).update(sent_to=len(readers))
    told.sent_to = len(readers)
    tell_followers(
        moment.project, _("Wat wij hoorden en wat wij ermee doen: %(title)s") % {"title": moment.title}, moment
    )
    page_cache.touch()
    return told


@transaction.atomic
def give_score(moment: Moment, *, key: str, answers: Mapping[str, int | None]) -> Score | None:
    """What one participant thought; with the same letter it can be changed. Nothing answered gives nothing."""
    given = {name: answers.get(name) for name in QUESTIONS}
    if not any(given.values()):
        return None
    moment = lock(moment)
    score, is_new = Score.objects.update_or_create(
        moment=moment, key=key, defaults={**given, "given_at": timezone.now()}
    )
    if is_new:
        trail.record("moments.scored", subject=moment)
    page_cache.touch()
    return score


@transaction.atomic
def evaluate(
    check: ParticipationCheck,
    *,
    verdicts: Mapping[str, str],
    went_well: str,
    lessons: str,
    by: User,
    version: int | None = None,
) -> Evaluation:
    """Judge the participation of this check by every criterion, and learn from it.

    Raises:
        WorkflowError: not everybody heard back yet, or a criterion has no verdict.
    """
    check = lock_check(check, version)
    refuse_if(policies.why_not_evaluate(check))
    refuse_if("" if rules.is_complete(verdicts) else _("Geef een oordeel bij elk punt."))
    evaluation = Evaluation.objects.create(
        check_of=check,
        verdicts=dict(verdicts),
        went_well=went_well,
        lessons=lessons,
        passes=rules.passes(verdicts),
        evaluated_by=by,
        evaluated_on=today(),
    )
    running.evaluate(check, by=by)
    return evaluation


def _readers(moment: Moment) -> dict[str, tuple[str, str]]:
    """Who took part and wants to hear: each address once, with a name if we know one and the language."""
    came = _came(moment).exclude(email="")
    readers = {
        email.lower(): ("", language)
        for email, language in moment.contributions.filter(email_confirmed_at__isnull=False)
        .exclude(email="")
        .order_by("pk")
        .values_list("email", "language")
    }
    people = came.order_by("pk").values_list("email", "name", "language")
    return readers | {email.lower(): (name, language) for email, name, language in people}


def _came(moment: Moment) -> SignUpQuerySet:
    """Who signed up, was not found missing, and wants to hear."""
    came: SignUpQuerySet = moment.sign_ups.placed().filter(wants_feedback=True).exclude(was_there=False)
    return came


def _key(moment: Moment, email: str) -> str:
    """Who a score is of, without saying it."""
    return hashlib.sha256(f"{moment.pk}:{email}".encode()).hexdigest()[:32]
