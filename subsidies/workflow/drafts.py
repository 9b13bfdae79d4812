"""Applications that were typed and not sent: kept while somebody is there, longer when asked, wiped otherwise."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from initiatives.models import Initiative
from shared import municipality
from shared.documents import workflow as documents
from shared.documents.forms import ids_in
from shared.documents.models import StoredFile, end_of_grace
from shared.notifications import outbox
from shared.notifications.outbox import Recipient
from subsidies.letters import applicant as letters
from subsidies.models import ApplicationDraft, Scheme
from subsidies.questions import FILES
from subsidies.workflow.case import CATEGORY

# The signed mentions of files that were received before, among the answers: one for each question about files.
KEPT_FILES = {name: f"{name}-kept" for name in FILES}


@transaction.atomic
def save_draft(
    scheme: Scheme,
    answers: dict[str, Any],
    *,
    email: str,
    draft_id: UUID | None = None,
    initiative: Initiative | None = None,
    files: Iterable[StoredFile] = (),
    for_later: bool = False,
    send_link: bool = False,
) -> ApplicationDraft:
    """Keep what was typed and uploaded so far; with `send_link` the way back goes to the address.

    Only who asks for it (`for_later`, or a link) has the answers kept for the promised days. Anything else is kept
    while the person is there: storage limitation, article 5(1)(e) GDPR.
    """
    now = timezone.now()
    unsent = ApplicationDraft.objects.unsent().filter(scheme=scheme)
    draft = unsent.select_for_update().filter(pk=draft_id).first() if draft_id else None
    stays = for_later or send_link or (draft is not None and draft.idle_until is None)
    if draft is None:
        draft = ApplicationDraft(scheme=scheme, started_at=now, language=translation.get_language() or "nl")
    draft.initiative = initiative or draft.initiative
    draft.answers, draft.email, draft.saved_at, draft.warned_at = answers, email, now, None
    draft.idle_until = None if stays else now + settings.FORM_IDLE
    draft.save()
    promised = now + timedelta(days=municipality.current().periods.draft_days + 1)
    StoredFile.objects.filter(pk__in=[stored.pk for stored in files]).hold(promised if stays else end_of_grace())

    if send_link and email:
        outbox.enqueue(
            letters.draft_link(draft),
            to=Recipient(name="", email=email),
            key=f"subsidies.draft:{draft.pk}:{now:%Y%m%d%H%M}",
            category=CATEGORY,
        )
    return draft


def note_use(draft: ApplicationDraft) -> None:
    """Somebody is looking at these answers: the time after which they are wiped starts again."""
    ApplicationDraft.objects.filter(pk=draft.pk, idle_until__isnull=False).update(
        idle_until=timezone.now() + settings.FORM_IDLE
    )


@transaction.atomic
def discard_draft(draft: ApplicationDraft) -> None:
    """Throw an unsent application away, with its files."""
    locked = ApplicationDraft.objects.unsent().select_for_update().filter(pk=draft.pk).first()
    if locked is not None:
        _wipe(locked)


@transaction.atomic
def wipe_idle_drafts(now: datetime) -> int:
    """Throw away what was left behind in a browser; gives how many."""
    left = list(ApplicationDraft.objects.idle(now).select_for_update(skip_locked=True))
    for draft in left:
        _wipe(draft)
    return len(left)


@transaction.atomic
def warn_old_drafts(now: datetime) -> int:
    """Warn who left a draft with an address; gives how many were warned."""
    periods = municipality.current().periods
    quiet_since = now - timedelta(days=periods.draft_days - periods.draft_warning_days)
    quiet = ApplicationDraft.objects.untouched_since(quiet_since).filter(warned_at__isnull=True).exclude(email="")
    drafts = list(quiet.select_related("scheme").select_for_update(skip_locked=True, of=("self",)))
    for draft in drafts:
        draft.warned_at = now
        draft.save()
        outbox.enqueue(
            letters.draft_warning(draft),
            to=Recipient(name="", email=draft.email),
            key=f"subsidies.draft_warning:{draft.pk}:{draft.saved_at:%Y%m%d}",
            category=CATEGORY,
        )
    return len(drafts)


@transaction.atomic
def delete_old_drafts(now: datetime) -> int:
    """Delete drafts that nobody came back for, never before the promised days after the warning have passed."""
    periods = municipality.current().periods
    old = ApplicationDraft.objects.untouched_since(now - timedelta(days=periods.draft_days))
    warned = old.filter(warned_at__lte=now - timedelta(days=periods.draft_warning_days))
    gone = list((warned | old.filter(email="")).select_for_update(skip_locked=True))
    for draft in gone:
        _wipe(draft)
    return len(gone)


def _wipe(draft: ApplicationDraft) -> None:
    documents.let_go(ids_in([text for kept in KEPT_FILES.values() for text in draft.answers.get(kept, [])]))
    draft.delete()
