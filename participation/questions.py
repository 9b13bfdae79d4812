"""The questions of the check in their order: what is missing, and what follows from what was answered."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation import rules
from participation.enums import LegalDuty, Level, Outcome
from participation.models import ParticipationCheck

T = gettext_lazy


@dataclass(frozen=True)
class Chapter:
    """Questions that belong together, by the names of their fields."""

    title: str | Promise
    fields: tuple[str, ...]
    explains: str | Promise = ""


CHAPTERS = (
    Chapter(
        T("Moet het?"),
        ("legal_duty", "legal_article", "law_excludes"),
        T("De wet gaat voor. Noem het artikel, bijvoorbeeld Omgevingswet 16.30."),
    ),
    Chapter(
        T("Valt er iets te kiezen?"),
        ("choice_left", "fixed", "open"),
        T("Dit komt op de website. Schrijf zoals u het aan een buur vertelt."),
    ),
    Chapter(T("Wie merkt er iets van?"), ("noticed_by", "impact", "area")),
    Chapter(T("Is er kennis van buiten nodig?"), ("needs_knowledge", "knowledge")),
    Chapter(T("Zijn er tijd, mensen en geld?"), ("enough_means", "hours", "budget", "means")),
    Chapter(T("Is er spoed?"), ("urgent", "urgency", "sensitive")),
    Chapter(
        T("Wat wordt het?"),
        ("outcome", "overruled_because", "level", "none_reason", "none_text"),
        T("Kiest u iets anders dan het advies? Dat mag, met een reden."),
    ),
    Chapter(T("Wat leest iedereen?"), ("decision_text", "public_text"), T("Gewone taal, zonder afkortingen.")),
)
# Without these the rule has nothing to go on.
FOR_ADVICE = ("legal_duty", "choice_left", "impact", "needs_knowledge", "enough_means", "urgent")
ALWAYS = (*FOR_ADVICE, "noticed_by", "outcome", "decision_text")
Check = ParticipationCheck


def label_of(name: str) -> str:
    """What a field of the check is called."""
    return str(Check._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def is_answered(check: Check, name: str) -> bool:
    """Whether there is an answer; no and zero are answers too."""
    return getattr(check, name) not in ("", None)


def advice_of(check: Check) -> rules.Advice | None:
    """What the rule advises; nothing as long as it lacks an answer."""
    if not all(is_answered(check, name) for name in FOR_ADVICE):
        return None
    return rules.advise(
        rules.Answers(
            legal_duty=check.legal_duty,
            law_excludes=check.law_excludes,
            choice_left=check.choice_left,
            impact=check.impact or 0,
            needs_knowledge=bool(check.needs_knowledge),
            enough_means=bool(check.enough_means),
            urgent=bool(check.urgent),
        )
    )


def missing(check: Check) -> list[str]:
    """What still has to be answered before the check can go on, in the order of the questions."""
    needed = set(ALWAYS) | _needed_by_outcome(check)
    if check.legal_duty not in ("", LegalDuty.NONE) or check.law_excludes:
        needed.add("legal_article")
    if check.urgent:
        needed.add("urgency")
    if check.needs_knowledge:
        needed.add("knowledge")
    if check.outcome and check.advice and check.outcome != check.advice:
        needed.add("overruled_because")
    ordered = [name for chapter in CHAPTERS for name in chapter.fields]
    lacking = [label_of(name) for name in ordered if name in needed and not is_answered(check, name)]
    if check.outcome == Outcome.PARTICIPATION and not check.groups.exists():
        lacking.append(_("ten minste één groep"))
    if check.outcome == Outcome.PARTICIPATION and check.level in (Level.NONE, Level.INFORM):
        lacking.append(_("een niveau vanaf raadplegen"))
    return lacking


def _needed_by_outcome(check: Check) -> set[str]:
    if check.outcome == Outcome.NONE:
        return {"none_reason", "none_text"}
    if check.outcome == Outcome.PARTICIPATION:
        return {"fixed", "open", "level", "public_text"}
    return {"public_text"} if check.outcome else set()
