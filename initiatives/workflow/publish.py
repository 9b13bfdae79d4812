"""What everybody may read: publish, change, take off the website, and news by the initiator."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import letters
from initiatives.models import Attachment, Initiative, Update
from initiatives.policies import Step, why_not
from initiatives.workflow.case import attach, lock, refresh_public_pages, tell_followers, tell_initiator
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.documents.models import StoredFile
from shared.lifecycle import WorkflowError
from shared.ui import page_cache
from shared.ui.notations import euro_text


@transaction.atomic
def publish(
    initiative: Initiative,
    *,
    title: str,
    text: str,
    alt_texts: dict[int, str],
    by: User,
    version: int | None = None,
) -> Initiative:
    """Put the plan on the website; `alt_texts` holds, per photo that may be shown, what there is to see.

    Raises:
        WorkflowError: the plan is not one for the website yet, or the title is missing.
    """
    initiative = lock(initiative, version)
    refusal = why_not(initiative, Step.PUBLISH)
    if refusal or not title.strip():
        raise WorkflowError(refusal or _("Geef het initiatief een titel voor de website."))
    first_time = initiative.published_at is None
    old = {
        "public_title": initiative.public_title,
        "public_text": initiative.public_text,
    }
    initiative.public_title, initiative.public_text = title, text
    initiative.published_at = initiative.published_at or timezone.now()
    initiative.version += 1
    _show_photos(initiative, alt_texts)
    initiative.save()

    trail.record(
        "initiatives.published" if first_time else "initiatives.public_text_changed",
        subject=initiative,
        by=by,
        visibility=Visibility.PUBLIC if first_time else Visibility.STAFF,
        old=old,
        new={"public_title": title, "public_text": text},
    )
    if first_time:
        tell_initiator(initiative, letters.published(initiative), "published")
    page_cache.touch()
    return initiative


@transaction.atomic
def unpublish(initiative: Initiative, *, reason: str, by: User, version: int | None = None) -> Initiative:
    """Take the plan off the website; the file stays.

    Raises:
        WorkflowError: it is not on the website.
    """
    initiative = lock(initiative, version)
    refusal = why_not(initiative, Step.UNPUBLISH)
    if refusal:
        raise WorkflowError(refusal)
    initiative.published_at = None
    initiative.version += 1
    initiative.save()

    trail.record("initiatives.unpublished", subject=initiative, by=by, text=reason)
    page_cache.touch()
    return initiative


@transaction.atomic
def post_update(
    initiative: Initiative,
    *,
    text: str,
    photos: Iterable[tuple[StoredFile, str]] = (),
    by: User,
) -> Update:
    """The initiator tells news; it is on the website at once, and in the followers' next digest."""
    photos = list(photos)
    initiative = lock(initiative)
    initiative.version += 1
    initiative.save()
    update = Update.objects.create(initiative=initiative, text=text, posted_at=timezone.now())
    attach(initiative, [file for file, _alt in photos])
    for file, alt_text in photos:
        Attachment.objects.filter(file=file).update(alt_text=alt_text, is_public=True, update=update)

    trail.record(
        "initiatives.update_posted",
        subject=initiative,
        by=by,
        visibility=Visibility.RESIDENT,
    )
    tell_followers(initiative, _("nieuws van de indiener"))
    page_cache.touch()
    return update


@transaction.atomic
def remove_update(update: Update, *, reason: str, by: User) -> Update:
    """Take news off the website, with the reason in the file."""
    initiative = lock(update.initiative)
    update.removed_at, update.removal_reason = timezone.now(), reason
    update.save()

    trail.record(
        "initiatives.update_removed",
        subject=initiative,
        by=by,
        visibility=Visibility.RESIDENT,
        text=reason,
    )
    page_cache.touch()
    return update


def _show_photos(initiative: Initiative, alt_texts: dict[int, str]) -> None:
    """Show exactly the photos that have an alternative text; the first becomes the cover."""
    photos = initiative.attachments.filter(update__isnull=True, file__kind="image")
    photos.exclude(pk__in=alt_texts).update(is_public=False)
    for photo in photos.filter(pk__in=alt_texts):
        photo.alt_text, photo.is_public = alt_texts[photo.pk], True
        photo.save()
    initiative.cover = initiative.attachments.filter(is_public=True, update__isnull=True).first()


@transaction.atomic
def mark_funded(initiative: Initiative, *, amount: Decimal, scheme: str, by: User) -> Initiative:
    """Tell everybody that a grant was given for this plan; the plan's own status stays as it is."""
    initiative = lock(initiative)
    initiative.version += 1
    initiative.save()
    text = _("%(scheme)s toegekend: %(amount)s") % {"scheme": scheme, "amount": euro_text(amount).removesuffix(",00")}
    trail.record("initiatives.funded", subject=initiative, by=by, visibility=Visibility.PUBLIC, text=text)
    tell_followers(initiative, text)
    refresh_public_pages(initiative)
    return initiative
