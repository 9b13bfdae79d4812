"""What follows from the answers of a check, and who has to sign it. Pure: answers in, an explained verdict out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.enums import (
    FIRST_PHASES,
    PHASE_ORDER,
    ChoiceLeft,
    DecidingBody,
    LegalDuty,
    NoneReason,
    Outcome,
    PhaseKind,
    ProjectKind,
    Signer,
)

# From so many points on, participation is advised.
ENOUGH_POINTS = 4
POINTS_FOR_CHOICE = {ChoiceLeft.NONE: 0, ChoiceLeft.LITTLE: 1, ChoiceLeft.MUCH: 3}
POINTS_FOR_KNOWLEDGE = 2
MOST_IMPACT = 4
SIGNERS = [Signer.LEAD, Signer.MANAGEMENT, Signer.EXECUTIVE, Signer.COUNCIL]
# What these decide has a number to find it by.
WITH_REFERENCE = (Signer.EXECUTIVE, Signer.COUNCIL)
POLICY_KINDS = (ProjectKind.POLICY, ProjectKind.ENVIRONMENT_PLAN)


@dataclass(frozen=True)
class Answers:
    """The answers that the advice depends on."""

    legal_duty: str
    law_excludes: bool
    choice_left: str
    impact: int
    needs_knowledge: bool
    enough_means: bool
    urgent: bool


@dataclass(frozen=True)
class Advice:
    """What the rule advises, with the points and every step of the reasoning in words."""

    outcome: Outcome
    score: int
    reasons: tuple[str, ...]
    none_reason: NoneReason | None = None


def advise(answers: Answers) -> Advice:
    """The advice that follows from these answers.

    Useful only when there is a choice, the surroundings notice it, and there is time, staff and money (handbook,
    section 5); a duty in the law goes before all of that, and a law that excludes participation before the duty.
    """
    score, counted = points(answers)
    settled = _by_law(answers) or _by_lack_of_reason(answers) or _by_lack_of_means(answers)
    if settled is not None:
        outcome, why, none_reason = settled
        return Advice(outcome, score, (why, *counted), none_reason)
    if score >= ENOUGH_POINTS:
        why = _("Met %(score)d punten is participatie zinvol: de grens is %(limit)d.")
        outcome = Outcome.PARTICIPATION
    else:
        why = _("Met %(score)d punten is informeren genoeg: participatie begint bij %(limit)d.")
        outcome = Outcome.INFORM_ONLY
    return Advice(outcome, score, (why % {"score": score, "limit": ENOUGH_POINTS}, *counted))


def points(answers: Answers) -> tuple[int, list[str]]:
    """The points and what each was given for."""
    parts = [
        (POINTS_FOR_CHOICE[ChoiceLeft(answers.choice_left)], _("voor wat er te kiezen valt")),
        (min(answers.impact, MOST_IMPACT), _("voor wat mensen ervan merken")),
        (POINTS_FOR_KNOWLEDGE if answers.needs_knowledge else 0, _("voor kennis van buiten")),
    ]
    words = [ngettext("%(n)d punt", "%(n)d punten", n) % {"n": n} + f" {what}" for n, what in parts]
    return sum(n for n, _what in parts), words


def needed_signer(*, kind: str, deciding_body: str, outcome: str, sensitive: bool) -> Signer:
    """The lowest body that may confirm this check: who decides, but never below what the check itself asks for.

    Every body decides for its own powers, so what the executive or the council decides, it confirms (handbook,
    section 5).
    """
    least = _least_signer(kind, none=outcome == Outcome.NONE, sensitive=sensitive)
    return max(Signer(DecidingBody(deciding_body).value), least, key=SIGNERS.index)


def _least_signer(kind: str, *, none: bool, sensitive: bool) -> Signer:
    """Policy, and no participation on a sensitive subject: the executive. Execution: its lead. Else the management."""
    if kind in POLICY_KINDS or (none and sensitive):
        return Signer.EXECUTIVE
    return Signer.LEAD if kind == ProjectKind.EXECUTION and not none else Signer.MANAGEMENT


def may_sign(signer: str, needed: str) -> bool:
    """Whether this body may confirm what needs the other: itself, or one above it."""
    return SIGNERS.index(Signer(signer)) >= SIGNERS.index(Signer(needed))


def looked_at(phase: str) -> tuple[PhaseKind, ...]:
    """The phases of which a signed check opens the gate behind this phase."""
    return FIRST_PHASES if phase in FIRST_PHASES else (PhaseKind(phase),)


def looked_at_before_decision(phase: str) -> tuple[PhaseKind, ...]:
    """The phases of which a signed check allows a decision now; beyond the decision its gates have seen to it."""
    beyond = PHASE_ORDER.index(PhaseKind(phase)) > PHASE_ORDER.index(PhaseKind.DECISION)
    return tuple(PHASE_ORDER) if beyond else looked_at(phase)


def has_gate(phase: str, following: str) -> bool:
    """Whether a signed check is asked for between these phases: from the idea to the start note it is not."""
    return PHASE_ORDER.index(PhaseKind(following)) > PHASE_ORDER.index(PhaseKind.START_NOTE)


def stage(phase: str) -> str:
    """The name of what one check serves: idea and start note together, or a later phase."""
    return "first" if phase in FIRST_PHASES else str(phase)


def _by_law(answers: Answers) -> tuple[Outcome, str, NoneReason | None] | None:
    if answers.law_excludes:
        return Outcome.NONE, _("De wet sluit participatie uit."), NoneReason.LAW_EXCLUDES
    if answers.legal_duty != LegalDuty.NONE:
        duty = LegalDuty(answers.legal_duty).label
        return Outcome.PARTICIPATION, _("Het moet: %(duty)s.") % {"duty": duty}, None
    return None


def _by_lack_of_reason(answers: Answers) -> tuple[Outcome, str, NoneReason | None] | None:
    if answers.choice_left == ChoiceLeft.NONE:
        if answers.impact:
            return Outcome.INFORM_ONLY, _("Er valt niets te kiezen, maar mensen merken er wel iets van."), None
        return Outcome.NONE, _("Er valt niets te kiezen en niemand merkt er iets van."), NoneReason.NO_ROOM
    if not answers.impact and not answers.needs_knowledge:
        return Outcome.NONE, _("Niemand merkt er iets van en er is geen kennis van buiten nodig."), NoneReason.MINOR
    return None


def _by_lack_of_means(answers: Answers) -> tuple[Outcome, str, NoneReason | None] | None:
    if answers.urgent:
        return Outcome.INFORM_ONLY, _("Er is spoed: vertel mensen wat er gebeurt, en kijk er later op terug."), None
    if not answers.enough_means:
        why = _("Er is te weinig tijd, menskracht of geld om het goed te doen. Is dat nog te regelen?")
        return Outcome.INFORM_ONLY, why, None
    return None
