"""Taking over wijken and buurten: new ones are added, known ones follow the file, and none is ever deleted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from shared.ui import page_cache
from shared.wijken.imports.geojson import BUURT, WIJK, AreaRecord
from shared.wijken.imports.tables import ImportRefused
from shared.wijken.models import Area, Buurt, Wijk

MODELS: dict[str, type[Area]] = {WIJK: Wijk, BUURT: Buurt}


@dataclass
class Outcome:
    """What an import did, counted per level: added, changed, unchanged, closed."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {level: Counter() for level in MODELS})


@transaction.atomic
def take_over(records: Iterable[AreaRecord], *, valid_from: date, close_missing: bool) -> Outcome:
    """Make the tables agree with the records; all of it or nothing.

    Raises:
        ImportRefused: the same code twice, or a buurt of an unknown wijk.
    """
    by_level = _by_level(records)
    outcome = Outcome()
    if close_missing:
        for level, found in by_level.items():
            outcome.counts[level]["closed"] = _close_missing(level, found, valid_from)
    wijken: dict[str, Area] = {}
    for code, record in by_level[WIJK].items():
        wijken[code] = _save(Wijk, record, _wijk_values(record), valid_from, outcome)
    wijken |= {wijk.code: wijk for wijk in Wijk.objects.filter(valid_to=None) if wijk.code not in wijken}
    for record in by_level[BUURT].values():
        if record.wijk_code not in wijken:
            raise ImportRefused(
                f"{record.source} ({record.code}): wijk {record.wijk_code} is not known. Give the file of wijken too."
            )
        _save(Buurt, record, _common_values(record) | {"wijk": wijken[record.wijk_code]}, valid_from, outcome)
    page_cache.touch()
    return outcome


def _by_level(records: Iterable[AreaRecord]) -> dict[str, dict[str, AreaRecord]]:
    by_level: dict[str, dict[str, AreaRecord]] = {level: {} for level in MODELS}
    for record in records:
        known = by_level[record.level].setdefault(record.code, record)
        if known is not record:
            raise ImportRefused(f"{record.source}: {record.code} was already in {known.source}.")
    return by_level


def _common_values(record: AreaRecord) -> dict[str, Any]:
    values: dict[str, Any] = {"name": record.name, "geometry": record.geometry, "source": record.attribution}
    if record.inhabitants is not None:
        values["inhabitants"] = record.inhabitants
    return values


def _wijk_values(record: AreaRecord) -> dict[str, Any]:
    return _common_values(record) | {
        "short_name": record.short_name,
        "municipality_code": record.municipality_code,
        "municipality_name": record.municipality_name or record.municipality_code,
    }


def _save(model: type[Area], record: AreaRecord, values: dict[str, Any], valid_from: date, outcome: Outcome) -> Area:
    counts = outcome.counts[record.level]
    area = model._default_manager.filter(code=record.code, valid_to=None).first()
    if area is None:
        counts["added"] += 1
        slug = _free_slug(model, record)
        return model._default_manager.create(code=record.code, slug=slug, valid_from=valid_from, **values)
    if all(getattr(area, name) == value for name, value in values.items()):
        counts["unchanged"] += 1
        return area
    for name, value in values.items():
        setattr(area, name, value)
    area.save()
    counts["changed"] += 1
    return area


def _free_slug(model: type[Area], record: AreaRecord) -> str:
    """The short name; with the code behind it where another area has that name."""
    slug = slugify(record.short_name) or record.code.lower()
    taken = model._default_manager.filter(slug=slug).exists()
    return f"{slug}-{record.code.lower()}" if taken else slug


def _close_missing(level: str, found: dict[str, AreaRecord], valid_from: date) -> int:
    """End the areas of these municipalities that the new division no longer has; their web address becomes free."""
    municipalities = {record.municipality_code for record in found.values()}
    path = "municipality_code__in" if level == WIJK else "wijk__municipality_code__in"
    gone = MODELS[level]._default_manager.filter(valid_to=None, valid_from__lt=valid_from, **{path: municipalities})
    closed = 0
    for area in gone.exclude(code__in=found):
        area.valid_to = valid_from - timedelta(days=1)
        area.slug = f"{area.slug}-tot-{valid_from:%Y-%m-%d}"
        area.save()
        closed += 1
    return closed
