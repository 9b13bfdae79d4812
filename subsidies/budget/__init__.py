"""The ledger of the ceilings (Awb articles 4:22 and 4:25-4:28): what is left, whose turn it is, and every booking.

Each booking locks its ceiling first, so two people never give out the same euro; the database refuses less than zero
besides. The public pages show what is left: the workflow step that books lets go of them as its last statement.
"""

from subsidies.budget.ledger import (
    CeilingReached,
    LotteryNeeded,
    NotInTheLedger,
    grant,
    lower,
    paid,
    raise_or_lower,
    reclaimed,
    release,
    reserve,
    returned,
    waived,
)
from subsidies.budget.lots import draw, in_drawn_order, is_as_drawn, undrawn
from subsidies.budget.position import Remainder, available, ceiling_for, pot_for, remainders, room_for

__all__ = [
    "CeilingReached",
    "LotteryNeeded",
    "NotInTheLedger",
    "Remainder",
    "available",
    "ceiling_for",
    "draw",
    "grant",
    "in_drawn_order",
    "is_as_drawn",
    "lower",
    "paid",
    "pot_for",
    "raise_or_lower",
    "reclaimed",
    "release",
    "remainders",
    "reserve",
    "returned",
    "room_for",
    "undrawn",
    "waived",
]
