"""A scheme with a ranking: nobody gets money before everybody of the round can be compared."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from shared.terms.models import PortalOutage
from subsidies import findings
from subsidies.budget import Place
from subsidies.enums import Distribution, GroundRule, Outcome, Status
from subsidies.models import Application, Entry, Round, SchemeVersion
from subsidies.workflow import review
from subsidies.workflow import scheme as workflow
from tests.factories.accounts import ManagerFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CeilingFactory,
    CompletionRequestFactory,
    GroundFactory,
    MandateFactory,
    RoundFactory,
    SchemeVersionFactory,
)
from tests.sign_in import sign_in
from tests.subsidies.deciding import grant, now, refusal, take
from tests.subsidies.test_admin_steps import fingerprint
from tests.subsidies.typed import day

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def closed():
    """A round that closed yesterday, with € 1.000 to rank for."""
    version = SchemeVersionFactory(distribution=Distribution.RANKING, score_criteria="Groen\nSamen")
    CeilingFactory(scheme=version.scheme, amount=1000)
    MandateFactory()
    made = RoundFactory(scheme=version.scheme, opens_on=today() - 20 * DAY, closes_on=today() - DAY)
    made.version = version
    return made


def ask(round_, score=None, **kwargs) -> Application:
    values = {"asked_amount": Decimal(750), "received_on": today() - 5 * DAY, "in_review": True} | kwargs
    return ApplicationFactory(scheme_version=round_.version, round=round_, score=score, **values)


def goes_on(round_, closes_on) -> None:
    Round.objects.filter(pk=round_.pk).update(closes_on=closes_on)


def outage(day) -> None:
    start = timezone.make_aware(datetime.combine(day, time(9)))
    PortalOutage.objects.create(started_at=start, ended_at=start + timedelta(hours=8), what="Alles")


def test_nobody_gets_money_on_the_last_day_of_the_round_and_nothing_is_left_behind(closed):
    goes_on(closed, today())
    best = ask(closed, score=10)

    with pytest.raises(WorkflowError, match="is open tot en met"):
        take(best, grant())

    assert (now(best).status, Entry.objects.filter(application=best).exists()) == (Status.IN_REVIEW, False)


def test_an_outage_on_the_last_day_keeps_the_round_open(closed):
    outage(today() - DAY)
    best = ask(closed, score=10)

    with pytest.raises(WorkflowError, match="is open tot en met"):
        take(best, grant())


def test_the_best_waits_until_everybody_has_a_score(closed):
    best, other = ask(closed, score=10), ask(closed)

    with pytest.raises(WorkflowError, match=f"geen score of stemmen .{other.reference}"):
        take(best, grant())
    review.score(other, scores={"Groen": 1, "Samen": 2}, by=other.owner)
    take(best, grant())

    assert now(best).granted_amount == 750


def test_who_is_refused_for_something_else_needs_no_score(closed):
    best, other = ask(closed, score=10), ask(closed)
    take(other, refusal(GroundFactory(scheme_version=closed.version)))

    take(best, grant())

    assert now(best).granted_amount == 750


def test_money_is_held_for_who_can_still_complete_the_application(closed):
    best = ask(closed, score=10)
    waiting = ask(closed, asked_amount=Decimal(500), complete_on=None, status=Status.INCOMPLETE)
    request = CompletionRequestFactory(application=waiting, sent_on=today() - 4 * DAY)
    ceiling = GroundFactory(scheme_version=closed.version, rule=GroundRule.CEILING)
    partly = grant(outcome=Outcome.GRANT_PARTLY, amount=Decimal(500), grounds=(ceiling.pk,))

    with pytest.raises(WorkflowError, match=f"nog worden aangevuld .{waiting.reference}"):
        take(best, grant())
    # Nor is anybody refused for money that may turn out to be theirs.
    with pytest.raises(WorkflowError, match="kan dit besluit nu niet dragen"):
        take(best, partly)
    request.sent_on, request.due_on = today() - 15 * DAY, today() - DAY
    request.save()
    review.lapse_completion(request, today())
    take(now(best), grant())

    assert now(best).granted_amount == 750


def test_when_there_is_enough_for_who_is_not_complete_too_nobody_waits_for_that(closed):
    best = ask(closed, score=10)
    CompletionRequestFactory(application=ask(closed, asked_amount=Decimal(250), complete_on=None))

    take(best, grant())

    assert now(best).granted_amount == 750


def test_who_comes_after_a_better_plan_is_refused_for_the_money_only_when_the_order_is_final(closed):
    last, best = ask(closed, score=4), ask(closed, score=10)
    ceiling = GroundFactory(scheme_version=closed.version, rule=GroundRule.CEILING)
    goes_on(closed, today())
    terms = grant(outcome=Outcome.GRANT_PARTLY, amount=Decimal(250), grounds=(ceiling.pk,))

    with pytest.raises(WorkflowError, match="is open tot en met"):
        take(last, terms)
    goes_on(closed, today() - DAY)
    take(last, terms)
    take(best, grant())

    assert [now(each).granted_amount for each in (last, best)] == [250, 750]


def test_lots_decide_between_equal_scores_once_everybody_has_one(closed):
    tied = [ask(closed, score=8), ask(closed, score=8, received_on=today() - 3 * DAY)]
    late = ask(closed)
    manager, pot, place = ManagerFactory(), late.scheme.ceilings.get(), Place(round=closed, score=8)

    with pytest.raises(WorkflowError, match="Loten kan nog niet"):
        workflow.draw_lots(pot, place, by=manager)
    review.score(late, scores={"Groen": 0, "Samen": 2}, by=late.owner)
    lottery = workflow.draw_lots(pot, place, by=manager)

    first, second = (Application.objects.get(reference=reference) for reference in lottery.drawn)
    assert {first, second} == set(tied)
    with pytest.raises(WorkflowError, match=r"€.250,00"):
        take(second, grant())
    take(first, grant())


def test_another_score_gives_up_the_lot(closed):
    drawn = ask(closed, score=8, lot=1)

    review.score(drawn, scores={"Groen": 5, "Samen": 4}, by=drawn.owner)

    assert (now(drawn).score, now(drawn).lot) == (9, None)


def test_an_application_outside_every_round_is_not_granted(closed):
    outside = ApplicationFactory(scheme_version=closed.version, in_review=True, score=10)

    with pytest.raises(WorkflowError, match="niet bij een ronde"):
        take(outside, grant())


def test_two_outside_every_round_with_the_same_score_are_no_place_to_draw_for(closed):
    pot = closed.scheme.ceilings.get()
    for _twice in range(2):
        ApplicationFactory(scheme_version=closed.version, in_review=True, score=10, asked_amount=Decimal(900))
    client = Client()
    sign_in(client, ManagerFactory())

    page = client.get(reverse("admin:subsidies_ceiling_change", args=[pot.pk]))

    assert (page.status_code, "Loten:" in page.text) == (200, False)


def test_the_button_and_the_page_say_why_no_grant_is_possible_yet(closed):
    goes_on(closed, today())
    case = ask(closed, score=10)
    client = Client()
    sign_in(client, case.owner)

    file = client.get(reverse("admin:subsidies_application_change", args=[case.pk])).text
    page = client.get(reverse("admin:subsidies_application_step", args=[case.pk, "besluit"])).text

    assert "is open tot en met" in file
    assert "is open tot en met" in page
    assert [f'value="{each}"' in page for each in (Outcome.GRANT, Outcome.REFUSE)] == [False, True]
    assert [f'name="{name}"' in page for name in ("amount", "execute_until_0", "motivation")] == [False, False, True]


def test_the_finding_says_what_the_ranking_leaves_and_what_is_not_known_yet(closed):
    best, tied = ask(closed, score=10), ask(closed, score=4)
    ask(closed, score=4)
    on = today()

    def ceiling_of(case):
        return next(str(f.text) for f in findings.findings(now(case), on) if f.subject == "Plafond")

    assert ceiling_of(best).startswith("Beschikbaar, na wie in deze ronde hoger staat")
    assert "1.000,00" in ceiling_of(best)
    Application.objects.filter(pk=tied.pk).update(asked_amount=Decimal(250))
    assert "beslist een loting" in ceiling_of(tied)
    goes_on(closed, on)
    assert "is open tot en met" in ceiling_of(best)


class TestVotes:
    """The neighbourhood votes after the round; the number decides as points do elsewhere."""

    @pytest.fixture
    def voted(self, closed):
        SchemeVersion.objects.filter(pk=closed.version.pk).update(distribution=Distribution.VOTE)
        closed.version.refresh_from_db()
        return closed

    def test_the_plan_with_most_votes_goes_first(self, voted):
        less, most = ask(voted), ask(voted)
        review.count_votes(less, votes=12, held_on=today(), how="Op een avond", by=less.owner)
        with pytest.raises(WorkflowError, match="nog geen score of stemmen"):
            take(now(less), grant())
        review.count_votes(most, votes=40, held_on=today(), how="Op een avond", by=most.owner)

        with pytest.raises(WorkflowError, match="plafond"):
            take(now(less), grant())
        take(now(most), grant())

        assert (now(most).status, now(less).status) == (Status.GRANTED, Status.IN_REVIEW)

    def test_votes_are_written_down_at_the_desk_with_their_day_and_way(self, client, voted):
        case = ask(voted)
        sign_in(client, case.owner)
        address = reverse("admin:subsidies_application_step", args=[case.pk, "stemmen"])
        answers = {"votes": "31", "how": "Briefjes", "version": case.version}

        early = client.post(address, answers | day("held_on", -1) | {"_preview": "1"})
        seen = fingerprint(client.post(address, answers | day("held_on", 0) | {"_preview": "1"}).content.decode())
        client.post(address, answers | day("held_on", 0) | {"_send": "1", "seen": seen})

        assert "De stemming is na de laatste dag van de ronde" in early.content.decode()
        assert now(case).score == 31
        page = client.get(reverse("admin:subsidies_application_change", args=[case.pk])).content.decode()
        assert "31 stemmen, op" in page
        assert "Stemmen ingevuld" in page
        assert "Briefjes" in page

    def test_nobody_counts_before_the_round_is_over_or_where_points_decide(self, closed, voted):
        case = ask(voted)
        with pytest.raises(WorkflowError, match="na de laatste dag"):
            review.count_votes(case, votes=3, held_on=voted.closes_on, how="x", by=case.owner)
        SchemeVersion.objects.filter(pk=voted.version.pk).update(distribution=Distribution.RANKING)
        with pytest.raises(WorkflowError, match="stemt de buurt niet"):
            review.count_votes(now(case), votes=3, held_on=today(), how="x", by=case.owner)
