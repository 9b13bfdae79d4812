"""Verdicts and sums about applications that need no database."""

from collections.abc import Collection, Iterable
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum
from statistics import median

# Fewer decisions say more about one case than about how long it takes.
FEWEST_MEASURED = 5
CENT = Decimal("0.01")


class Verdict(StrEnum):
    """What the check of at most five questions ends in."""

    YES = "yes"
    NO = "no"
    TALK = "talk"


class Answer(StrEnum):
    """What can be answered to a question of the check."""

    YES = "ja"
    NO = "nee"
    UNSURE = "weet-niet"


def verdict(answers: Iterable[tuple[str, bool, bool]]) -> Verdict:
    """What the answers mean: each with whether "yes" is right, and whether the other answer shuts the door.

    One answer that shuts the door is enough for no; a doubt is a reason to talk.
    """
    found = Verdict.YES
    for answer, yes_is_right, stops in answers:
        if answer == (Answer.YES if yes_is_right else Answer.NO):
            continue
        if stops and answer != Answer.UNSURE:
            return Verdict.NO
        found = Verdict.TALK
    return found


def usual_days(measured: Collection[int]) -> int | None:
    """How long it takes now; None when there is too little to say it from."""
    return round(median(measured)) if len(measured) >= FEWEST_MEASURED else None


def rounded_up(amount: Decimal, step: Decimal) -> Decimal:
    """The amount, rounded up as the scheme does."""
    return (amount / step).to_integral_value(ROUND_CEILING) * step if step else amount


def most_of_costs(costs: Decimal, percent: int, step: Decimal) -> Decimal:
    """The part of the costs that the scheme pays at most, rounded up as the scheme does; never more than they are."""
    return min(costs, rounded_up(costs * percent / 100, step))


def own_share(costs: Decimal, percent: int) -> Decimal:
    """What the applicant puts in, in cents."""
    return (costs * percent / 100).quantize(CENT, ROUND_HALF_UP)


def advance(amount: Decimal, percent: int, above: Decimal) -> Decimal:
    """What is paid before the settlement, in cents: nothing up to the threshold, then a part of it (Awb 4:95)."""
    share = amount * percent / 100 if amount > above else Decimal(0)
    return share.quantize(CENT, ROUND_HALF_UP)


def people_named(text: str) -> int:
    """How many people stand in this list, one a line."""
    return sum(1 for line in text.splitlines() if line.strip())


def accountability_mode(bands: Iterable[tuple[Decimal, str]], amount: Decimal | None) -> str | None:
    """How the recipient of this amount accounts: the highest band that it reaches; None when nothing is asked."""
    reached = [mode for from_amount, mode in sorted(bands) if amount is not None and from_amount <= amount]
    return reached[-1] if reached and reached[-1] != "none" else None


def unspent(granted: Decimal, spent: Decimal | None, keep: Decimal) -> Decimal:
    """What has to come back of a grant: nothing up to what the scheme lets people keep, else all that is left over."""
    left = granted - (granted if spent is None else spent)
    return left if left > keep else Decimal(0)


def sample_size(number: int, percent: int) -> int:
    """How many of these the sample draws; at least one as soon as there is one to draw."""
    return -(-number * percent // 100)
