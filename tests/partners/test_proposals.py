"""Proposals that wait: told to both sides, reminded of once, and over in time, so that others get a turn."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.enums.offers import Answer, Direction, ListingStatus, MatchStatus, Resource
from partners.models import Listing, Match
from partners.workflow import clock, listings, matching, needs, proposals, results
from shared.notifications import digest
from shared.notifications.models import DigestItem, OutboxMessage
from shared.ui.templatetags.ui import day
from tests.factories.accounts import UserFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.partners import ListingFactory, MatchFactory, OrganisationFactory, PartnerContactFactory
from tests.factories.wijken import WijkFactory

pytestmark = pytest.mark.django_db

REMINDER_DAYS, LAPSE_DAYS = 7, 14


def subjects(email: str) -> list[str]:
    return list(OutboxMessage.objects.filter(recipient_email=email).order_by("pk").values_list("subject", flat=True))


def words_to(email: str) -> str:
    return "\n".join(OutboxMessage.objects.filter(recipient_email=email).values_list("text", flat=True))


def offer_with_contact(**values) -> Listing:
    contact = PartnerContactFactory(**{"partner__wijken": values["wijken"]} if "wijken" in values else {})
    return ListingFactory(partner=contact.partner, contact=contact, **{"title": "Zaal voor een feest"} | values)


def need_with_contact(wijken, **values) -> Listing:
    contact = PartnerContactFactory(partner__wijken=wijken)
    return ListingFactory(
        need=True, partner=contact.partner, contact=contact, wijken=wijken, **{"title": "Zaal voor een feest"} | values
    )


def let_days_pass(days: int) -> None:
    """The portal wakes each morning."""
    start = timezone.now()
    for number in range(1, days + 1):
        with time_machine.travel(start + timedelta(days=number), tick=False):
            today = timezone.localdate()
            clock.close(today)
            clock.propose(today)
            clock.ask(today)


# --- The search of the night ----------------------------------------------------------------------------------------


def test_a_night_without_news_asks_as_many_questions_for_thirty_needs_as_for_three():
    wijk = WijkFactory()
    offer_with_contact(wijken=[wijk], title="Zaal voor een feest")

    def questions_of_a_night(needs_more: int) -> int:
        for _each in range(needs_more):
            initiative = InitiativeFactory(
                accepted=True, published=True, help_wanted=["place"], title="Geveltuin", wijk=wijk, buurt=None
            )
            needs.agree(initiative, by=None)
        with CaptureQueriesContext(connection) as found:
            clock.propose(timezone.localdate())
        return len(found)

    few = questions_of_a_night(3)

    assert questions_of_a_night(27) == few
    assert Listing.objects.needs().count() == 30
    assert not Match.objects.exists()


def test_the_night_finds_what_fits_and_matches_nobody_with_oneself():
    wijk = WijkFactory()
    offer, need = offer_with_contact(wijken=[wijk]), need_with_contact([wijk])
    ListingFactory(need=True, partner=offer.partner, wijken=[wijk], title=offer.title)
    plan = ListingFactory(of_plan=True, initiative__wijk=wijk, initiative__buurt=None, title="Feest")
    ListingFactory(partner=None, initiative=plan.initiative, wijken=[wijk], title="Zaal voor een feest")

    clock.propose(timezone.localdate())
    clock.propose(timezone.localdate())

    assert proposals.needs_with_a_fit() == []
    pairs = {(match.offer.owner_name, match.need.owner_name) for match in Match.objects.with_sides()}
    assert len(pairs) == Match.objects.count()
    assert (offer.owner_name, need.owner_name) in pairs
    assert not [pair for pair in pairs if pair[0] == pair[1]]


# --- Silence ---------------------------------------------------------------------------------------------------------


def test_who_does_not_answer_is_reminded_once_and_then_the_proposal_lapses():
    offer = offer_with_contact()
    match = proposals.propose_for(need_with_contact(list(offer.wijken.all())))[0]
    email = offer.contact.user.email

    let_days_pass(REMINDER_DAYS - 1)
    assert subjects(email) == ["Kunt u helpen met “Zaal voor een feest”?"]

    let_days_pass(REMINDER_DAYS + LAPSE_DAYS - 1)
    assert subjects(email)[1:] == ["Herinnering: Kunt u helpen met “Zaal voor een feest”?"]
    assert Match.objects.get().status == MatchStatus.PROPOSED

    let_days_pass(REMINDER_DAYS + LAPSE_DAYS + 1)
    match.refresh_from_db()
    assert (match.status, len(subjects(email))) == (MatchStatus.LAPSED, 2)
    with pytest.raises(matching.WorkflowError):
        matching.answer_offer(match, Answer.YES, by=None)


def test_an_initiator_who_stays_silent_is_reminded_and_who_wanted_to_help_hears_it_without_a_name():
    offer = offer_with_contact()
    match = MatchFactory(offer=offer, need__initiative__name="Anna Voorbeeld")
    asker = match.need.initiative.email
    matching.answer_offer(match, Answer.YES, by=offer.contact.user)

    let_days_pass(REMINDER_DAYS + LAPSE_DAYS + 1)

    assert [subject.startswith("Herinnering") for subject in subjects(asker) if "contact met u" in subject] == [
        False,
        True,
    ]
    assert subjects(offer.contact.user.email) == [f"Wij kregen geen antwoord op uw aanbod: {offer.title}"]
    assert "Anna" not in words_to(offer.contact.user.email)
    assert Match.objects.get().status == MatchStatus.LAPSED


def test_one_reminder_holds_everything_that_waits_for_the_same_reader():
    offer = offer_with_contact()
    for _number in range(3):
        need_with_contact(list(offer.wijken.all()))
    proposals.propose_for(offer)

    let_days_pass(REMINDER_DAYS)

    assert subjects(offer.contact.user.email)[1:] == ["Herinnering: 3 vragen passen bij wat u aanbiedt"]


def test_a_need_full_of_silence_gets_new_proposals_when_the_old_ones_lapse():
    wijk = WijkFactory()
    need = need_with_contact([wijk])
    for _number in range(proposals.MOST_WAITING + 1):
        offer_with_contact(wijken=[wijk])
    proposals.propose_for(need)
    assert proposals.propose_for(need) == []

    let_days_pass(REMINDER_DAYS + LAPSE_DAYS + 1)

    assert need.need_matches.filter(status=MatchStatus.LAPSED).count() == proposals.MOST_WAITING
    assert need.need_matches.filter(status=MatchStatus.PROPOSED).count() == 1


def test_who_answers_later_leaves_room_for_another():
    wijk = WijkFactory()
    need = need_with_contact([wijk])
    for _number in range(proposals.MOST_WAITING + 1):
        offer_with_contact(wijken=[wijk])
    first = proposals.propose_for(need)[0]

    matching.answer_offer(first, Answer.LATER, by=None)

    assert len(proposals.propose_for(need)) == 1


def test_nobody_is_asked_about_more_than_one_can_answer():
    offer = offer_with_contact()
    for _number in range(proposals.MOST_WAITING + 2):
        proposals.propose_for(need_with_contact(list(offer.wijken.all())))

    assert offer.offer_matches.count() == proposals.MOST_WAITING


def test_what_nobody_can_answer_is_not_proposed():
    wijk = WijkFactory()
    ListingFactory(partner=OrganisationFactory(wijken=[wijk]), title="Zaal voor een feest")
    left = PartnerContactFactory(left=True, partner__wijken=[wijk])
    ListingFactory(partner=left.partner, contact=left, title="Zaal voor een feest")
    can_answer = offer_with_contact(wijken=[wijk])

    made = proposals.propose_for(need_with_contact([wijk]))

    assert [match.offer for match in made] == [can_answer]
    assert proposals.propose_for(ListingFactory(need=True, partner=OrganisationFactory(wijken=[wijk]))) == []


# --- Both sides ------------------------------------------------------------------------------------------------------


def test_both_sides_hear_of_a_proposal_and_who_asks_may_say_yes_at_once():
    offer = offer_with_contact()
    need = need_with_contact(
        list(offer.wijken.all()),
        what="Met een keuken, voor een straatfeest.",
        starts_on=timezone.localdate() + timedelta(days=30),
        ends_on=timezone.localdate() + timedelta(days=30),
        conditions="Drempelvrij.",
    )

    match = proposals.propose_for(need)[0]

    assert subjects(need.contact.user.email) == [f"Misschien past dit bij wat u zoekt: {offer.title}"]
    told = words_to(offer.contact.user.email)
    assert "Met een keuken, voor een straatfeest." in told
    assert "Voorwaarden: Drempelvrij." in told
    assert f"Wanneer: {day(need.starts_on)}." in told
    assert need.contact.user.name not in told
    matching.answer_need(match, Answer.YES, by=None)
    assert matching.answer_offer(match, Answer.YES, by=None).status == MatchStatus.CONTACT


def test_what_comes_back_after_later_is_not_told_twice_to_who_asks():
    offer = offer_with_contact()
    need = need_with_contact(list(offer.wijken.all()))
    match = matching.answer_offer(proposals.propose_for(need)[0], Answer.LATER, by=None)

    clock.propose(match.later_on)

    assert len(subjects(offer.contact.user.email)) == 2
    assert len(subjects(need.contact.user.email)) == 1


# --- Changes ---------------------------------------------------------------------------------------------------------


def changed(listing: Listing, **columns) -> Listing:
    terms = listings.Terms({"title": listing.title} | columns, list(listing.wijken.all()))
    return listings.change(listing, terms, by=UserFactory(), version=listing.version)


def test_a_proposal_that_waits_says_why_it_fits_after_a_change():
    offer = offer_with_contact()
    need = need_with_contact(list(offer.wijken.all()), title="Zaal voor een straatfeest", what="feest")
    match = proposals.propose_for(need)[0]
    assert "“feest”" in match.why

    changed(offer, title="Zaal met piano", what="voor muziek")
    assert Match.objects.get().status == MatchStatus.PROPOSED

    changed(need, title="Zaal voor piano", what="")
    match.refresh_from_db()
    match.need.refresh_from_db()
    assert "“piano”" in match.why
    assert "feest" not in match.why


def test_a_change_after_which_nothing_fits_takes_the_proposal_back_and_tells_who_said_yes():
    offer = offer_with_contact()
    need = need_with_contact(list(offer.wijken.all()))
    match = matching.answer_offer(proposals.propose_for(need)[0], Answer.YES, by=None)

    changed(need, kind=Resource.MONEY)

    match.refresh_from_db()
    assert match.status == MatchStatus.LAPSED
    assert subjects(offer.contact.user.email)[-1].startswith("Uw aanbod was nu niet nodig")


# --- The weekly message ----------------------------------------------------------------------------------------------


def asked(wijken, title="Zaal voor een feest") -> Listing:
    asker = PartnerContactFactory(partner__wijken=wijken).partner
    terms = listings.Terms({"kind": Resource.PLACE, "title": title}, wijken)
    return listings.open_listing(Direction.NEED, terms, owner={"partner": asker}, by=None)


def waiting_news(email: str) -> list[str]:
    return list(DigestItem.objects.waiting().filter(email=email).values_list("title", flat=True))


def test_who_was_asked_about_a_need_does_not_read_of_it_once_more_in_the_weekly_message():
    offer = offer_with_contact()
    wijken = list(offer.wijken.all())
    other = PartnerContactFactory(partner__wijken=wijken)

    asked(wijken)

    assert waiting_news(offer.contact.user.email) == []
    assert len(waiting_news(other.user.email)) == 1

    # An offer that comes later is asked as well, and no longer reads of it.
    contacts_offer = ListingFactory(partner=other.partner, contact=other, title="Zaal voor een feest")
    proposals.propose_for(contacts_offer)
    assert waiting_news(other.user.email) == []


def test_a_need_that_is_taken_is_no_news_any_more_and_is_again_when_it_came_to_nothing():
    reader = PartnerContactFactory()
    need = asked(list(reader.partner.wijken.all()))
    match = MatchFactory(need=need, willing=True)
    assert len(waiting_news(reader.user.email)) == 1

    matching.answer_need(match, Answer.YES, by=None)
    assert waiting_news(reader.user.email) == []

    results.tell(match, succeeded=False, text="", side="need", by=None)
    assert len(waiting_news(reader.user.email)) == 1
    digest.send_digests(timezone.localdate() + timedelta(days=8))
    listings.end(need, by=None)
    listings.reopen(need, by=None)
    assert waiting_news(reader.user.email) == []


def test_help_that_a_plan_asks_after_the_yes_comes_on_the_list_and_a_new_title_too():
    initiative = InitiativeFactory(accepted=True, published=True, help_wanted=["place"], title="Straatfeest")
    needs.agree(initiative, by=None)
    initiative.help_wanted, initiative.public_title = ["place", "materials"], "Feest in de straat"
    initiative.save()

    clock.propose(timezone.localdate())
    clock.propose(timezone.localdate())

    found = Listing.objects.filter(initiative=initiative, status=ListingStatus.OPEN).order_by("kind")
    assert [(need.kind, need.title) for need in found] == [
        (Resource.MATERIALS, "Feest in de straat"),
        (Resource.PLACE, "Feest in de straat"),
    ]
