"""The letter of each wijk: how many people read it, and how many letters went out."""

from collections import Counter

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from partners.enums.newsletter import TOPIC, Rhythm
from partners.models import Newsletter
from shared.notifications.models import Subscription
from shared.reports.columns import Filters
from shared.reports.tables import Cell, Table
from shared.wijken.models import Wijk


def tables(filters: Filters) -> list[Table]:
    """Readers of today and letters of the year, per wijk. Nobody is named: a reader is an address and nothing more."""
    readers, sent = _readers(), _sent(filters)
    wijken = Wijk.objects.current().without_geometry().order_by("code")
    if slug := filters.get("wijk"):
        wijken = wijken.filter(slug=slug)
    rows: list[tuple[Cell, ...]] = []
    for wijk in wijken:
        letters = [sent.get((wijk.pk, rhythm), (0, 0)) for rhythm in Rhythm.values]
        numbers = [readers[str(wijk.pk), rhythm] for rhythm in Rhythm.values]
        numbers += [number for number, _reached in letters]
        rows.append((wijk.short_name, *numbers, sum(reached for _number, reached in letters)))
    headings = (
        _("Wijk"),
        _("Lezers, elke week"),
        _("Lezers, elke maand"),
        _("Weekbrieven verstuurd"),
        _("Maandbrieven verstuurd"),
        _("Keer bezorgd"),
    )
    note = _("Lezers zijn de lezers van nu. “Keer bezorgd” telt elke brief zo vaak als er toen lezers waren.")
    return [Table("wijkbrief", _("Wijkbrief per wijk"), headings, tuple(rows), note)]


def _readers() -> Counter[tuple[str, str]]:
    """All wijken in one question; `workflow.newsletter.readers_of` answers for one of them."""
    found = Subscription.objects.active().filter(topic_kind=TOPIC).order_by().values_list("topic_id", "frequency")
    return Counter({(wijk, rhythm): number for wijk, rhythm, number in found.annotate(number=Count("pk"))})


def _sent(filters: Filters) -> dict[tuple[int, str], tuple[int, int]]:
    """How many letters, and to how many readers together."""
    letters = Newsletter.objects.sent().order_by()
    if year := filters.get("jaar"):
        letters = letters.filter(sent_at__year=int(year)) if year.isdecimal() and len(year) == 4 else letters.none()
    counted = letters.values_list("wijk", "rhythm").annotate(number=Count("pk"), reached=Sum("readers"))
    return {(wijk, rhythm): (number, reached) for wijk, rhythm, number, reached in counted}
