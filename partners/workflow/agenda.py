"""The agenda: put something in it, change it, say that it does not go on, and the secret address of one's own."""

import secrets
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.enums.agenda import ItemStatus
from partners.models import AgendaItem, Partner, PersonalFeed
from partners.policies import agenda as policies
from shared.accounts.models import Department, User
from shared.accounts.policies import is_staff_member
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.themes.models import Theme
from shared.ui import page_cache
from shared.wijken.models import Wijk

IN_THE_TRAIL = ("title", "text", "place", "starts_at", "ends_at", "repeats", "repeats_until", "visibility")


@dataclass(frozen=True)
class AgendaAnswers:
    """What was filled in about an item; without partner and department the municipality as a whole holds it."""

    kind: str
    title: str
    text: str
    place: str
    theme: Theme | None
    starts_at: datetime
    ends_at: datetime | None
    repeats: str
    repeats_until: date | None
    visibility: str
    partner: Partner | None
    department: Department | None
    wijken: tuple[Wijk, ...]

    @property
    def columns(self) -> dict[str, Any]:
        """What stands in the row itself."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "wijken"}


@transaction.atomic
def add_item(answers: AgendaAnswers, *, by: User) -> AgendaItem:
    """Put something in the agenda.

    Raises:
        WorkflowError: this person may not do so, in one of these wijken or for this organisation.
    """
    _check_wijken(answers, by, set())
    _check_choices(answers, by)
    item: AgendaItem = AgendaItem.objects.create(created_by=by, **answers.columns)
    item.wijken.set(answers.wijken)
    trail.record("partners.agenda_item_added", subject=item, by=by)
    page_cache.touch()
    return item


@transaction.atomic
def change_item(item: AgendaItem, answers: AgendaAnswers, *, by: User, version: int | None = None) -> AgendaItem:
    """Change it; calendars that have it follow. What somebody else chose before may stay as it is.

    Raises:
        WorkflowError: it is not theirs to change, or not to put there.
    """
    item = _locked(item, by, version)
    _check_wijken(answers, by, set(item.wijken.values_list("pk", flat=True)))
    if (answers.visibility, answers.partner) != (item.visibility, item.partner):
        _check_choices(answers, by)
    before = _as_text(item)
    for name, value in answers.columns.items():
        setattr(item, name, value)
    item.version += 1
    _save_change(item)
    item.wijken.set(answers.wijken)
    trail.record("partners.agenda_item_changed", subject=item, by=by, old=before, new=_as_text(item))
    page_cache.touch()
    return item


@transaction.atomic
def cancel_item(item: AgendaItem, *, reason: str, by: User, version: int | None = None) -> AgendaItem:
    """It does not go on; it stays in the agenda with the reason, so that nobody stands at a closed door.

    Raises:
        WorkflowError: it is not theirs, it was cancelled before, or there is no reason.
    """
    item = _locked(item, by, version)
    if not reason.strip():
        raise WorkflowError(_("Vul in waarom het niet doorgaat."))
    item.move_to(ItemStatus.CANCELLED)
    item.cancel_reason = reason.strip()
    _save_change(item)
    trail.record("partners.agenda_item_cancelled", subject=item, by=by, text=item.cancel_reason)
    page_cache.touch()
    return item


@transaction.atomic
def restore_item(item: AgendaItem, *, by: User, version: int | None = None) -> AgendaItem:
    """It goes on after all.

    Raises:
        WorkflowError: it is not theirs, or it was never cancelled.
    """
    item = _locked(item, by, version)
    item.move_to(ItemStatus.PLANNED)
    item.cancel_reason = ""
    _save_change(item)
    trail.record("partners.agenda_item_restored", subject=item, by=by)
    page_cache.touch()
    return item


@transaction.atomic
def renew_feed(*, by: User) -> PersonalFeed:
    """A new secret address for one's own calendar; the one before opens no longer.

    Raises:
        WorkflowError: this person has no agenda of their own.
    """
    if not is_staff_member(by):
        raise WorkflowError(_("Een eigen agenda-adres is er alleen voor wijkpartners en medewerkers."))
    # Two clicks at once: the second waits here, and ends the address of the first.
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    PersonalFeed.objects.in_use().filter(user=by).update(ended_at=timezone.now())
    feed: PersonalFeed = PersonalFeed.objects.create(user=by, secret=secrets.token_urlsafe(32))
    trail.record("partners.agenda_feed_renewed", subject=by, by=by)
    return feed


@transaction.atomic
def stop_feed(*, by: User) -> None:
    """The secret address opens no longer, and there is no new one."""
    if PersonalFeed.objects.in_use().filter(user=by).update(ended_at=timezone.now()):
        trail.record("partners.agenda_feed_stopped", subject=by, by=by)


def _locked(item: AgendaItem, by: User, version: int | None) -> AgendaItem:
    found: AgendaItem = AgendaItem.objects.locked().select_related("partner", "department", "theme").get(pk=item.pk)
    found.check_version(version)
    if not policies.may_edit(by, found):
        raise WorkflowError(_("Dit staat in de agenda van een ander. Vraag de wijkcoördinator om het te wijzigen."))
    return found


def _save_change(item: AgendaItem) -> None:
    item.sequence += 1
    item.changed_at = timezone.now()
    item.save()


def _check_wijken(answers: AgendaAnswers, by: User, known: set[int]) -> None:
    allowed = set(policies.wijken_for_agenda(by).values_list("pk", flat=True))
    if not answers.wijken or not {wijk.pk for wijk in answers.wijken} <= allowed | known:
        raise WorkflowError(_("Kies een wijk waar u werkt."))


def _check_choices(answers: AgendaAnswers, by: User) -> None:
    if answers.visibility not in policies.visibilities_for(by):
        raise WorkflowError(_("Kies wie het mag zien: iedereen, of de wijkpartners en de gemeente."))
    if not policies.may_hold(by, answers.partner):
        raise WorkflowError(_("Kies een organisatie waarvoor u werkt."))


def _as_text(item: AgendaItem) -> dict[str, str]:
    return {name: str(getattr(item, name) or "") for name in IN_THE_TRAIL}
