"""Three years or more of the same subsidy: it is seen, and not refused without time to adapt (Awb 4:51)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies.enums import GroundRule, Outcome, Status
from subsidies.findings import Level, consecutive_years, findings
from subsidies.models import Application
from subsidies.workflow import grounds
from subsidies.workflow.decide import DecisionTerms
from tests.factories.subsidies import ApplicationFactory, GroundFactory, HearingFactory, MandateFactory
from tests.sign_in import sign_in
from tests.subsidies.deciding import now, take
from tests.subsidies.test_admin_objection import send

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def case() -> Application:
    """The fourth year in a row of one applicant; the activity is half a year away."""
    MandateFactory()
    made = ApplicationFactory(in_review=True, starts_on=today() + 200 * DAY)
    year = made.starts_on.year
    for number in (1, 2, 3):
        before(made, year - number)
    return made


def before(case: Application, year: int, **changes) -> Application:
    values = {"email": case.email, "applicant": case.applicant, "postcode": "3341 LL", "house_number": str(year)}
    return ApplicationFactory(
        settled=True,
        scheme_version=case.scheme_version,
        received_on=date(year, 3, 1),
        starts_on=date(year, 6, 1),
        **values | changes,
    )


def refuse(case: Application, **changes):
    ground = GroundFactory(scheme_version=case.scheme_version, article="Awb artikel 4:51", rule=GroundRule.YEARS)
    term = {"announced_on": today() - 30 * DAY, "reasonable_until": today() + 150 * DAY}
    values = {"motivation": "De raad wil nieuwe plannen.", "grounds": (ground.pk,), "no_interest": True}
    return take(case, DecisionTerms(Outcome.REFUSE, **values | term | changes))


def test_the_years_in_a_row_are_a_finding(case):
    found = [each for each in findings(case, today()) if "4:51" in each.text]

    assert len(consecutive_years(case)) == 3
    assert [each.level for each in found] == [Level.QUESTION]
    assert "al 3 jaar achter elkaar" in found[0].text


def test_a_year_without_breaks_the_row(case):
    Application.objects.filter(starts_on__year=case.starts_on.year - 2).update(status=Status.REFUSED)

    assert len(consecutive_years(case)) == 1
    assert not [each for each in findings(case, today()) if "4:51" in each.text]


@pytest.mark.parametrize(
    "other",
    [
        {"email": "iemand@voorbeeld.example", "applicant": None},
        {"granted_amount": 0},
        {"status": Status.REVOKED},
    ],
)
def test_somebody_else_or_what_was_taken_back_does_not_count(other):
    case = ApplicationFactory(in_review=True, postcode="3344 GN", house_number="9")
    before(case, case.starts_on.year - 1, **other)

    assert consecutive_years(case) == []


def test_the_same_address_counts_as_well():
    case = ApplicationFactory(in_review=True, postcode="3344 GN", house_number="9")
    same = before(
        case,
        case.starts_on.year - 1,
        email="ander@voorbeeld.example",
        applicant=None,
        postcode="3344 GN",
        house_number="9",
    )

    assert consecutive_years(case) == [same]


def test_the_ground_is_offered_only_after_three_years(case):
    ground = GroundFactory(scheme_version=case.scheme_version, rule=GroundRule.YEARS)
    newcomer = ApplicationFactory(in_review=True, scheme_version=case.scheme_version, postcode="3344 GN")

    assert grounds.offered(case, Outcome.REFUSE, today()) == [ground]
    assert grounds.offered(newcomer, Outcome.REFUSE, today()) == []


def test_the_letter_names_the_term(case):
    decision = refuse(case)

    text = decision.letter_text
    assert "3 jaar achter elkaar" in text
    assert "redelijke termijn om u daarop in te stellen" in text
    assert decision.reasonable_until == today() + 150 * DAY


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reasonable_until": None}, "Noem een redelijke termijn"),
        ({"announced_on": None}, "Noem een redelijke termijn"),
        ({"announced_on": today() + DAY}, "begint vandaag of eerder"),
        ({"reasonable_until": today() - 31 * DAY}, "begint vandaag of eerder"),
        ({"reasonable_until": today() + 200 * DAY}, "Ken voor die tijd een deel toe"),
    ],
)
def test_without_a_reasonable_term_the_refusal_is_refused(case, changes, why):
    with pytest.raises(WorkflowError, match=why):
        refuse(case, **changes)

    assert now(case).status == Status.IN_REVIEW


def test_another_ground_needs_no_term(case):
    other = GroundFactory(scheme_version=case.scheme_version)

    take(case, DecisionTerms(Outcome.REFUSE, "Niet voor iedereen.", grounds=(other.pk,), no_interest=True))

    assert now(case).status == Status.REFUSED


def test_the_decision_page_asks_for_the_term(case):
    ground = GroundFactory(scheme_version=case.scheme_version, rule=GroundRule.YEARS)
    HearingFactory(application=case, asked_on=today() - 20 * DAY, ended_on=today() - DAY, about=[ground])
    Application.objects.filter(pk=case.pk).update(status=Status.IN_REVIEW)
    client = Client()
    sign_in(client, case.owner)
    until, since = today() + 100 * DAY, today() - 20 * DAY
    days = {f"reasonable_until_{n}": str(part) for n, part in enumerate((until.day, until.month, until.year))}
    days |= {f"announced_on_{n}": str(part) for n, part in enumerate((since.day, since.month, since.year))}

    page = client.get(reverse("admin:subsidies_application_step", args=[case.pk, "besluit"])).content.decode()
    send(client, case, "besluit", outcome="refuse", grounds=str(ground.pk), motivation="Nee.", no_interest="on", **days)

    assert "Redelijke termijn tot en met" in page
    assert case.decisions.get().reasonable_until == until
