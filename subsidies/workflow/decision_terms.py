"""What somebody wants to decide: the answers of the decision form, also while they wait for a second pair of eyes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Self

from subsidies.enums import Outcome

AMOUNTS = ("amount", "advance", "instalment")
DAYS = ("execute_until", "report_due_on", "first_part_on", "announced_on", "reasonable_until", "breached_on")


@dataclass(frozen=True)
class DecisionTerms:
    """A decision before it is one. `grounds` are keys in the catalogue; `no_interest` is the decider's declaration."""

    outcome: Outcome
    motivation: str
    amount: Decimal | None = None
    advance: Decimal | None = None
    grounds: tuple[int, ...] = ()
    obligations: tuple[str, ...] = ()
    execute_until: date | None = None
    report_due_on: date | None = None
    no_interest: bool = False
    interest: str = ""
    # A debt in monthly parts (Awb article 4:94).
    instalment: Decimal | None = None
    first_part_on: date | None = None
    # After three years or more (Awb article 4:51), or when a grant is taken back for the future (4:50).
    announced_on: date | None = None
    reasonable_until: date | None = None
    # Whether a change is to the recipient's disadvantage, when who decides says so; None leaves it to what changes.
    worse: bool | None = None
    # What the recipient did against a duty after the settlement (Awb article 4:49(1)(c)).
    breached_on: date | None = None
    # A refusal that rests on what others said about the applicant, other than the applicant did (Awb article 4:7).
    facts_of_others: bool = False
    # A grant for a budget that was not adopted yet, and the appeal to that (Awb article 4:34).
    budget_year: int | None = None
    invokes_proviso: bool = False

    def declared(self, *, no_interest: bool, interest: str = "") -> Self:
        """The same decision with somebody else's declaration."""
        return replace(self, no_interest=no_interest, interest=interest)

    def as_json(self) -> dict[str, Any]:
        """As a proposal keeps it."""
        values = asdict(self)
        for name in AMOUNTS:
            values[name] = None if values[name] is None else str(values[name])
        for name in DAYS:
            values[name] = values[name] and values[name].isoformat()
        return {**values, "outcome": self.outcome.value}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """As it was proposed."""
        read: dict[str, Any] = dict(values)
        for name in AMOUNTS:
            read[name] = None if read.get(name) is None else Decimal(read[name])
        for name in DAYS:
            read[name] = read.get(name) and date.fromisoformat(read[name])
        return cls(
            **read
            | {
                "outcome": Outcome(read["outcome"]),
                "grounds": tuple(read["grounds"]),
                "obligations": tuple(read["obligations"]),
            }
        )
