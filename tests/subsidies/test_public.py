"""What everybody may read about a scheme: what is left, how long it takes, and whether it is for them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from shared.terms.calendar import today
from subsidies.forms.sending import SendForm
from subsidies.models import EligibilityQuestion
from subsidies.questions import old_enough
from subsidies.rules import Verdict, usual_days, verdict
from tests.factories.subsidies import (
    ApplicationFactory,
    CeilingFactory,
    DecisionFactory,
    RoundFactory,
    SchemeFactory,
    SchemeVersionFactory,
)

pytestmark = pytest.mark.django_db


def ask(version, position: int, question: str, *, stops: bool = True, yes_is_right: bool = True):
    return EligibilityQuestion.objects.create(
        scheme_version=version,
        position=position,
        question=question,
        stops=stops,
        yes_is_right=yes_is_right,
        why_not=f"Waarom niet: {question}",
        instead=f"Wat dan: {question}",
    )


def page_of(client, version) -> str:
    return client.get(version.scheme.get_absolute_url()).content.decode()


def test_the_page_tells_what_is_left_from_the_ledger(client):
    version = SchemeVersionFactory()
    CeilingFactory(scheme=version.scheme, amount=Decimal(14_350))

    page = page_of(client, version)

    assert "Nog €\u00a014.350 beschikbaar in deze periode." in page


def test_a_ceiling_that_is_not_published_yet_is_not_shown(client):
    version = SchemeVersionFactory()
    CeilingFactory(scheme=version.scheme, published_on=None)

    assert "beschikbaar" not in page_of(client, version)


@pytest.mark.parametrize(("decisions", "shown"), [(4, False), (5, True)])
def test_how_long_it_takes_is_measured_from_at_least_five_decisions(client, decisions, shown):
    version = SchemeVersionFactory()
    for _number in range(decisions):
        application = ApplicationFactory(granted=True, scheme_version=version, received_on=today() - timedelta(days=14))
        DecisionFactory(application=application, notified_on=today())

    assert ("Besluit nu meestal na" in page_of(client, version)) is shown


def test_the_middle_of_the_days_counts():
    assert usual_days([3, 4, 5, 6, 90]) == 5


def test_a_scheme_that_never_opened_or_is_closed_has_no_page(client):
    for trait in ("not_open", "closed"):
        version = SchemeVersionFactory(scheme=SchemeFactory(**{trait: True}))

        assert client.get(version.scheme.get_absolute_url()).status_code == 404


def test_a_scheme_without_rules_in_force_has_no_page(client):
    version = SchemeVersionFactory(draft=True)

    assert client.get(version.scheme.get_absolute_url()).status_code == 404


def test_between_rounds_the_page_says_when_the_next_one_opens(client):
    version = SchemeVersionFactory()
    RoundFactory(
        scheme=version.scheme,
        opens_on=today() + timedelta(days=10),
        closes_on=today() + timedelta(days=20),
        decide_by=today() + timedelta(days=60),
    )

    page = page_of(client, version)

    assert "U kunt aanvragen vanaf" in page
    assert "U kunt nu niet aanvragen" in page


def test_the_list_asks_as_many_questions_for_ten_schemes_as_for_one(client, django_assert_max_num_queries):
    for _number in range(10):
        CeilingFactory(scheme=SchemeVersionFactory().scheme)

    with django_assert_max_num_queries(10):
        response = client.get(reverse("subsidies:list"))

    assert len(response.context["cards"]) == 10


RIGHT, WRONG, UNSURE = "ja", "nee", "weet-niet"


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([(RIGHT, True, True), (RIGHT, True, False)], Verdict.YES),
        ([(WRONG, False, True)], Verdict.YES),
        ([(RIGHT, True, True), (WRONG, True, True)], Verdict.NO),
        ([(UNSURE, True, True)], Verdict.TALK),
        ([(WRONG, True, False)], Verdict.TALK),
        ([(WRONG, True, False), (WRONG, True, True)], Verdict.NO),
    ],
)
def test_the_check_ends_in_yes_no_or_talking(answers, outcome):
    assert verdict(answers) == outcome


def test_no_says_why_and_what_then(client):
    version = SchemeVersionFactory()
    ask(version, 1, "Woont u in de gemeente?")
    ask(version, 2, "Verdient u eraan?", yes_is_right=False)

    page = client.get(reverse("subsidies:check", args=[version.scheme.code]), {"v1": "nee", "v2": "nee"})

    text = page.content.decode()
    assert "Deze regeling past niet bij uw plan" in text
    assert "Waarom niet: Woont u in de gemeente?" in text
    assert "Wat dan: Woont u in de gemeente?" in text
    assert "Waarom niet: Verdient u eraan?" not in text


def test_a_question_without_an_answer_is_asked_for(client):
    version = SchemeVersionFactory()
    ask(version, 1, "Woont u in de gemeente?")
    ask(version, 2, "Verdient u eraan?", yes_is_right=False)

    page = client.get(reverse("subsidies:check", args=[version.scheme.code]), {"v1": "ja"})

    assert page.context["form"].errors == {"v2": ["Kies een antwoord bij vraag 2"]}


def test_a_scheme_without_questions_has_no_check(client):
    version = SchemeVersionFactory()

    assert client.get(reverse("subsidies:check", args=[version.scheme.code])).status_code == 404


def test_every_official_message_has_a_row_on_the_page_about_channels(client):
    page = client.get(reverse("subsidies:channels")).content.decode()

    for words in ("aanvraag", "aanvulling", "intrekking", "zienswijze", "ingebrekestelling", "bezwaar", "verslag"):
        assert words in page
    assert "artikel 2:13" in page


def test_home_leads_to_a_scheme_that_is_open(client):
    version = SchemeVersionFactory()
    SchemeVersionFactory(scheme=SchemeFactory(closed=True, name="Gesloten regeling"))
    CeilingFactory(scheme=version.scheme, amount=Decimal(14_350))
    ask(version, 1, "Woont u in de gemeente?")

    page = client.get("/").content.decode()

    assert version.scheme.get_absolute_url() in page
    assert "€\u00a0250 tot en met €\u00a02.000" in page
    assert "Nog €\u00a014.350 beschikbaar" in page
    assert reverse("subsidies:check", args=[version.scheme.code]) in page
    assert "Gesloten regeling" not in page


def test_a_scheme_that_ranks_says_how(client):
    version = SchemeVersionFactory(distribution="ranking", score_criteria="Draagvlak\nVernieuwing")

    page = page_of(client, version)

    assert "Wij verdelen het geld per ronde, op volgorde van de beste score." in page
    assert "Vernieuwing" in page


@pytest.mark.parametrize(("age", "shown"), [(16, True), (0, False)])
def test_how_old_who_signs_must_be_is_said_on_the_page_and_at_the_signature(client, age, shown):
    version = SchemeVersionFactory(minimum_age=age)

    page = page_of(client, version)

    assert ("U bent 16 jaar of ouder." in page) is shown
    assert old_enough(version) in str(SendForm(version=version).fields["declared"].help_text)


def test_the_page_names_every_rule_about_the_plan_and_the_proof(client):
    rules = {"must_be_new": True, "no_profit": True, "co_signers": 2, "support_minimum": 10, "support_mode": "list"}
    version = SchemeVersionFactory(**rules, extra_proof_above=1000, attachments_required=True)

    page = page_of(client, version)

    assert "Uw plan is nieuw" in page
    assert "Niemand verdient geld aan uw plan." in page
    assert "U vraagt aan met minstens 2 anderen." in page
    assert "een lijst mee van minstens 10 buren" in page
    assert "Vraagt u meer dan € 1.000" in page.replace("\u00a0", " ")
    assert "U stuurt een offerte of andere bijlage mee." in page


def test_in_a_round_the_page_promises_the_day_of_the_round_and_no_weeks(client):
    without, version = SchemeVersionFactory(decision_weeks=13), SchemeVersionFactory(decision_weeks=13)
    RoundFactory(scheme=version.scheme)

    page = page_of(client, version)

    assert "De wet geeft ons 13 weken" in page_of(client, without)
    assert "De wet geeft ons" not in page
    assert "werkdagen" not in page
    assert "U hoort uiterlijk" in page
