"""The schemes that come along: read from a file, published and opened by the same steps as in the admin."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from shared.wijken.models import Wijk
from subsidies.models import Ceiling, Mandate, Round, Scheme, SchemeVersion
from subsidies.workflow import scheme as workflow

FOLDER = Path(__file__).parent / "schemes"
NAMES = ("buurtbon", "wijkbudget-groen")
# Three months each, so that one is always open.
QUARTERS = (("Winter", 1), ("Voorjaar", 4), ("Zomer", 7), ("Najaar", 10))
DECIDE_WITHIN = timedelta(weeks=13)
PUBLISHED_IN = "Gemeenteblad (voorbeeld)"
# The children that stand in an order.
ORDERED = ("eligibility_questions", "criteria", "grounds", "obligations")


@transaction.atomic
def load(name: str, *, year: int, with_money: bool = True, folder: Path = FOLDER) -> Scheme:
    """Make the scheme if it is not there; then, unless `with_money` is off, its ceilings of this year, and open it.

    A scheme that is there keeps the rules that the municipality gave it.
    """
    settings = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    scheme = Scheme.objects.filter(code=settings["code"]).first() or _make(settings, year)
    if with_money:
        _rounds(scheme, settings, year)
        _ceilings(scheme, settings, year)
        if scheme.opened_at is None:
            scheme = workflow.open_scheme(scheme, by=None)
    return scheme


def _make(settings: dict[str, Any], year: int) -> Scheme:
    scheme = Scheme.objects.create(
        **{name: settings[name] for name in ("code", "name", "summary", "legal_basis")},
        valid_from=date(year, 1, 1),
        evaluate_by=date(year + 5, 1, 1),
    )
    texts = {name: value.strip() if isinstance(value, str) else value for name, value in settings["version"].items()}
    version = SchemeVersion.objects.create(scheme=scheme, number=1, valid_from=date(year, 1, 1), **texts)
    for name in workflow.CHILDREN:
        for position, values in enumerate(settings.get(name, []), start=1):
            place = {"position": position} if name in ORDERED else {}
            getattr(version, name).create(**place, **values)
    workflow.give_statutory_grounds(version)
    for values in settings.get("mandates", []):
        Mandate.objects.create(scheme=scheme, valid_from=date(year, 1, 1), **values)
    workflow.publish_version(version, by=None)
    return scheme


def _rounds(scheme: Scheme, settings: dict[str, Any], year: int) -> None:
    if not settings.get("quarters"):
        return
    starts = [date(year, month, 1) for _name, month in QUARTERS] + [date(year + 1, 1, 1)]
    for (name, _month), opens_on, next_one in zip(QUARTERS, starts[:-1], starts[1:], strict=True):
        closes_on = next_one - timedelta(days=1)
        Round.objects.get_or_create(
            scheme=scheme,
            opens_on=opens_on,
            defaults={"name": f"{name} {year}", "closes_on": closes_on, "decide_by": closes_on + DECIDE_WITHIN},
        )


def _ceilings(scheme: Scheme, settings: dict[str, Any], year: int) -> None:
    period = {"period_from": date(year, 1, 1), "period_to": date(year, 12, 31)}
    published = {"published_on": date(year - 1, 12, 1), "published_where": PUBLISHED_IN}
    wanted: list[tuple[Wijk | None, int]] = []
    if "ceiling" in settings:
        wanted.append((None, settings["ceiling"]))
    if "per_wijk" in settings:
        wanted += [(wijk, settings["per_wijk"]) for wijk in Wijk.objects.current().order_by("code")]
    for wijk, amount in wanted:
        if not Ceiling.objects.filter(scheme=scheme, wijk=wijk, **period).exists():
            workflow.set_ceiling(Ceiling(scheme=scheme, wijk=wijk, **period, **published), Decimal(amount), by=None)
