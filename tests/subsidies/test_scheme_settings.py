"""Every setting of a scheme is obeyed: with one value it lets through what another one stops."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ambassadors.enums import AdviceVerdict
from subsidies import conditions, dates
from subsidies.enums import AdviserKind, Distribution, Outcome, SupportMode
from subsidies.findings import Level, findings, why_not_yet
from subsidies.forms.account import GiveAccountForm
from subsidies.forms.sending import SendForm
from subsidies.models import Ceiling, SchemeVersion
from subsidies.rules import sample_size, unspent
from subsidies.workflow import decision_checks, decision_effects, grounds
from subsidies.workflow.scheme import lacks, reallocation_day
from tests.factories.accounts import DepartmentFactory
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.subsidies import (
    SchemeVersionFactory,
)
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory
from tests.subsidies.deciding import grant
from tests.subsidies.obeying import (
    RECEIVED,
    advance,
    applied,
    asks,
    decision_form,
    extend,
    level,
    may_grant,
    of_one_plan,
    paid_within,
    pays_a_supplier,
    says,
    settled_by,
    twice,
)

pytestmark = pytest.mark.django_db

NUMBER, NAMES, LIST, POLL, LETTERS = (SupportMode(mode) for mode in ("number", "names", "list", "poll", "letters"))


AGAINST, FINE, QUESTION = Level.AGAINST, Level.FINE, Level.QUESTION
PARTNER = {"adviser": AdviserKind.PARTNER, "adviser_name": "Panel Centrum", "adviser_email": "groen@gemeente.example"}
NO = {"verdict": AdviceVerdict.RATHER_NOT}
# The setting, the other settings that matter, then twice: a value and what it leads to.
CASES: list[tuple[str, dict[str, Any], tuple[Any, Any], tuple[Any, Any], Callable[[SchemeVersion], Any]]] = [
    ("applicant_kinds", {}, (["resident"], None), (["legal_person"], AGAINST), level("Wie vraagt aan")),
    (
        "minimum_age",
        {},
        (0, False),
        (18, True),
        lambda v: "18 jaar" in SendForm(version=v).fields["declared"].help_text,
    ),
    ("must_live_here", {}, (False, None), (True, AGAINST), level("Woont in de gemeente", postcode="1011 AB")),
    ("co_signers", {}, (1, FINE), (2, AGAINST), level("Mede-aanvragers", co_applicants="Bram")),
    ("minimum_amount", {}, (750, FINE), (751, AGAINST), level("Bedrag")),
    ("maximum_amount", {}, (750, FINE), (749, AGAINST), level("Bedrag")),
    ("percent_of_costs", {}, (75, FINE), (74, AGAINST), level("Bedrag", costs=[("Alles", 1000)])),
    ("own_share_percent", {}, (20, FINE), (21, AGAINST), level("Eigen bijdrage", own_money=150)),
    (
        "own_share_kinds",
        {"own_share_percent": 50},
        (["hours"], QUESTION),
        (["money"], AGAINST),
        level("Eigen bijdrage", own_hours=8),
    ),
    ("own_share_kinds", {}, (["hours"], True), (["money"], False), asks("own_hours")),
    ("advance_percent", {"direct_settlement_until": 0}, (100, 750), (50, 375), advance),
    ("advance_above", {"direct_settlement_until": 0, "advance_percent": 50}, (749, 375), (750, 0), advance),
    (
        "settlement_weeks",
        {},
        (4, date(2026, 7, 6)),
        (6, date(2026, 7, 20)),
        settled_by(reported_on=date(2026, 6, 8)),
    ),
    ("ex_officio_weeks", {}, (4, date(2026, 6, 29)), (13, date(2026, 8, 31)), settled_by()),
    (
        "direct_settlement_until",
        {},
        (750, True),
        (749, False),
        lambda v: decision_effects.is_direct(applied(v), Outcome.GRANT, Decimal(750)),
    ),
    (
        "unspent_return_above",
        {},
        (50, 0),
        (49, 50),
        lambda v: unspent(Decimal(750), Decimal(700), v.unspent_return_above),
    ),
    (
        "rounded_up_to",
        {"percent_of_costs": 33},
        (Decimal("0.01"), Decimal("330.33")),
        (10, 340),
        lambda v: grounds.most(applied(v, asked_amount=500, costs=[("Alles", 1001)])),
    ),
    ("pays_supplier", {}, (True, True), (False, False), pays_a_supplier),
    (
        "pays_supplier",
        {},
        (True, True),
        (False, False),
        lambda v: "whose" in GiveAccountForm(pays_supplier=v.pays_supplier).fields,
    ),
    (
        "distribution",
        {},
        (Distribution.FIRST_COMPLETE, False),
        (Distribution.RANKING, True),
        lambda v: "Noem de criteria voor de rangschikking." in lacks(v),
    ),
    (
        "distribution",
        {"score_criteria": "Draagvlak"},
        (Distribution.RANKING, False),
        (Distribution.VOTE, True),
        lambda v: any("stemt de buurt" in sentence for sentence in conditions.sentences(v)),
    ),
    (
        "reallocate_on",
        {},
        ("01-11", date(2026, 11, 1)),
        ("", None),
        lambda v: reallocation_day(Ceiling(scheme=v.scheme, period_from=date(2026, 1, 1))),
    ),
    ("lead_time_weeks", {}, (8, FINE), (9, AGAINST), level("Op tijd aangevraagd", starts_on=date(2026, 7, 27))),
    (
        "not_after_the_fact",
        {"lead_time_weeks": 0},
        (False, None),
        (True, AGAINST),
        level("Op tijd aangevraagd", starts_on=RECEIVED),
    ),
    (
        "service_days_small",
        {},
        (1, date(2026, 6, 2)),
        (5, date(2026, 6, 8)),
        lambda v: dates.promised_on(RECEIVED, Decimal(500), v),
    ),
    (
        "service_small_until",
        {"service_days": 1},
        (499, date(2026, 6, 2)),
        (500, date(2026, 6, 15)),
        lambda v: dates.promised_on(RECEIVED, Decimal(500), v),
    ),
    (
        "service_days",
        {},
        (1, date(2026, 6, 2)),
        (5, date(2026, 6, 8)),
        lambda v: dates.promised_on(RECEIVED, Decimal(501), v),
    ),
    (
        "decision_weeks",
        {},
        (4, date(2026, 6, 29)),
        (None, date(2026, 7, 27)),
        lambda v: dates.decision_deadline(applied(v)).due_legal,
    ),
    # Five weeks from the Saturday is a Saturday: the Act moves it to Monday, the scheme's own term stays.
    (
        "atw_applies",
        {"decision_weeks": 5},
        (False, date(2026, 7, 4)),
        (True, date(2026, 7, 6)),
        lambda v: dates.decision_deadline(applied(v, received_on=date(2026, 5, 30))).due_legal,
    ),
    ("extension_weeks", {"decision_weeks": 8}, (4, True), (0, False), extend),
    (
        "completion_days",
        {},
        (14, date(2026, 6, 15)),
        (7, date(2026, 6, 8)),
        lambda v: dates.completion_due(v, RECEIVED),
    ),
    ("hearing_days", {}, (14, date(2026, 6, 15)), (7, date(2026, 6, 8)), lambda v: dates.hearing_due(v, RECEIVED)),
    ("execute_months", {}, (1, date(2026, 7, 1)), (12, date(2027, 6, 1)), decision_form("execute_until")),
    (
        "report_weeks",
        {"execute_months": 1},
        (1, date(2026, 7, 8)),
        (2, date(2026, 7, 15)),
        decision_form("report_due_on"),
    ),
    ("payment_weeks", {}, (None, 0), (2, -28), paid_within),
    (
        "support_mode",
        {"support_minimum": 3},
        (SupportMode.NONE, None),
        (LETTERS, AGAINST),
        level("Draagvlak", support=""),
    ),
    ("support_minimum", {}, (12, FINE), (13, AGAINST), level("Draagvlak")),
    ("support_minimum", {"support_mode": NAMES}, (12, FINE), (13, AGAINST), level("Draagvlak")),
    ("support_minimum", {"support_mode": LIST}, (5, FINE), (6, AGAINST), level("Draagvlak", supporters_pro=5)),
    ("support_minimum", {"support_mode": POLL}, (5, FINE), (6, AGAINST), level("Draagvlak", supporters_pro=5)),
    ("support_mode", {}, (LIST, QUESTION), (POLL, AGAINST), level("Draagvlak", supporters_pro=5, supporters_con=5)),
    ("support_mode", {"support_minimum": 3}, (NUMBER, None), (NAMES, AGAINST), level("Draagvlaklijst")),
    ("support_mode", {}, (NUMBER, False), (NAMES, True), asks("support_list")),
    ("support_mode", {}, (NAMES, False), (POLL, True), asks("supporters_con")),
    ("addresses_by_staff", {"support_mode": LIST}, (False, None), (True, QUESTION), level("Adressen")),
    ("addresses_by_staff", {"support_mode": LIST}, (False, False), (True, True), says("bij welke adressen")),
    ("extra_proof_above", {}, (750, None), (749, AGAINST), level("Bewijs van draagvlak")),
    ("attachments_allowed", {}, (True, True), (False, False), asks("files")),
    ("attachments_required", {}, (False, None), (True, AGAINST), level("Bijlagen")),
    ("once_per_initiative", {}, (False, None), (True, AGAINST), of_one_plan),
    ("per_year_per_applicant", {}, (2, FINE), (1, AGAINST), twice("Aanvragen per jaar")),
    ("per_year_per_area", {}, (2, FINE), (1, AGAINST), twice("Aanvragen per gebied")),
    ("per_year_per_area", {}, (None, None), (1, AGAINST), twice("Aanvragen per gebied")),
    ("maximum_years", {}, (2, FINE), (1, AGAINST), twice("Aantal jaren", starts_on=date(2025, 9, 1))),
    ("must_be_new", {}, (False, None), (True, QUESTION), level("Nieuw")),
    ("open_to_all", {}, (False, None), (True, AGAINST), level("Voor iedereen", everybody_welcome=False)),
    ("no_profit", {}, (False, None), (True, QUESTION), level("Geen winst")),
    ("permit_check", {}, (False, None), (True, QUESTION), level("Vergunning")),
    ("permit_check", {}, (False, False), (True, True), asks("permits")),
    ("public_space_check", {}, (False, None), (True, QUESTION), level("Openbare ruimte", public_space=True)),
    ("public_space_check", {}, (False, False), (True, True), asks("public_space")),
    ("upkeep_check", {}, (False, None), (True, QUESTION), level("Onderhoud")),
    ("upkeep_check", {}, (False, False), (True, True), asks("upkeep")),
    (
        "four_eyes_above",
        {},
        (750, False),
        (749, True),
        lambda v: bool(decision_checks.above_limit(applied(v), grant())),
    ),
    ("adviser", {}, (AdviserKind.NONE, True), (AdviserKind.AMBASSADOR, False), may_grant()),
    ("adviser", {}, (AdviserKind.AMBASSADOR, True), (AdviserKind.PANEL, False), may_grant(adviser={"answered": True})),
    ("adviser_name", PARTNER, ("Panel Centrum", True), ("Panel Oost", False), says("advies aan Panel Centrum")),
    (
        "adviser_name",
        PARTNER,
        ("Panel", False),
        ("", True),
        lambda v: any("panel of de partner" in each for each in lacks(v)),
    ),
    (
        "adviser_email",
        PARTNER,
        ("Groen@gemeente.example", True),
        ("ander@gemeente.example", False),
        may_grant(adviser={"answered": True, "by_email": True}),
    ),
    (
        "advice_binding",
        PARTNER,
        (False, True),
        (True, False),
        may_grant(adviser={"answered": True, "by_email": True, **NO}),
    ),
    (
        "advice_binding",
        PARTNER,
        (False, True),
        (True, False),
        may_grant(adviser={"unanswered": True, "by_email": True}),
    ),
    ("advice_binding", {}, (False, False), (True, True), lambda v: "Zeg wie het bindende advies geeft." in lacks(v)),
    (
        "score_criteria",
        {"distribution": Distribution.RANKING},
        ("Draagvlak", False),
        (" ", True),
        lambda v: "Noem de criteria voor de rangschikking." in lacks(v),
    ),
    ("sample_percent", {}, (0, 0), (10, 2), lambda v: sample_size(20, v.sample_percent)),
    ("publish_result", {}, (True, True), (False, False), asks("shows_result")),
]


@pytest.mark.parametrize(
    ("name", "rules", "passes", "stops", "look"),
    CASES,
    ids=[f"{number}-{case[0]}" for number, case in enumerate(CASES)],
)
def test_a_setting_lets_through_and_stops(name, rules, passes, stops, look, time_machine):
    time_machine.move_to("2026-06-01 10:00:00+02:00", tick=False)
    PostcodeAreaFactory(postcode="3342AC")

    for value, expected in (passes, stops):
        version = SchemeVersionFactory(**rules | {name: value})
        assert look(SchemeVersion.objects.get(pk=version.pk)) == expected


def test_no_setting_is_forgotten():
    texts = {"for_whom", "what_for", "not_for", "conditions", "eligible_costs", "ineligible_costs"}
    record = {"id", "scheme", "number", "valid_from", "published_at"}
    # These two have a test of their own below.
    apart = {"area", "public_space_department"}

    settings = {field.name for field in SchemeVersion._meta.fields} - texts - record - apart

    assert settings == {case[0] for case in CASES}


@pytest.mark.parametrize(("area", "found"), [("buurt", Level.FINE), ("wijk", Level.AGAINST)])
def test_an_area_is_a_buurt_or_a_wijk(area, found):
    version = SchemeVersionFactory(per_year_per_area=1, area=area)
    first = applied(version)

    again = applied(version, buurt=BuurtFactory(wijk=first.wijk))

    assert {each.subject: each.level for each in findings(again, RECEIVED)}["Aanvragen per gebied"] is found


@pytest.mark.parametrize(
    ("in_public_space", "asked", "may"),
    [
        (False, None, True),
        (None, None, True),
        (True, None, False),
        (True, {}, False),
        (True, {"answered": True}, True),
        (True, {"answered": True, **NO}, False),
        (True, {"unanswered": True}, False),
    ],
    ids=["elsewhere", "unknown", "not asked", "waiting", "agrees", "objects", "silent"],
)
def test_the_department_of_the_public_space_agrees_before_money_is_granted(in_public_space, asked, may):
    department = DepartmentFactory()
    version = SchemeVersionFactory(public_space_department=department)
    case = applied(version, public_space=in_public_space)
    if asked is not None:
        AdviceRequestFactory(subject=case, department=department, **asked)

    level_now = {each.subject: each.level for each in findings(case, RECEIVED)}["Openbare ruimte"]

    assert (why_not_yet(case) == "") is may
    assert f"de afdeling {department}" in " ".join(conditions.sentences(version))
    assert (level_now is Level.AGAINST) is (
        (asked is None and in_public_space is True) or asked == {"answered": True, **NO}
    )


def test_an_adviser_who_lets_the_last_day_pass_holds_up_no_decision():
    case = applied(SchemeVersionFactory(**PARTNER))

    AdviceRequestFactory(subject=case, by_email=True, unanswered=True)

    assert why_not_yet(case) == ""
