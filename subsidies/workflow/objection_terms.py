"""What somebody wants to decide on an objection, also while it waits for a second pair of eyes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from subsidies.enums import ObjectionOutcome, Outcome
from subsidies.workflow.decision_terms import DecisionTerms


@dataclass(frozen=True)
class ObjectionTerms:
    """A decision on an objection before it is one; `new` takes the place of the decision that was objected to."""

    outcome: ObjectionOutcome
    motivation: str
    new: DecisionTerms | None = None
    no_interest: bool = False
    interest: str = ""
    # Why nobody had to be heard (Awb article 7:3).
    without_hearing: str = ""
    # Why the decision is another than the committee advised (Awb article 7:13(7)).
    deviates_because: str = ""

    @property
    def decision(self) -> DecisionTerms:
        """What is decided on the application: the new decision, or that the old one stands."""
        terms = self.new or DecisionTerms(Outcome.OBJECTION, self.motivation)
        words = "\n\n".join(
            filter(None, [self.motivation.strip(), self.deviates_because.strip(), self.without_hearing.strip()])
        )
        return replace(terms, motivation=words, no_interest=self.no_interest, interest=self.interest)

    def declared(self, *, no_interest: bool, interest: str = "") -> Self:
        """The same decision with somebody else's declaration."""
        return replace(self, no_interest=no_interest, interest=interest)

    def as_json(self) -> dict[str, Any]:
        """As a proposal keeps it."""
        return {
            "outcome": self.outcome.value,
            "motivation": self.motivation,
            "new": self.new.as_json() if self.new else None,
            "no_interest": self.no_interest,
            "interest": self.interest,
            "without_hearing": self.without_hearing,
            "deviates_because": self.deviates_because,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """As it was proposed."""
        new = DecisionTerms.from_json(values["new"]) if values["new"] else None
        return cls(**{**values, "outcome": ObjectionOutcome(values["outcome"]), "new": new})
