"""What the portal notices about an application, and that earlier cases are always a question."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from subsidies.enums import Status, SupportMode
from subsidies.findings import Level, conflict_hints, findings
from subsidies.forms.limits import problems
from subsidies.models import Application, CategoryCap
from subsidies.workflow import grounds
from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    BankAccountFactory,
    CeilingFactory,
    SchemeVersionFactory,
)
from tests.factories.wijken import PostcodeAreaFactory

pytestmark = pytest.mark.django_db

RECEIVED = date(2026, 6, 1)


def found(application: Application) -> dict[str, tuple[Level, str]]:
    seen = findings(application, application.received_on)
    return {each.subject: (each.level, each.text.replace("\xa0", " ")) for each in seen}


def apply_with(rules: dict | None = None, **fields) -> Application:
    return ApplicationFactory(
        **{"scheme_version": SchemeVersionFactory(**(rules or {})), "received_on": RECEIVED, **fields}
    )


@pytest.mark.parametrize(
    ("starts_on", "level"),
    [
        (RECEIVED + timedelta(weeks=4), Level.FINE),
        (RECEIVED + timedelta(weeks=4) - timedelta(days=1), Level.AGAINST),
        (RECEIVED, Level.AGAINST),
        (None, Level.QUESTION),
    ],
)
def test_the_lead_time_is_counted_back_to_the_day(starts_on, level):
    assert found(apply_with(starts_on=starts_on))["Op tijd aangevraagd"][0] is level


@pytest.mark.parametrize(
    ("asked", "level", "words"),
    [
        (Decimal(750), Level.FINE, "past binnen de regeling"),
        (Decimal(2500), Level.AGAINST, "het maximum is € 2.000"),
        (Decimal(100), Level.AGAINST, "het minimum is € 250"),
        (None, Level.QUESTION, "niet ingevuld"),
    ],
)
def test_the_amount_is_held_against_the_limits_of_the_scheme(asked, level, words):
    application = apply_with(asked_amount=asked, costs=[("Alles", Decimal(3000))])

    assert found(application)["Bedrag"][0] is level
    assert words in found(application)["Bedrag"][1]


def test_one_kind_of_activity_has_a_lower_maximum():
    application = apply_with(asked_amount=Decimal(600), category="Barbecue")
    CategoryCap.objects.create(scheme_version=application.scheme_version, name="Barbecue", maximum_amount=Decimal(500))

    assert found(application)["Bedrag"] == (
        Level.AGAINST,
        "Gevraagd is € 600,00; het maximum voor “Barbecue” is € 500,00.",
    )


def test_lines_that_do_not_count_lower_what_can_be_asked():
    application = apply_with(asked_amount=Decimal(500), costs=[("Tafels", 300), ("Bier", 200)])
    application.cost_lines.filter(what="Bier").update(eligible=False, why_not="Alcohol.")

    assert "de som van de kosten die meetellen is € 300" in found(application)["Bedrag"][1]


def test_a_part_of_the_costs_is_the_most():
    application = apply_with({"percent_of_costs": 50}, asked_amount=Decimal(500), costs=[("Tafels", 800)])

    assert "50% van de kosten die meetellen is € 400" in found(application)["Bedrag"][1]


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ({"own_money": Decimal(200)}, Level.FINE),
        ({"own_money": Decimal(50)}, Level.AGAINST),
        ({"own_money": Decimal(50), "own_hours": 10}, Level.QUESTION),
    ],
)
def test_the_own_share_may_be_in_hours_when_the_scheme_says_so(given, level):
    application = apply_with({"own_share_percent": 20, "own_share_kinds": ["hours"]}, costs=[("Alles", 1000)], **given)

    assert found(application)["Eigen bijdrage"][0] is level


def test_the_room_under_the_ceiling_is_shown():
    application = apply_with(asked_amount=Decimal(750))
    CeilingFactory(scheme=application.scheme, amount=500, period_from=date(2026, 1, 1), period_to=date(2026, 12, 31))

    assert found(application)["Plafond"] == (
        Level.AGAINST,
        "Beschikbaar, na wie eerder volledig was: € 500,00.",
    )


def test_a_plan_gets_money_once():
    plan = InitiativeFactory()
    rules = SchemeVersionFactory()
    ApplicationFactory(granted=True, initiative=plan, scheme_version=rules, reference="2026-S-00001")

    application = ApplicationFactory(initiative=plan, scheme_version=rules)

    assert found(application)["Eén keer per initiatief"] == (
        Level.AGAINST,
        "Voor dit initiatief is al toegekend: 2026-S-00001 (€ 750,00).",
    )


def test_the_number_of_applications_in_a_year_counts_by_person():
    rules = SchemeVersionFactory(per_year_per_applicant=1)
    first = ApplicationFactory(scheme_version=rules, received_on=RECEIVED)
    ApplicationFactory(scheme_version=rules, received_on=RECEIVED, withdrawn=True, email="ander@voorbeeld.example")

    again = ApplicationFactory(
        scheme_version=rules, received_on=RECEIVED, email=first.email.upper(), applicant=None, house_number="99"
    )
    neighbour = ApplicationFactory(scheme_version=rules, received_on=RECEIVED)

    assert found(again)["Aanvragen per jaar"][0] is Level.AGAINST
    assert found(neighbour)["Aanvragen per jaar"][0] is Level.FINE


def test_earlier_grants_around_the_same_people_are_a_question_never_more():
    before = ApplicationFactory(granted=True, name="Bea Anders", reference="2025-S-00007")
    BankAccountFactory(application=before)
    application = ApplicationFactory(house_number=before.house_number, postcode=before.postcode, name="Bea Anders")
    BankAccountFactory(application=application)

    earlier = [each for each in findings(application, RECEIVED) if each.subject == "Eerdere bijdragen"]

    assert {each.level for each in earlier} == {Level.QUESTION}
    assert [each.text.split(":")[0] for each in earlier] == [
        "Eerder toegekend met dezelfde naam",
        "Eerder toegekend met hetzelfde adres",
        "Eerder toegekend met hetzelfde rekeningnummer",
    ]


def test_applying_again_after_a_refusal_asks_what_is_new():
    refused = ApplicationFactory(refused=True, reference="2026-S-00003")

    application = ApplicationFactory(previous=refused)

    assert "2026-S-00003" in found(application)["Opnieuw aangevraagd"][1]


def test_where_somebody_lives_is_looked_up_in_the_postcode_table():
    PostcodeAreaFactory(postcode="3342AC")

    here = apply_with()
    elsewhere = apply_with(postcode="1011 AB")
    not_ticked = apply_with(lives_here=False)

    levels = [found(each)["Woont in de gemeente"][0] for each in (here, elsewhere, not_ticked)]
    assert levels == [Level.FINE, Level.AGAINST, Level.QUESTION]


def test_support_welcome_permits_and_enclosures():
    rules = {
        "support_mode": SupportMode.NUMBER,
        "support_minimum": 20,
        "extra_proof_above": Decimal(500),
        "attachments_required": True,
    }

    seen = found(apply_with(rules, everybody_welcome=False, supporters_count=12))

    assert seen["Voor iedereen"][0] is Level.AGAINST
    assert seen["Bijlagen"][0] is Level.AGAINST
    assert seen["Vergunning"][0] is Level.QUESTION
    assert seen["Openbare ruimte"][0] is Level.QUESTION
    assert seen["Draagvlak"][0] is Level.AGAINST
    assert seen["Bewijs van draagvlak"][0] is Level.AGAINST


def test_findings_take_the_same_number_of_queries_however_much_happened_before(django_assert_max_num_queries):
    application = apply_with()
    for _number in range(20):
        ApplicationFactory(granted=True, name=application.name, scheme_version=application.scheme_version)

    with django_assert_max_num_queries(12):
        findings(Application.objects.select_related("scheme_version").get(pk=application.pk), RECEIVED)


def test_hints_of_an_interest_name_what_is_shared():
    application = ApplicationFactory(name="Anna Kruis", house_number="12")
    stranger = CoordinatorFactory(name="Jan Vries")
    relative = CoordinatorFactory(name="Piet Kruis")
    neighbour = CoordinatorFactory(name="Bo Bos")
    own = ApplicationFactory(applicant=neighbour, email=neighbour.email)
    for case in (own, application):
        BankAccountFactory(application=case)

    assert conflict_hints(application, stranger) == []
    assert conflict_hints(application, relative) == ["de aanvrager heeft dezelfde achternaam als u"]
    assert conflict_hints(application, neighbour) == [
        "de aanvrager woont op een adres dat u eerder zelf opgaf",
        "het rekeningnummer staat ook bij een aanvraag van u",
    ]
    Application.objects.filter(pk=application.pk).update(initiative=InitiativeFactory(initiator=stranger))
    application.refresh_from_db()
    assert conflict_hints(application, stranger) == ["het initiatief is van u"]


def test_a_withdrawn_application_says_nothing_of_the_ceiling():
    application = apply_with(status=Status.WITHDRAWN)
    CeilingFactory(scheme=application.scheme, period_from=date(2026, 1, 1), period_to=date(2026, 12, 31))

    assert "Plafond" not in found(application)


@pytest.mark.parametrize(
    ("rules", "fields", "subject", "level"),
    [
        ({"co_signers": 2}, {"co_applicants": "Bram\nCor"}, "Mede-aanvragers", Level.FINE),
        ({"co_signers": 2}, {"co_applicants": "Bram"}, "Mede-aanvragers", Level.AGAINST),
        ({"must_be_new": True}, {}, "Nieuw", Level.QUESTION),
        ({"no_profit": True}, {}, "Geen winst", Level.QUESTION),
        ({"support_mode": SupportMode.LIST, "support_minimum": 10}, {"supporters_pro": 10}, "Draagvlak", Level.FINE),
        ({"support_mode": SupportMode.LIST, "support_minimum": 10}, {"supporters_pro": 9}, "Draagvlak", Level.AGAINST),
        ({"support_mode": SupportMode.LIST, "support_minimum": 10}, {}, "Draagvlak", Level.AGAINST),
        ({"support_mode": SupportMode.LIST}, {"supporters_pro": 10}, "Draagvlaklijst", Level.AGAINST),
        (
            {"support_mode": SupportMode.LIST},
            {"supporters_pro": 10, "supporters_con": 1},
            "Draagvlak",
            Level.QUESTION,
        ),
        ({"support_mode": SupportMode.LETTERS}, {"support": ""}, "Draagvlak", Level.AGAINST),
    ],
)
def test_each_rule_of_the_scheme_is_looked_at(rules, fields, subject, level):
    assert found(apply_with(rules, **fields))[subject][0] is level


def test_a_rule_that_the_scheme_does_not_have_is_not_mentioned():
    seen = found(apply_with({"must_be_new": False, "no_profit": False, "co_signers": 0}))

    assert not {"Mede-aanvragers", "Nieuw", "Geen winst"} & set(seen)


def test_the_most_is_rounded_up_as_in_the_decision():
    rules = {"percent_of_costs": 33, "rounded_up_to": Decimal(10)}
    application = apply_with(rules, asked_amount=Decimal(500), costs=[("Tafels", 1000)])

    assert grounds.most(application) == Decimal(330)
    application.cost_lines.update(amount=Decimal(1001))
    fresh = Application.objects.get(pk=application.pk)
    assert grounds.most(fresh) == Decimal(340)
    assert "is € 340" in found(fresh)["Bedrag"][1]


@pytest.mark.parametrize("asked", ["330.00", "333.34", "340.00", "340.01", "350.00"])
def test_the_form_the_finding_and_the_decision_count_the_same_part_of_the_costs(asked):
    rules = {"percent_of_costs": 33, "rounded_up_to": Decimal(10)}
    application = apply_with(rules, asked_amount=Decimal(asked), costs=[("Tafels", Decimal("1001.01"))])
    answers = {"asked_amount": Decimal(asked), "costs": [("Tafels", Decimal("1001.01"))]}

    wrong = {name for name, _words in problems(answers, application.scheme_version, {})}
    fits = Decimal(asked) <= grounds.most(application)

    assert ("asked_amount" not in wrong) is fits
    assert (found(application)["Bedrag"][0] is Level.FINE) is fits


def test_rounding_up_never_gives_more_than_it_costs():
    application = apply_with({"rounded_up_to": Decimal(50)}, asked_amount=Decimal(330), costs=[("Tafels", 330)])

    assert grounds.most(application) == 330


@pytest.mark.parametrize(("own", "enough"), [("33.33", True), ("33.32", False)])
def test_the_form_and_the_finding_count_the_own_share_in_the_same_cents(own, enough):
    rules = {"own_share_percent": 10, "own_share_kinds": ["money"]}
    costs = [("Tafels", Decimal("333.34"))]
    application = apply_with(rules, asked_amount=Decimal(300), costs=costs, own_money=Decimal(own))
    answers = {"asked_amount": Decimal(300), "costs": costs, "own_money": Decimal(own)}

    wrong = {name for name, _words in problems(answers, application.scheme_version, {})}

    assert ("own_money" not in wrong) is enough
    assert (found(application)["Eigen bijdrage"][0] is Level.FINE) is enough
