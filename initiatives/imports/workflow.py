"""Write understood rows down: in bulk, each with its number and its place in the trail, and never twice."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.imports.rows import Understood
from initiatives.models import Initiative, ReferenceCounter
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.ui import page_cache


def already_taken_over(source: str, rows: Sequence[Understood]) -> set[str]:
    """The numbers in these rows that an earlier run of the same list wrote down."""
    numbers = [row.initiative.source_id for row in rows]
    found = Initiative.objects.filter(source=source, source_id__in=numbers)
    return set(found.values_list("source_id", flat=True))


@transaction.atomic
def take_over(source: str, rows: Sequence[Understood]) -> int:
    """Save the rows that are not there yet; what is there, and may have been worked on, stays as it is."""
    known = already_taken_over(source, rows)
    new = [row.initiative for row in rows if row.initiative.source_id not in known]
    _number(new)
    Initiative.objects.bulk_create(new)
    for initiative in new:
        trail.record(
            "initiatives.imported",
            subject=initiative,
            visibility=Visibility.RESIDENT,
            text=_("Overgenomen uit de lijst “%(source)s”.") % {"source": source},
            channel=initiative.channel,
        )
    if any(initiative.is_published for initiative in new):
        page_cache.touch()
    return len(new)


def _number(initiatives: list[Initiative]) -> None:
    """Give each the next number of its own year; the years' rows stay locked until the transaction ends."""
    years = Counter(timezone.localdate(initiative.submitted_at).year for initiative in initiatives)
    ReferenceCounter.objects.bulk_create([ReferenceCounter(year=year) for year in years], ignore_conflicts=True)
    counters = {c.year: c for c in ReferenceCounter.objects.select_for_update().filter(year__in=years).order_by("year")}
    for initiative in initiatives:
        counter = counters[timezone.localdate(initiative.submitted_at).year]
        counter.last += 1
        initiative.reference = f"{counter.year}-{counter.last:05d}"
    ReferenceCounter.objects.bulk_update(counters.values(), ["last"])
