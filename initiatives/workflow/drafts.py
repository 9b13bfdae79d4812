"""What was typed and not sent: kept while somebody is there, longer when they ask for it, and wiped otherwise."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from initiatives import letters
from initiatives.models import Draft
from initiatives.models.draft import KEPT_FILES
from initiatives.workflow.case import CATEGORY
from shared import municipality
from shared.documents import workflow as documents
from shared.documents.forms import ids_in
from shared.documents.models import StoredFile, end_of_grace
from shared.notifications import outbox
from shared.notifications.outbox import Recipient


@transaction.atomic
def save_draft(
    answers: dict[str, Any],
    *,
    email: str,
    draft_id: UUID | None = None,
    files: Iterable[StoredFile] = (),
    for_later: bool = False,
    send_link: bool = False,
) -> Draft:
    """Keep what was typed and uploaded so far; with `send_link` the way back goes to the address.

    Only who asks for it (`for_later`, or a link) has the answers kept for the promised days. Anything else is kept
    while the person is there: storage limitation, article 5(1)(e) GDPR.
    """
    now = timezone.now()
    draft = Draft.objects.unsent().select_for_update().filter(pk=draft_id).first() if draft_id else None
    stays = for_later or send_link or (draft is not None and draft.idle_until is None)
    if draft is None:
        draft = Draft(started_at=now, language=translation.get_language() or "nl")
    draft.answers, draft.email, draft.saved_at, draft.warned_at = answers, email, now, None
    draft.idle_until = None if stays else now + settings.FORM_IDLE
    draft.save()
    promised = now + timedelta(days=municipality.current().periods.draft_days + 1)
    StoredFile.objects.filter(pk__in=[stored.pk for stored in files]).hold(promised if stays else end_of_grace())

    if send_link and email:
        outbox.enqueue(
            letters.draft_link(draft),
            to=Recipient(name="", email=email),
            key=f"initiatives.draft:{draft.pk}:{now:%Y%m%d%H%M}",
            category=CATEGORY,
            # The link opens what nobody has sent us yet.
            secret=True,
            valid_for=timedelta(days=municipality.current().periods.draft_days),
        )
    return draft


def note_use(draft: Draft) -> None:
    """Somebody is looking at these answers: the time after which they are wiped starts again."""
    Draft.objects.filter(pk=draft.pk, idle_until__isnull=False).update(idle_until=timezone.now() + settings.FORM_IDLE)


@transaction.atomic
def discard_draft(draft: Draft) -> None:
    """Throw an unsent plan away, with its files."""
    locked = Draft.objects.unsent().select_for_update().filter(pk=draft.pk).first()
    if locked is not None:
        _wipe(locked)


@transaction.atomic
def wipe_idle_drafts(now: datetime) -> int:
    """Throw away what was left behind in a browser; gives how many."""
    left = list(Draft.objects.idle(now).select_for_update(skip_locked=True))
    for draft in left:
        _wipe(draft)
    return len(left)


def _wipe(draft: Draft) -> None:
    documents.let_go(ids_in(draft.answers.get(KEPT_FILES, [])))
    draft.delete()
