"""Verdicts and averages about taking part that need no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from participation.moments.enums import Criterion, Verdict

# Of a degree, for a place that somebody follows: about a hundred metres.
POINT_DECIMALS = 3
# One that is poor is made up for by one that is good (Gennep).
MOST_POOR = 1


def is_complete(verdicts: Mapping[str, str]) -> bool:
    """Each criterion has a verdict."""
    return all(verdicts.get(criterion) in Verdict.values for criterion in Criterion)


def passes(verdicts: Mapping[str, str]) -> bool:
    """Whether the participation was good enough: at most one criterion is poor, and a good one makes up for it."""
    poor = sum(verdict == Verdict.POOR for verdict in verdicts.values())
    good = sum(verdict == Verdict.GOOD for verdict in verdicts.values())
    return poor <= MOST_POOR and good >= poor


@dataclass(frozen=True)
class Average:
    """What participants thought, over all questions and all of them."""

    number: int
    average: float


def average_of(scores: Iterable[tuple[int | None, ...]], *, smallest_group: int) -> Average | None:
    """The mean of everything that was answered; None for a group so small that people could be recognised."""
    given = [[answer for answer in score if answer is not None] for score in scores]
    answers = [answer for score in given for answer in score]
    if len(given) < smallest_group or not answers:
        return None
    return Average(len(given), round(sum(answers) / len(answers), 1))
