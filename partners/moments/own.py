"""What partners and the municipality put in the agenda themselves."""

from collections.abc import Iterator

from django.urls import reverse

from partners.models import AgendaItem
from partners.moments.audience import Audience
from partners.moments.moment import Moment
from partners.rules.agenda import Window


def agenda_items(window: Window, audience: Audience) -> Iterator[Moment]:
    """The items of these days that these eyes may see; one query."""
    rows = AgendaItem.objects.seen_by(audience).within(window).with_wijken().select_related("partner", "department")
    for item in rows:
        yield moment_of(item, frozenset(vars(item)["wijk_ids"]))


def moment_of(item: AgendaItem, wijken: frozenset[int]) -> Moment:
    """One item."""
    address = "partners:agenda_item" if item.is_public else "partners:own_agenda_item"
    return Moment(
        uid=item.uid,
        title=item.title,
        starts=item.starts_at,
        ends=item.ends_at,
        path=reverse(address, args=[item.pk]),
        kind=str(item.get_kind_display()),
        changed_at=item.changed_at,
        place=item.place,
        text=item.text,
        organiser=item.organiser,
        wijken=wijken,
        themes=frozenset(filter(None, [item.theme_id])),
        visibility=item.visibility,
        repeats=item.repeats,
        until=item.repeats_until,
        cancelled=item.cancel_reason,
        sequence=item.sequence,
    )
