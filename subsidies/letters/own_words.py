"""The words of the municipality in a letter to somebody in a case: what they refer to, and the letter with them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shared import municipality
from shared.notifications.compose import Letter, compose
from shared.ui.notations import euro_text
from subsidies.letters.step_letters import STEP_CLOSING, STEP_LETTERS
from subsidies.letters.texts import texts_for
from subsidies.models import Application

NOTHING = Decimal(0)
# Their own words are in Dutch, as decisions are; who reads another language gets the portal's text alone.
DUTCH = "nl"


def letter_values(application: Application, amount: Decimal | None) -> dict[str, str]:
    """What the variables in the texts of the municipality stand for in this case."""
    return {
        "naam": application.name,
        "titel": application.title,
        "nummer": application.reference,
        "regeling": application.scheme.name,
        "wijk": application.wijk.short_name,
        "gevraagd": euro_text(application.asked_amount or NOTHING),
        "bedrag": euro_text(amount or NOTHING),
        "behandelaar": application.owner.name if application.owner else municipality.current().full_name,
        "telefoon": municipality.current().phone,
    }


def step_letter(name: str, application: Application, values: Mapping[str, Any], language: str) -> Letter:
    """A letter about a step, begun and ended with the words of the municipality."""
    words: dict[str, str] = {}
    if language == DUTCH and name in STEP_LETTERS:
        opening = f"{name}.opening"
        variables = letter_values(application, application.settled_amount or application.granted_amount)
        # An objection can be of somebody else than the applicant.
        variables["naam"] = values.get("to") or (values["o"].addressee if "o" in values else application.name)
        if matter := values.get("complaint") or values.get("o"):
            # Not the owner of the case, whom it can be about: who handles it had no part in that (Awb 9:7 and 10:3).
            variables["behandelaar"] = matter.handler.name if matter.handler else municipality.current().full_name
        found = texts_for((opening, STEP_CLOSING), application.scheme, variables)
        words = {"opening": found[opening], "closing": found[STEP_CLOSING]}
    return compose(f"subsidies/letters/{name}.txt", {**values, **words}, language=language)
