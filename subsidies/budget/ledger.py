"""Every booking: lock the ceiling, look again, add an entry. Amounts are in euros and never negative."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.ui.notations import euro_text
from subsidies.budget import position
from subsidies.budget.position import Room
from subsidies.budget.queue import NOTHING
from subsidies.budget.rounds import is_ranked, why_not_final
from subsidies.enums import EntryKind
from subsidies.models import Application, Ceiling, Entry

# What an application holds for good, and what really left the bank.
AWARDED = (EntryKind.GRANTED, EntryKind.LOWERED)


class CeilingReached(WorkflowError):
    """There is not enough left for this application."""


class LotteryNeeded(CeilingReached):
    """There is not enough for everyone of the same day or score, and nobody was drawn yet."""


class NotInTheLedger(WorkflowError):
    """More would be given up, paid or received back than the ledger knows of."""


@transaction.atomic
def reserve(application: Application, amount: Decimal, *, by: User | None, on: date) -> Entry | None:
    """Set money aside until the decision: `amount` in all, whatever was set aside before.

    Raises:
        CeilingReached: there is less than that, after everyone earlier in the queue.
    """
    pot = _pot_with(application, amount, on)
    if pot is None:
        return None
    held = position.open_reservation(pot.pk, application.pk)
    if amount < held:
        return _book(pot, EntryKind.RELEASED, held - amount, application, by=by, on=on)
    if amount > held:
        return _book(pot, EntryKind.RESERVED, amount - held, application, by=by, on=on)
    return None


@transaction.atomic
def release(application: Application, *, by: User | None, on: date) -> None:
    """Give up what was set aside: refused, withdrawn, or the proposal went back."""
    for pot in _locked_pots_of(application):
        if held := position.open_reservation(pot.pk, application.pk):
            _book(pot, EntryKind.RELEASED, held, application, by=by, on=on)


@transaction.atomic
def grant(application: Application, amount: Decimal, *, by: User | None, on: date) -> Entry | None:
    """Promise the money; what was set aside is used for it. None when no ceiling was set.

    Raises:
        LotteryNeeded: others have the same day or score, and there is not enough for all.
        CeilingReached: there is less than that, after everyone earlier in the queue.
    """
    pot = _pot_with(application, amount, on)
    if pot is None:
        return None
    release(application, by=by, on=on)
    return _book(pot, EntryKind.GRANTED, amount, application, by=by, on=on)


@transaction.atomic
def lower(application: Application, amount: Decimal, *, by: User | None, on: date, note: str = "") -> list[Entry]:
    """Take back a promise, or a part of it: settled lower, withdrawn or changed. The money can be granted again.

    Raises:
        NotInTheLedger: more than was granted.
    """
    return _book_within(application, EntryKind.LOWERED, amount, by=by, on=on, note=note)


@transaction.atomic
def paid(application: Application, amount: Decimal, *, by: User | None, on: date, note: str = "") -> list[Entry]:
    """The bank paid it.

    Raises:
        NotInTheLedger: more than was granted.
    """
    return _book_within(application, EntryKind.PAID, amount, by=by, on=on, note=note)


@transaction.atomic
def returned(application: Application, amount: Decimal, *, by: User | None, on: date, note: str = "") -> list[Entry]:
    """A payment came back from the bank; the promise still stands.

    Raises:
        NotInTheLedger: more than was paid.
    """
    return _book_within(application, EntryKind.RETURNED, amount, by=by, on=on, note=note)


@transaction.atomic
def reclaimed(application: Application, amount: Decimal, *, by: User | None, on: date, note: str = "") -> list[Entry]:
    """The recipient paid back what was too much.

    Raises:
        NotInTheLedger: more than was paid.
    """
    return _book_within(application, EntryKind.RECLAIMED, amount, by=by, on=on, note=note)


@transaction.atomic
def waived(application: Application, amount: Decimal, *, by: User | None, on: date, note: str = "") -> list[Entry]:
    """What was paid too much stays with the recipient; the ceiling does not change.

    Raises:
        NotInTheLedger: more than was paid.
    """
    return _book_within(application, EntryKind.WAIVED, amount, by=by, on=on, note=note)


@transaction.atomic
def raise_or_lower(ceiling: Ceiling, amount: Decimal, *, by: User | None, on: date, note: str = "") -> Entry:
    """Set the ceiling, raise it, or with a negative amount lower it; the caller looked at the law first.

    Raises:
        CeilingReached: less would be left than was promised already.
    """
    locked = _lock(ceiling)
    if locked.available + amount < 0:
        raise CeilingReached(
            _("Er is nog %(left)s niet vergeven. Het plafond kan niet verder omlaag.")
            % {"left": euro_text(locked.available)}
        )
    return _book(locked, EntryKind.CEILING, amount, None, by=by, on=on, note=note)


def _pot_with(application: Application, amount: Decimal, on: date) -> Ceiling | None:
    """Lock the ceilings that this application may draw from, and give the first that has the money."""
    places = position.pots(application, on)
    if not places:
        return None
    # Always in the same order, so that two people never wait for each other.
    locked = {pot.pk: pot for pot in Ceiling.objects.locked().filter(pk__in=[p.pk for p, _d in places]).order_by("pk")}
    rooms = []
    for place, day in places:
        pot = locked[place.pk]
        room = position.room_in(place, application, day, today=on)
        rooms.append(room)
        if amount <= room.sure and amount <= pot.available + position.open_reservation(pot.pk, application.pk):
            return pot
    if not_final := why_not_final(application, on):
        raise CeilingReached(not_final)
    binds = position.binds(places[-1][0], application)
    raise _refusal(rooms, amount, binds=binds, ranked=is_ranked(application))


def _refusal(rooms: list[Room], amount: Decimal, *, binds: bool, ranked: bool) -> CeilingReached:
    if not binds:
        return CeilingReached(
            _(
                "Het plafond is pas na deze aanvraag bekendgemaakt en is dus geen reden om te weigeren. "
                "Er is alleen niet genoeg geld. Laat eerst het plafond verhogen."
            )
        )
    most = max(room.sure for room in rooms)
    if amount <= most:
        return CeilingReached(
            _(
                "Op de laatste wettelijke dag was er nog geld, dus het plafond is geen reden om te weigeren "
                "(Awb artikel 4:25). Nu is het geld op. Laat eerst het plafond verhogen."
            )
        )
    if any(amount <= room.sure + room.tied for room in rooms):
        if ranked:
            return LotteryNeeded(
                _("Er is niet genoeg voor alle aanvragen met dezelfde score in deze ronde. Doe eerst de loting.")
            )
        return LotteryNeeded(
            _("Er is niet genoeg voor alle aanvragen die op dezelfde dag volledig waren. Doe eerst de loting.")
        )
    return CeilingReached(
        _(
            "Onder het plafond is voor deze aanvraag nog %(left)s beschikbaar, na de aanvragen die eerder aan "
            "de beurt zijn."
        )
        % {"left": euro_text(most)}
    )


def _book_within(
    application: Application, kind: EntryKind, amount: Decimal, *, by: User | None, on: date, note: str
) -> list[Entry]:
    """Book on the ceilings that the application was granted from, and never more than they allow; nothing without."""
    pots = [pot for pot in _locked_pots_of(application) if _granted_from(pot, application)]
    parts = []
    left = amount
    for pot in pots:
        if part := min(left, _most(pot, application, kind)):
            parts.append((pot, part))
            left -= part
    if pots and left:
        raise NotInTheLedger(
            _("Dit is meer dan er voor deze aanvraag in het grootboek staat: ten hoogste %(most)s.")
            % {"most": euro_text(amount - left)}
        )
    return [_book(pot, kind, part, application, by=by, on=on, note=note) for pot, part in parts]


def _granted_from(pot: Ceiling, application: Application) -> bool:
    return pot.entries.filter(application=application, kind=EntryKind.GRANTED).exists()


def _most(pot: Ceiling, application: Application, kind: EntryKind) -> Decimal:
    """How much of this kind can still be booked for an application."""
    awarded = -position.net(pot.pk, application.pk, AWARDED)
    sums = position.sums(pot.pk, application.pk)
    with_recipient = sums[EntryKind.PAID] - sums[EntryKind.RETURNED] - sums[EntryKind.RECLAIMED]
    return {
        EntryKind.LOWERED: awarded,
        # The bank may still pay what was released before the grant was taken back; that comes back as a recovery.
        EntryKind.PAID: sums[EntryKind.GRANTED] - with_recipient,
        EntryKind.RETURNED: with_recipient,
        EntryKind.RECLAIMED: with_recipient - sums[EntryKind.WAIVED],
        EntryKind.WAIVED: with_recipient - sums[EntryKind.WAIVED],
    }[kind]


def _locked_pots_of(application: Application) -> list[Ceiling]:
    known = Entry.objects.filter(application=application).order_by().values("ceiling")
    return list(Ceiling.objects.locked().filter(pk__in=known).order_by("pk"))


def _lock(ceiling: Ceiling) -> Ceiling:
    return Ceiling.objects.locked().get(pk=ceiling.pk)


def _book(
    pot: Ceiling,
    kind: EntryKind,
    amount: Decimal,
    application: Application | None,
    *,
    by: User | None,
    on: date,
    note: str = "",
) -> Entry:
    if application is not None and amount <= NOTHING:
        raise NotInTheLedger(_("Een boeking is meer dan nul euro."))
    return Entry.objects.create(
        ceiling=pot,
        kind=kind,
        amount=amount,
        application=application,
        booked_on=on,
        by=by.name if by else "",
        note=note,
    )
