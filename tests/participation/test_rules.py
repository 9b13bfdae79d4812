"""The advice of a check explains itself, and says who has to sign."""

from dataclasses import replace

import pytest

from participation.enums import DecidingBody, LegalDuty, NoneReason, Outcome, ProjectKind, Signer
from participation.rules import Answers, advise, may_sign, needed_signer

OPEN = Answers(
    legal_duty="none",
    law_excludes=False,
    choice_left="much",
    impact=3,
    needs_knowledge=True,
    enough_means=True,
    urgent=False,
)


def test_an_open_plan_that_people_notice_is_one_to_talk_about():
    advice = advise(OPEN)

    assert (advice.outcome, advice.score) == (Outcome.PARTICIPATION, 8)
    assert advice.reasons == (
        "Met 8 punten is participatie zinvol: de grens is 4.",
        "3 punten voor wat er te kiezen valt",
        "3 punten voor wat mensen ervan merken",
        "2 punten voor kennis van buiten",
    )


@pytest.mark.parametrize(
    ("changed", "outcome", "none_reason"),
    [
        ({"law_excludes": True, "legal_duty": "omgevingswet"}, Outcome.NONE, NoneReason.LAW_EXCLUDES),
        ({"choice_left": "none"}, Outcome.INFORM_ONLY, None),
        ({"choice_left": "none", "impact": 0}, Outcome.NONE, NoneReason.NO_ROOM),
        ({"impact": 0, "needs_knowledge": False}, Outcome.NONE, NoneReason.MINOR),
        ({"urgent": True}, Outcome.INFORM_ONLY, None),
        ({"enough_means": False}, Outcome.INFORM_ONLY, None),
        ({"choice_left": "little", "impact": 2, "needs_knowledge": False}, Outcome.INFORM_ONLY, None),
        ({"choice_left": "little", "impact": 3, "needs_knowledge": False}, Outcome.PARTICIPATION, None),
    ],
)
def test_each_answer_can_change_the_advice(changed, outcome, none_reason):
    advice = advise(replace(OPEN, **changed))

    assert (advice.outcome, advice.none_reason) == (outcome, none_reason)


@pytest.mark.parametrize("duty", [LegalDuty.ENVIRONMENT_ACT, LegalDuty.REGULATION, LegalDuty.OTHER])
def test_a_duty_in_the_law_goes_before_everything_but_a_law_that_excludes_it(duty):
    pressed = replace(OPEN, legal_duty=duty, choice_left="none", impact=0, urgent=True, enough_means=False)

    advice = advise(pressed)

    assert advice.outcome == Outcome.PARTICIPATION
    assert advice.reasons[0] == f"Het moet: {duty.label}."


@pytest.mark.parametrize(
    ("kind", "body", "outcome", "sensitive", "signer"),
    [
        ("execution", "lead", "participation", False, Signer.LEAD),
        ("execution", "management", "participation", False, Signer.MANAGEMENT),
        ("execution", "council", "inform", False, Signer.COUNCIL),
        ("execution", "lead", "none", False, Signer.MANAGEMENT),
        ("project", "lead", "participation", True, Signer.MANAGEMENT),
        ("project", "executive", "participation", False, Signer.EXECUTIVE),
        ("project", "council", "participation", False, Signer.COUNCIL),
        ("project", "management", "none", True, Signer.EXECUTIVE),
        ("project", "council", "none", True, Signer.COUNCIL),
        ("policy", "lead", "participation", False, Signer.EXECUTIVE),
        ("policy", "council", "participation", False, Signer.COUNCIL),
        ("environment", "council", "inform", False, Signer.COUNCIL),
    ],
)
def test_who_decides_signs_and_kind_and_outcome_may_ask_for_more(kind, body, outcome, sensitive, signer):
    needed = needed_signer(
        kind=ProjectKind(kind), deciding_body=DecidingBody(body), outcome=Outcome(outcome), sensitive=sensitive
    )

    assert needed == signer


def test_a_higher_body_may_sign_and_a_lower_one_may_not():
    assert may_sign(Signer.COUNCIL, Signer.MANAGEMENT)
    assert not may_sign(Signer.LEAD, Signer.MANAGEMENT)
