"""From a postcode to a buurt: a proposal that the resident confirms."""

import re
from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from shared.wijken.models import Buurt, PostcodeArea, Wijk

POSTCODE = re.compile(r"[1-9]\d{3}[A-Z]{2}")


@dataclass(frozen=True)
class Proposal:
    """What the portal thinks; `candidates` holds the likely buurten, the most likely first."""

    buurt: Buurt | None = None
    certain: bool = False
    candidates: tuple[Buurt, ...] = ()
    # True when the postcodes of the municipality are known and this is not one of them.
    outside: bool = False

    @property
    def wijk(self) -> Wijk | None:
        """The wijk of the proposed buurt."""
        return self.buurt.wijk if self.buurt else None


def propose(postcode: str, house_number: int | None = None) -> Proposal:
    """Propose a buurt for an address; empty when the postcode is not one or leads nowhere.

    The official table answers by address, then by postcode; else the four-digit area gives candidates.
    """
    pc6 = "".join(postcode.split()).upper()
    if not POSTCODE.fullmatch(pc6):
        return Proposal()
    street = list(PostcodeArea.objects.filter(postcode=pc6).values_list("buurt", "house_number"))
    door = [row for row in street if row[1] == house_number and house_number is not None]
    if street:
        candidates = _by_likelihood(Counter(buurt for buurt, _number in door or street))
        return _proposal(candidates, certain=len(candidates) == 1)

    area = _area_scores(pc6[:4])
    if area is None:
        return Proposal(outside=PostcodeArea.objects.exists())
    return _proposal(_by_likelihood(area), certain=False)


def _proposal(candidates: tuple[Buurt, ...], *, certain: bool) -> Proposal:
    return Proposal(buurt=candidates[0] if candidates else None, certain=certain, candidates=candidates)


def _area_scores(pc4: str) -> Counter[int | None] | None:
    """How strongly a four-digit area points at each buurt: by its addresses, else by the approximation."""
    rows = list(
        PostcodeArea.objects.within(pc4).values_list("certain", "buurt").annotate(score=Sum("weight")).order_by("buurt")
    )
    official = [row for row in rows if row[0]]
    return Counter({buurt: score for _certain, buurt, score in official or rows}) if rows else None


def _by_likelihood(scores: Counter[int | None]) -> tuple[Buurt, ...]:
    """The buurten that are still in force, the most likely first."""
    ranked = [pk for pk, _score in scores.most_common() if pk is not None]
    buurten = Buurt.objects.current().select_related("wijk").defer("geometry", "wijk__geometry").in_bulk(ranked)
    return tuple(buurten[pk] for pk in ranked if pk in buurten)
