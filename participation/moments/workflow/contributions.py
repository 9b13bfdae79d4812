"""What people say: online, on paper, in counts; read by a colleague before everybody can read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moments import letters, policies
from participation.moments.enums import ContributionStatus, Source, Status
from participation.moments.models import Contribution, Moment
from participation.moments.workflow.case import CATEGORY, lock, lock_to_organise, refresh_public_pages
from participation.workflow.case import refuse_if
from shared.accounts.models import User
from shared.audit import trail
from shared.documents.models import StoredFile
from shared.notifications import outbox
from shared.notifications.outbox import Recipient
from shared.themes.models import Theme


@dataclass(frozen=True)
class Words:
    """What somebody said."""

    text: str = ""
    choice: str = ""
    theme: Theme | None = None


@transaction.atomic
def contribute(
    moment: Moment, words: Words, *, email: str = "", photo: StoredFile | None = None, language: str = "nl"
) -> Contribution:
    """Take in what somebody said online; no name is asked, and an address only to write what was done with it.

    Raises:
        WorkflowError: it is over, or nothing was said.
    """
    moment = lock(moment)
    refuse_if(policies.why_not_contribute(moment))
    _refuse_nothing(moment, words)
    contribution = _create(moment, words, email=email.lower(), language=language, photo=photo)
    if photo is not None:
        photo.mark_attached()
    trail.record("moments.contributed", subject=moment, channel=Source.WEB)
    if email:
        outbox.enqueue(
            letters.confirm_contribution(contribution),
            to=Recipient(name="", email=email),
            key=f"moments.contribution:{contribution.pk}",
            category=CATEGORY,
            about=moment,
        )
    return contribution


@transaction.atomic
def confirm_contribution(contribution: Contribution) -> Contribution:
    """This person wants to hear what is done with it. A second time changes nothing."""
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if contribution.email and contribution.email_confirmed_at is None:
        contribution.email_confirmed_at = timezone.now()
        contribution.save(update_fields=["email_confirmed_at"])
    return contribution


@transaction.atomic
def withdraw_address(contribution: Contribution) -> None:
    """Keep what was said, and forget who said it (GDPR article 17)."""
    Contribution.objects.filter(pk=contribution.pk).update(email="", email_confirmed_at=None)


@transaction.atomic
def enter_from_paper(
    moment: Moment, words: Words, *, source: str = Source.PAPER, email: str = "", by: User
) -> Contribution:
    """A colleague copies what stands on a paper, or was said; whoever typed it has read it.

    Raises:
        WorkflowError: this person does not work on the project, or nothing was said.
    """
    moment = lock_to_organise(moment, by)
    _refuse_after_feedback(moment)
    _refuse_nothing(moment, words)
    now = timezone.now()
    contribution = _create(
        moment,
        words,
        source=source,
        email=email.lower(),
        email_confirmed_at=now if email else None,
        entered_by=by,
        status=ContributionStatus.VISIBLE,
        moderated_by=by,
        moderated_at=now,
    )
    trail.record("moments.contribution_entered", subject=moment, by=by, channel=source)
    refresh_public_pages(moment)
    return contribution


@transaction.atomic
def enter_counts(moment: Moment, counts: Mapping[str, int], *, by: User) -> list[Contribution]:
    """A pile of papers with the same question: how many chose what.

    Raises:
        WorkflowError: an answer is not one of the choices, or there are no numbers.
    """
    moment = lock_to_organise(moment, by)
    _refuse_after_feedback(moment)
    given = {choice: number for choice, number in counts.items() if number}
    if not given or set(given) - set(moment.choice_list):
        refuse_if(_("Vul bij een of meer antwoorden een aantal in."))
    now = timezone.now()
    entered = [
        _create(
            moment,
            Words(choice=choice),
            source=Source.PAPER,
            count=number,
            entered_by=by,
            status=ContributionStatus.VISIBLE,
            moderated_by=by,
            moderated_at=now,
        )
        for choice, number in given.items()
    ]
    trail.record("moments.counts_entered", subject=moment, by=by, channel=Source.PAPER, new=given)
    refresh_public_pages(moment)
    return entered


@transaction.atomic
def show(contribution: Contribution, *, by: User) -> Contribution:
    """Everybody may read it."""
    moment, contribution = _lock_both(contribution, by)
    contribution.status, contribution.hidden_reason = ContributionStatus.VISIBLE, ""
    _moderated(contribution, by)
    trail.record("moments.contribution_shown", subject=moment, by=by, new={"contribution": contribution.pk})
    refresh_public_pages(moment)
    return contribution


@transaction.atomic
def hide(contribution: Contribution, *, reason: str, by: User) -> Contribution:
    """Nobody outside reads it; it still counts, and the reason stays with it.

    Raises:
        WorkflowError: there is no reason.
    """
    moment, contribution = _lock_both(contribution, by)
    refuse_if("" if reason.strip() else _("Schrijf op waarom u deze bijdrage verbergt."))
    contribution.status, contribution.hidden_reason = ContributionStatus.HIDDEN, reason
    _moderated(contribution, by)
    trail.record(
        "moments.contribution_hidden", subject=moment, by=by, text=reason, new={"contribution": contribution.pk}
    )
    refresh_public_pages(moment)
    return contribution


def _create(moment: Moment, words: Words, **more: object) -> Contribution:
    return Contribution.objects.create(
        moment=moment, text=words.text, choice=words.choice, theme=words.theme, sent_at=timezone.now(), **more
    )


def _refuse_nothing(moment: Moment, words: Words) -> None:
    refuse_if("" if words.text or words.choice else _("Vul uw antwoord in."))
    if words.choice and words.choice not in moment.choice_list:
        refuse_if(_("Kies een van de antwoorden."))


def _refuse_after_feedback(moment: Moment) -> None:
    if moment.status not in (Status.ANNOUNCED, Status.HELD) or hasattr(moment, "feedback"):
        refuse_if(_("De terugkoppeling is al verstuurd, of het moment is nog niet aangekondigd."))


def _lock_both(contribution: Contribution, by: User) -> tuple[Moment, Contribution]:
    moment = lock_to_organise(contribution.moment, by)
    found: Contribution = moment.contributions.get(pk=contribution.pk)
    found.moment = moment
    return moment, found


def _moderated(contribution: Contribution, by: User) -> None:
    contribution.moderated_by, contribution.moderated_at = by, timezone.now()
    contribution.save()
