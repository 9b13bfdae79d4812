"""Deciding in the admin: what is offered, the letter before it goes, and who may press the button."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies.enums import GroundKind, Outcome, Status
from subsidies.models import Application, Decision, Proposal
from tests.factories.accounts import CoordinatorFactory, FinanceFactory, ManagerFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CeilingFactory,
    DecisionFactory,
    GroundFactory,
    HearingFactory,
    MandateFactory,
    ObligationFactory,
    ReportFactory,
)
from tests.sign_in import sign_in
from tests.subsidies.objecting import receive

pytestmark = pytest.mark.django_db

DAY = today() + timedelta(days=100)
DUTY = "U meldt het meteen als de activiteit niet doorgaat. (artikel 8; Awb 4:37)"


@pytest.fixture
def case():
    """An application in review, with money and a mandate."""
    made = ApplicationFactory(in_review=True)
    CeilingFactory(scheme=made.scheme)
    MandateFactory()
    ObligationFactory(scheme_version=made.scheme_version)
    return made


@pytest.fixture
def client(case):
    """The owner of the case."""
    made = Client()
    sign_in(made, case.owner)
    return made


def address(case: Application, slug: str = "besluit") -> str:
    return reverse("admin:subsidies_application_step", args=[case.pk, slug])


def answers(**changes) -> dict[str, object]:
    values = {
        "outcome": "grant",
        "amount": "750",
        "motivation": "Het feest brengt buren bij elkaar.",
        "obligations": [DUTY],
        "own_obligations": "U ruimt de straat op. (Awb 4:37)",
        "execute_until_0": str(DAY.day),
        "execute_until_1": str(DAY.month),
        "execute_until_2": str(DAY.year),
        "no_interest": "on",
        "version": "1",
    }
    return values | changes


def send(client: Client, case: Application, slug: str = "besluit", **changes):
    """Look at the letter, and send what was seen."""
    filled_in = answers(**changes) | {"version": str(Application.objects.get(pk=case.pk).version)}
    page = client.post(address(case, slug), filled_in | {"_preview": "1"}).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen, errors(page)
    return client.post(address(case, slug), filled_in | {"seen": seen[1], "_send": "1"}, follow=True)


def next_step(client: Client, case: Application) -> str:
    """The dark button of the file page; none when the case waits for somebody else."""
    page = client.get(reverse("admin:subsidies_application_change", args=[case.pk])).content.decode()
    main = page.partition('<ul class="review-steps__main">')[2].partition("</ul>")[0]
    found = re.search(r'class="review-button"[^>]*>([^<]+)', main)
    return unescape(found[1]) if found else ""


def errors(page: str) -> list[str]:
    """What the page complains about."""
    return [unescape(text) for text in re.findall(r'class="[^"]*error[^"]*"[^>]*>(.*?)<', page, re.DOTALL)]


def test_the_page_starts_from_what_is_asked_and_says_what_is_left(case, client):
    page = unescape(client.get(address(case)).content.decode()).replace("\u00a0", " ")

    assert 'value="750,00"' in page
    assert "€ 25.000,00" in page
    assert "u mag tot en met € 2.000,00 beslissen" in page


def test_the_letter_is_shown_before_it_is_sent(case, client):
    page = client.post(address(case), answers(_preview="1")).content.decode()

    assert "U ruimt de straat op." in page
    assert "Bent u het niet eens met dit besluit?" in page
    assert "Besluit nemen en versturen" in page
    assert not Decision.objects.exists()


def test_the_paper_is_shown_before_it_is_sent(case, client):
    answer = client.post(address(case), answers(_pdf="1"))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert not Decision.objects.exists()


def test_what_was_seen_is_sent(case, client):
    page = send(client, case)

    decision = Decision.objects.get()
    assert decision.obligations == [DUTY, "U ruimt de straat op. (Awb 4:37)"]
    assert DUTY in decision.letter_text, "with its basis (4:37-4:39)"
    assert OutboxMessage.objects.filter(key=f"subsidies.decision:{decision.pk}").exists()
    assert "Besluiten" in page.content.decode()


def test_other_words_than_were_seen_are_shown_first(case, client):
    filled_in = answers(version=str(case.version))
    page = client.post(address(case), filled_in | {"_preview": "1"}).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]

    client.post(address(case), filled_in | {"motivation": "Iets anders.", "seen": seen, "_send": "1"})

    assert not Decision.objects.exists()


def test_a_duty_says_what_it_rests_on(case, client):
    sent = answers(own_obligations="U ruimt de straat op. (Awb 4:37)\nU trakteert.") | {"_preview": "1"}

    page = unescape(client.post(address(case), sent).content.decode())

    assert "tussen haakjes waarop zij rust, bijvoorbeeld (Awb 4:38): “U trakteert.”" in page


def test_without_a_declaration_nothing_is_decided(case, client):
    page = client.post(address(case), answers(no_interest="", _send="1")).content.decode()

    assert "Zet hier een vinkje, of schrijf welk belang u heeft" in unescape(page)


def test_a_refusal_by_the_law_stands_above_the_form_and_keeps_the_words(case, client):
    page = unescape(client.post(address(case), answers(amount="700", _preview="1")).content.decode())

    assert "Kies “toekennen” voor het hele gevraagde bedrag" in page
    assert "Het feest brengt buren bij elkaar." in page


def test_a_ground_that_is_not_true_is_not_offered(case, client):
    GroundFactory(scheme_version=case.scheme_version, rule="ceiling", text="Het geld is op.")
    GroundFactory(scheme_version=case.scheme_version, text="Niet voor iedereen.")

    page = client.get(address(case)).content.decode()

    assert "Het geld is op." not in page
    assert "Niet voor iedereen." in page


def test_a_refusal_is_sent_with_its_ground(case, client):
    ground = GroundFactory(scheme_version=case.scheme_version, kind=GroundKind.REFUSAL)

    send(client, case, outcome="refuse", grounds=[str(ground.pk)])

    assert Decision.objects.get().outcome == Outcome.REFUSE


def test_above_the_amount_the_same_page_proposes_and_a_colleague_decides(case, client):
    case.asked_amount = Decimal(1500)
    case.save()
    case.cost_lines.update(amount=Decimal(1500))
    page = client.post(address(case), answers(amount="1500", _preview="1")).content.decode()
    assert "Voorleggen aan een collega" in page
    colleague, second = CoordinatorFactory(wijk=case.wijk), Client()
    sign_in(second, colleague)

    send(client, case, amount="1500")
    mine = client.get(address(case, "tweede-paar-ogen"), follow=True).content.decode()
    theirs = unescape(second.get(address(case, "tweede-paar-ogen")).content.decode())
    next_steps = [next_step(client, case), next_step(second, case)]
    send(second, case, "tweede-paar-ogen")

    assert next_steps == ["", "Beslissen als tweede paar ogen"]
    assert "U deed dit voorstel zelf" in unescape(mine)
    assert "Het feest brengt buren bij elkaar." in theirs
    assert Decision.objects.get().decided_by == colleague


def test_a_proposal_can_be_given_back(case, client):
    send(client, case, no_interest="", interest="De aanvrager is mijn buurvrouw.")
    second = Client()
    sign_in(second, ManagerFactory())

    send(second, case, "voorstel-teruggeven", reason="Vraag eerst een offerte.")

    assert Proposal.objects.get().returned_because == "Vraag eerst een offerte."
    assert Application.objects.get(pk=case.pk).status == Status.IN_REVIEW


@pytest.mark.parametrize("slug", ["vaststellen", "wijzigen", "subsidie-intrekken", "terugvorderen"])
def test_steps_after_a_grant_show_their_page(slug):
    settled = slug == "terugvorderen"
    case = ApplicationFactory(settled=settled, granted=not settled)
    MandateFactory()
    GroundFactory(scheme_version=case.scheme_version, kind=GroundKind.REVOKE, article="Awb 4:48, eerste lid, onder a")
    client = Client()
    sign_in(client, case.owner)

    assert client.get(address(case, slug)).status_code == 200


def test_a_grant_is_taken_back_after_a_hearing():
    case = ApplicationFactory(granted=True)
    MandateFactory()
    DecisionFactory(application=case, notified_on=today() - timedelta(days=9))
    ground = GroundFactory(scheme_version=case.scheme_version, kind=GroundKind.REVOKE, article="Awb 4:48")
    HearingFactory(application=case, ended_on=today(), outcome=Outcome.REVOKE, about=[ground])
    client = Client()
    sign_in(client, case.owner)

    send(client, case, "subsidie-intrekken", outcome="revoke", grounds=[str(ground.pk)])

    assert Application.objects.get(pk=case.pk).status == Status.REVOKED


def test_the_frozen_letter_is_for_who_reviews_the_case(case, client):
    decision = DecisionFactory(application=case)
    own = reverse("admin:subsidies_application_decision", args=[case.pk, decision.pk])
    other, finance = Client(), Client()
    sign_in(other, CoordinatorFactory())
    sign_in(finance, FinanceFactory())

    assert client.get(own).content == bytes(decision.letter)
    assert other.get(own).status_code == 404
    assert finance.get(own).status_code in (302, 403)
    assert (
        client.get(reverse("admin:subsidies_application_decision", args=[case.pk, decision.pk + 1])).status_code == 404
    )


def test_a_grant_is_settled_only_when_nothing_is_awaited():
    case = ApplicationFactory(granted=True)
    MandateFactory()
    client = Client()
    sign_in(client, case.owner)
    free = next_step(client, case)
    ReportFactory(application=case)

    page = client.get(address(case, "vaststellen"), follow=True)

    assert free == "Vaststellen"
    assert "Beoordeel eerst het verslag" in page.content.decode()
    assert next_step(client, case) != "Vaststellen"


def test_while_a_grant_is_disputed_settling_is_not_the_next_step():
    case = ApplicationFactory(granted=True)
    MandateFactory()
    client = Client()
    sign_in(client, case.owner)

    receive(DecisionFactory(application=case))

    assert next_step(client, case) != "Vaststellen"
