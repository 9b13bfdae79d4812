"""What takes something away has a ground and was put to the recipient first; what does not has neither (4:48-4:50)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from shared.lifecycle import WorkflowError
from shared.terms import legal_days
from shared.terms.calendar import today
from subsidies.enums import GroundKind, GroundRule, Outcome, Status
from subsidies.letters.decision import day_text
from subsidies.models import Application, Decision, Ground
from subsidies.workflow.decide import DecisionTerms
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CeilingFactory,
    DecisionFactory,
    GroundFactory,
    HearingFactory,
    MandateFactory,
)
from tests.sign_in import sign_in
from tests.subsidies.deciding import decidable, now, refusal, take
from tests.subsidies.test_admin_decide import address

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SUMMER = today() + 200 * DAY
DUTY = "U nodigt de buren uit. (Awb 4:38)"


def granted(**traits) -> Application:
    """€ 750 with one duty, to be done before the summer, decided two weeks ago."""
    made = ApplicationFactory(**traits or {"granted": True})
    MandateFactory()
    CeilingFactory(scheme=made.scheme)
    ago = {"notified_on": today() - 14 * DAY, "decided_at": timezone.now() - 14 * DAY}
    period = {"execute_until": SUMMER, "report_due_on": SUMMER + 42 * DAY}
    DecisionFactory(application=made, amount=Decimal(750), obligations=[DUTY], **period, **ago)
    return made


def ground(case: Application, rule=GroundRule.GRANTED, article="Awb artikel 4:48", kind=GroundKind.REVOKE) -> Ground:
    return GroundFactory(scheme_version=case.scheme_version, kind=kind, rule=rule, article=article)


def hearing_day() -> tuple[int, int, int]:
    """A working day three weeks from now, as three boxes."""
    found = legal_days.calendar().working_day_from(today() + 21 * DAY)
    return found.day, found.month, found.year


def changed(**changes) -> DecisionTerms:
    """A change that changes nothing, but for what is said."""
    terms = {
        "outcome": Outcome.CHANGE,
        "motivation": "Wij passen het besluit aan.",
        "amount": Decimal(750),
        "obligations": (DUTY,),
        "execute_until": SUMMER,
        "report_due_on": SUMMER + 42 * DAY,
        "no_interest": True,
    }
    return DecisionTerms(**terms | changes)


WORSE = [
    ({"amount": Decimal(700)}, "het bedrag wordt lager"),
    ({"execute_until": SUMMER - DAY}, "eerder klaar"),
    ({"report_due_on": SUMMER}, "verslag moet er eerder zijn"),
    ({"obligations": (DUTY, "U ruimt alles op. (Awb 4:38)")}, "verplichtingen worden zwaarder"),
    ({"obligations": ("U nodigt de hele wijk uit. (Awb 4:38)",)}, "verplichtingen worden zwaarder"),
    ({"worse": True}, "in het nadeel"),
]


@pytest.mark.parametrize(("changes", "why"), WORSE)
def test_a_change_for_the_worse_has_a_ground_and_a_hearing_whatever_it_changes(changes, why):
    case = granted()
    own = ground(case)

    with pytest.raises(WorkflowError, match=why):
        take(case, changed(**changes))
    with pytest.raises(WorkflowError, match="zienswijze"):
        take(now(case), changed(**changes, grounds=(own.pk,)))
    about = {"outcome": Outcome.CHANGE, "about": [own], "amount": changes.get("amount")}
    HearingFactory(application=case, asked_on=today() - 9 * DAY, ended_on=today(), **about)
    decision = take(now(case), changed(**changes, grounds=(own.pk,)))

    assert "Algemene wet bestuursrecht, artikel 4:48, eerste lid" in decision.letter_text


@pytest.mark.parametrize(
    "changes",
    [
        {"execute_until": SUMMER + DAY},
        {"report_due_on": SUMMER + 50 * DAY},
        {"obligations": ()},
        {"obligations": ("U vraagt de buren of zij komen. (Awb 4:38)",), "worse": False},
    ],
)
def test_a_change_that_takes_nothing_away_needs_no_ground_and_names_none(changes):
    case = granted()
    own = ground(case)

    with pytest.raises(WorkflowError, match="niet in het nadeel"):
        take(case, changed(**changes, grounds=(own.pk,)))
    decision = take(now(case), changed(**changes))

    assert "artikelen 4:29 en 4:31" in decision.letter_text
    assert not [article for article in ("4:48", "4:49", "4:50") if article in decision.letter_text]


def test_the_letter_of_a_change_says_what_is_other_than_before():
    case = granted()
    own = ground(case)
    about = {"outcome": Outcome.CHANGE, "about": [own], "amount": Decimal(600)}
    HearingFactory(application=case, asked_on=today() - 9 * DAY, ended_on=today(), **about)
    changes = {"amount": Decimal(600), "execute_until": SUMMER + DAY, "obligations": ("U ruimt op. (Awb 4:38)",)}

    words = take(case, changed(**changes, grounds=(own.pk,))).letter_text.replace("\xa0", " ")

    assert "Het bedrag: eerst € 750,00, nu € 600,00." in words
    assert f"Klaar op of vóór: eerst {day_text(SUMMER)}, nu {day_text(SUMMER + DAY)}." in words
    assert "Nieuwe verplichting: U ruimt op. (Awb 4:38)" in words
    assert f"Verplichting die vervalt: {DUTY}" in words
    assert "Het verslag op of vóór" not in words


class TestHearing:
    """The decision that is taken is the one that was put to the applicant."""

    @pytest.fixture
    def case(self) -> Application:
        return granted()

    def heard(self, case, *about, **changes):
        HearingFactory(application=case, asked_on=today() - 9 * DAY, ended_on=today(), about=about, **changes)

    def revoke(self, case, *grounds) -> Decision:
        keys = tuple(each.pk for each in grounds)
        return take(now(case), DecisionTerms(Outcome.REVOKE, "Het gaat niet door.", grounds=keys, no_interest=True))

    def test_another_ground_needs_another_hearing(self, case):
        asked, other = ground(case), ground(case, article="Awb artikel 4:48, onder b")
        self.heard(case, asked, outcome=Outcome.REVOKE)

        with pytest.raises(WorkflowError, match="over iets anders"):
            self.revoke(case, other)
        with pytest.raises(WorkflowError, match="over iets anders"):
            self.revoke(case, asked, other)

        assert self.revoke(case, asked).outcome == Outcome.REVOKE

    def test_a_heavier_decision_needs_another_hearing(self, case):
        own = ground(case)
        self.heard(case, own, outcome=Outcome.CHANGE, amount=Decimal(500))

        with pytest.raises(WorkflowError, match="over iets anders"):
            self.revoke(case, own)
        with pytest.raises(WorkflowError, match="over iets anders"):
            take(now(case), changed(amount=Decimal(499), grounds=(own.pk,)))

        assert take(now(case), changed(amount=Decimal(500), grounds=(own.pk,))).amount == Decimal(500)

    def test_a_lighter_decision_on_the_same_ground_does_not(self, case):
        own = ground(case)
        self.heard(case, own, outcome=Outcome.REVOKE)

        assert take(case, changed(amount=Decimal(400), grounds=(own.pk,))).amount == Decimal(400)

    def test_what_others_said_is_put_to_the_applicant_before_a_refusal(self):
        case = decidable()
        own = GroundFactory(scheme_version=case.scheme_version)
        told = DecisionTerms(**{**vars(refusal(own)), "facts_of_others": True})

        with pytest.raises(WorkflowError, match="4:7"):
            take(case, told)
        self.heard(case, own, outcome=Outcome.REFUSE)
        take(now(case), told)

        assert now(case).status == Status.REFUSED


class TestFiveYears:
    """From the settlement, and for a later breach from the breach (Awb articles 4:49(3) and 4:57(4))."""

    def settled(self, years: int) -> Application:
        made = granted(settled=True)
        then = today() - 365 * years * DAY - 9 * DAY
        days = {"notified_on": then, "decided_at": timezone.now() - 365 * years * DAY - 9 * DAY}
        DecisionFactory(application=made, outcome=Outcome.SETTLE, amount=Decimal(750), **days)
        return made

    def taken_back(self, case: Application, rule: GroundRule, **changes) -> Decision:
        own = ground(case, rule=rule, article="Awb artikel 4:49")
        about = {"outcome": Outcome.REVOKE, "about": [own]}
        HearingFactory(application=case, asked_on=today() - 9 * DAY, ended_on=today(), **about)
        terms = {"grounds": (own.pk,), "no_interest": True, **changes}
        return take(now(case), DecisionTerms(Outcome.REVOKE, "U hield zich niet aan de afspraak.", **terms))

    def test_new_facts_count_from_the_settlement(self):
        with pytest.raises(WorkflowError, match="vijf jaar"):
            self.taken_back(self.settled(years=6), GroundRule.SETTLED)

    def test_a_later_breach_counts_from_the_breach(self):
        breach = today() - 30 * DAY

        decision = self.taken_back(self.settled(years=6), GroundRule.BREACH, breached_on=breach)

        assert decision.breached_on == breach
        assert "artikel 4:49, eerste lid" in decision.letter_text

    def test_a_breach_of_more_than_five_years_ago_is_too_long_ago(self):
        with pytest.raises(WorkflowError, match="vijf jaar"):
            self.taken_back(self.settled(years=8), GroundRule.BREACH, breached_on=today() - 365 * 6 * DAY)

    @pytest.mark.parametrize(
        ("breach", "why"),
        [(None, "Noem de dag"), (today() + DAY, "vandaag of eerder"), (today() - 4000 * DAY, "ligt na")],
    )
    def test_the_day_of_a_breach_is_named_and_can_be(self, breach, why):
        with pytest.raises(WorkflowError, match=why):
            self.taken_back(self.settled(years=6), GroundRule.BREACH, breached_on=breach)

    def test_money_comes_back_for_five_years_from_a_later_breach_too(self):
        case = self.settled(years=6)
        self.taken_back(case, GroundRule.BREACH, breached_on=today() - 30 * DAY)

        with pytest.raises(WorkflowError, match="niets te veel"):
            take(now(case), DecisionTerms(Outcome.RECOVER, "Terug.", amount=Decimal(1), no_interest=True))

    def test_a_favourable_change_is_never_too_late(self):
        case = self.settled(years=6)

        assert take(now(case), changed(execute_until=SUMMER + DAY)).outcome == Outcome.CHANGE


def test_what_is_taken_back_for_the_future_leaves_time_and_makes_good_the_damage():
    case = granted()
    own = ground(case, rule=GroundRule.FUTURE, article="Awb artikel 4:50, eerste lid, onder b")
    HearingFactory(application=case, asked_on=today() - 9 * DAY, ended_on=today(), outcome=Outcome.REVOKE, about=[own])
    terms = {"outcome": Outcome.REVOKE, "motivation": "Het beleid is anders.", "no_interest": True}

    with pytest.raises(WorkflowError, match="redelijke termijn"):
        take(case, DecisionTerms(**terms, grounds=(own.pk,)))
    decision = take(now(case), DecisionTerms(**terms, grounds=(own.pk,), reasonable_until=today() + 60 * DAY))

    assert "Wij vergoeden die schade (Awb artikel 4:50, tweede lid)" in decision.letter_text
    assert "artikel 4:50, eerste lid" in decision.letter_text


class TestAdmin:
    """The same in the admin: what is asked, and what is said about a wrong answer."""

    @pytest.fixture
    def case(self) -> Application:
        return granted()

    @pytest.fixture
    def client(self, case) -> Client:
        made = Client()
        sign_in(made, case.owner)
        return made

    def page(self, client, case, slug, **answers) -> str:
        version = str(now(case).version)
        return client.post(address(case, slug), {**answers, "version": version, "_preview": "1"}).content.decode()

    def test_a_change_starts_from_what_holds_and_asks_whether_it_takes_something_away(self, case, client):
        opened = client.get(address(case, "wijzigen")).content.decode()
        sent = self.page(client, case, "wijzigen", outcome="change", amount="750", motivation="Ja.", no_interest="on")

        assert DUTY in opened
        assert "Kies of de wijziging in het nadeel van de aanvrager is" in sent

    def test_a_hearing_names_the_decision_with_its_own_grounds_and_an_amount(self, case, client):
        lower = ground(case, kind=GroundKind.LOWER, rule=GroundRule.NONE, article="Awb artikel 4:46")
        own = ground(case)
        words = {"intended": "Er kwamen weinig mensen."}
        due = {f"due_on_{n}": str(part) for n, part in enumerate(hearing_day())}

        nothing = self.page(client, case, "zienswijze-vragen", **words, **due)
        wrong = self.page(
            client, case, "zienswijze-vragen", outcome="settle_lower", grounds=[str(own.pk)], **words, **due
        )
        words |= {"outcome": "settle_lower", "amount": "500"}
        shown = self.page(client, case, "zienswijze-vragen", grounds=[str(lower.pk)], **words, **due)

        assert "Kies welk besluit u van plan bent" in nothing
        assert "Kies alleen gronden die bij dit besluit horen" in wrong
        assert "Vul in op welk bedrag u wilt vaststellen" in wrong
        assert "U houdt €\xa0500,00." in shown

    def test_a_refusal_after_advice_warns_to_hear_the_applicant_first(self):
        case = decidable()
        AdviceRequestFactory(subject=case, answered=True)
        client = Client()
        sign_in(client, case.owner)

        page = client.get(address(case)).content.decode()

        assert "Een adviseur gaf informatie over deze aanvraag" in page
        assert "gegevens over de aanvrager die van iemand anders komen (Awb 4:7)" in page
