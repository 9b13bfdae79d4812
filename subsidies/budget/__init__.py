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
from subsidies.budget.lots import Place, draw, in_drawn_order, is_as_drawn, places_to_draw, undrawn
from subsidies.budget.position import (
    Remainder,
    available,
    ceiling_for,
    draw_decides,
    pot_for,
    remainders,
    room_for,
)
from subsidies.budget.rounds import is_ranked, why_not_final, why_round_waits

__all__ = [
    "CeilingReached",
    "LotteryNeeded",
    "NotInTheLedger",
    "Place",
    "Remainder",
    "available",
    "ceiling_for",
    "draw",
    "draw_decides",
    "grant",
    "in_drawn_order",
    "is_as_drawn",
    "is_ranked",
    "lower",
    "paid",
    "places_to_draw",
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
    "why_not_final",
    "why_round_waits",
]
