"""From need to offer, both answers, contact and result: nobody's name before both said yes, nothing twice."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from partners.enums.offers import Answer, Direction, ListingStatus, MatchStatus, Resource, Side
from partners.models import HelpConsent, Listing, Match
from partners.workflow import clock, contacts, listings, matching, needs, proposals, results
from shared.lifecycle import WorkflowError
from shared.notifications import digest
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import AmbassadorFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.partners import ListingFactory, MatchFactory, OrganisationFactory, PartnerContactFactory
from tests.factories.wijken import WijkFactory

pytestmark = pytest.mark.django_db


def letters_to(email: str) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(recipient_email__iexact=email).order_by("pk"))


def words_to(email: str) -> str:
    return "\n".join(message.text for message in letters_to(email))


def room_of_a_partner(**values):
    contact = PartnerContactFactory()
    offer = ListingFactory(partner=contact.partner, contact=contact, title="Zaal voor een straatfeest", **values)
    return contact, offer


def plan(wijk, **values):
    return InitiativeFactory(
        **{"accepted": True, "published": True, "help_wanted": ["place"], "title": "Straatfeest in de zomer"} | values,
        buurt=None,
        wijk=wijk,
    )


def test_a_plan_is_on_the_list_only_after_its_initiator_agreed():
    contact, _offer = room_of_a_partner()
    initiative = plan(contact.partner.wijken.get())

    clock.ask(timezone.localdate())

    assert not Listing.objects.needs().exists()
    assert [letter.subject for letter in letters_to(initiative.email)] == [
        "Mogen wijkpartners u helpen met “Straatfeest in de zomer”?"
    ]

    needs.agree(initiative, by=initiative.initiator)

    need = Listing.objects.needs().get()
    assert (need.kind, need.initiative, list(need.wijken.all())) == (Resource.PLACE, initiative, [initiative.wijk])


def test_initiators_are_asked_once():
    initiative = plan(WijkFactory())

    clock.ask(timezone.localdate())
    clock.ask(timezone.localdate())

    assert len(letters_to(initiative.email)) == 1
    assert HelpConsent.objects.waiting().get().initiative == initiative


def test_from_need_to_result_without_a_name_before_both_agreed():
    contact, offer = room_of_a_partner()
    initiative = plan(contact.partner.wijken.get(), name="Anna Voorbeeld", phone="+31612345678")
    needs.agree(initiative, by=initiative.initiator)
    match = Match.objects.get()

    assert match.why == "Past omdat: zelfde wijk, ruimte, “straatfeest”."
    assert "Kunt u helpen met" in letters_to(contact.user.email)[0].subject
    assert "Anna" not in words_to(contact.user.email)

    matching.answer_offer(match, Answer.YES, by=contact.user)

    assert "Mag " in letters_to(initiative.email)[-1].subject
    assert "Anna" not in words_to(contact.user.email)

    matching.answer_need(match, Answer.YES, by=initiative.initiator)

    assert "Anna Voorbeeld" in words_to(contact.user.email)
    assert "06 12345678" in words_to(contact.user.email)
    assert contact.user.name in words_to(initiative.email)
    assert Listing.objects.get(pk=offer.pk).status == ListingStatus.AGREED

    results.tell(match, succeeded=True, text="Het feest was binnen.", side=Side.OFFER, by=contact.user)

    assert Listing.objects.get(pk=match.need_id).status == ListingStatus.DONE
    assert "Het feest was binnen." in words_to(initiative.email)


def test_the_initiator_may_agree_before_the_partner_does():
    match = MatchFactory(offer=room_of_a_partner()[1])

    matching.answer_need(match, Answer.YES, by=None)
    matching.answer_offer(match, Answer.YES, by=None)

    assert Match.objects.get().status == MatchStatus.CONTACT


def test_a_no_of_the_initiator_never_tells_who_it_was():
    contact, offer = room_of_a_partner()
    match = MatchFactory(offer=offer, willing=True, need__initiative__name="Anna Voorbeeld")

    matching.answer_need(match, Answer.NO, by=None)

    assert Match.objects.get().status == MatchStatus.REFUSED
    assert "Uw aanbod was nu niet nodig" in letters_to(contact.user.email)[-1].subject
    assert "Anna" not in words_to(contact.user.email)


def test_an_answer_is_given_once():
    match = MatchFactory(offer=room_of_a_partner()[1])
    matching.answer_offer(match, Answer.NO, by=None)

    with pytest.raises(WorkflowError, match="al geantwoord"):
        matching.answer_offer(match, Answer.YES, by=None)


def test_later_comes_back_after_the_days_of_the_setting():
    contact, offer = room_of_a_partner()
    match = matching.answer_offer(MatchFactory(offer=offer), Answer.LATER, by=contact.user)
    told = len(letters_to(contact.user.email))

    clock.propose(match.later_on - timedelta(days=1))

    assert len(letters_to(contact.user.email)) == told

    clock.propose(match.later_on)
    clock.propose(match.later_on)

    assert Match.objects.get().status == MatchStatus.PROPOSED
    assert len(letters_to(contact.user.email)) == told + 1


def test_nothing_is_proposed_twice_whatever_was_answered():
    _contact, offer = room_of_a_partner()
    initiative = plan(offer.partner.wijken.get())
    needs.agree(initiative, by=None)
    matching.answer_offer(Match.objects.get(), Answer.NO, by=None)

    clock.propose(timezone.localdate())
    proposals.propose_for(offer)

    assert Match.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        MatchFactory(offer=offer, need=Match.objects.get().need)


def test_the_database_keeps_a_match_from_contact_before_both_agreed():
    match = MatchFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(status=MatchStatus.CONTACT)


def test_an_offer_that_repeats_stays_open_and_the_need_is_taken():
    offer = ListingFactory(repeats=True)
    match = MatchFactory(offer=offer, willing=True)
    other = MatchFactory(need=match.need)

    matching.answer_need(match, Answer.YES, by=None)

    assert Listing.objects.get(pk=offer.pk).status == ListingStatus.OPEN
    assert Match.objects.get(pk=other.pk).status == MatchStatus.LAPSED


def test_a_failure_opens_the_need_again():
    match = MatchFactory(in_contact=True, need__status=ListingStatus.AGREED, offer__status=ListingStatus.AGREED)

    results.tell(match, succeeded=False, text="", side=Side.NEED, by=None)

    assert set(Listing.objects.values_list("status", flat=True)) == {ListingStatus.OPEN}
    assert Match.objects.count() == 1


def test_the_result_is_asked_once_some_days_after_they_met():
    contact, offer = room_of_a_partner()
    match = MatchFactory(offer=offer, in_contact=True)
    day = timezone.localdate() + timedelta(days=14)

    clock.ask(day - timedelta(days=1))

    assert letters_to(contact.user.email) == []

    clock.ask(day)
    clock.ask(day)

    assert [letter.subject for letter in letters_to(contact.user.email)] == [
        f"Hoe ging het met {match.need.owner_name}?"
    ]


def test_what_is_over_leaves_the_list_with_its_proposals():
    yesterday = timezone.localdate() - timedelta(days=1)
    lapsed = MatchFactory(offer__ends_on=yesterday)
    stopped = MatchFactory(offer__partner__ended=True)
    finished = MatchFactory(need__initiative__done=True)

    clock.close(timezone.localdate())
    clock.close(timezone.localdate())

    assert Listing.objects.get(pk=lapsed.offer_id).status == ListingStatus.LAPSED
    assert Listing.objects.get(pk=stopped.offer_id).status == ListingStatus.ENDED
    assert Listing.objects.get(pk=finished.need_id).status == ListingStatus.ENDED
    assert set(Match.objects.values_list("status", flat=True)) == {MatchStatus.LAPSED}


def test_the_colleagues_of_a_department_answer_for_it():
    offer = ListingFactory(of_department=True)
    ambassador = AmbassadorFactory(department=offer.department)
    wijken = list(offer.wijken.all())
    asker = PartnerContactFactory(partner__wijken=wijken).partner
    need = ListingFactory(need=True, wijken=wijken, partner=asker, title=offer.title)

    proposals.propose_for(need)

    assert "Kunt u helpen met" in letters_to(ambassador.email)[0].subject


def test_one_letter_holds_all_that_is_new_and_no_more_than_people_can_answer():
    contact, offer = room_of_a_partner()
    wijken = list(offer.wijken.all())
    for _number in range(8):
        asker = PartnerContactFactory(partner__wijken=wijken).partner
        ListingFactory(need=True, wijken=wijken, title="Zaal voor een feest", partner=asker)

    proposals.propose_for(offer)

    assert Match.objects.count() == proposals.MOST_WAITING
    assert [letter.subject for letter in letters_to(contact.user.email)] == ["5 vragen passen bij wat u aanbiedt"]


def test_taking_consent_back_takes_the_needs_from_the_list():
    initiative = plan(WijkFactory())
    needs.agree(initiative, by=None)

    needs.decline(initiative, by=initiative.initiator)

    assert Listing.objects.get().status == ListingStatus.ENDED


def test_who_changes_their_mind_twice_stands_on_the_list_again_and_asks_nobody_twice():
    wijk = WijkFactory()
    initiative = plan(wijk)
    needs.agree(initiative, by=None)
    need = Listing.objects.get()
    partner = PartnerContactFactory(partner__wijken=[wijk]).partner
    proposals.propose_for(ListingFactory(kind=need.kind, title=need.title, wijken=[wijk], partner=partner))
    needs.decline(initiative, by=initiative.initiator)
    asked = set(Match.objects.values_list("pk", flat=True))

    needs.agree(initiative, by=initiative.initiator)

    need.refresh_from_db()
    assert (need.status, need.closed_at) == (ListingStatus.OPEN, None)
    assert Listing.objects.filter(initiative=initiative).count() == 1
    assert set(Match.objects.values_list("pk", flat=True)) == asked


def test_one_does_not_match_with_oneself():
    partner = OrganisationFactory()
    ListingFactory(partner=partner, title="Zaal")
    need = ListingFactory(need=True, partner=partner, title="Zaal")

    assert proposals.propose_for(need) == []


def test_a_digest_of_new_needs_comes_weekly_never_empty_never_double():
    contact, _offer = room_of_a_partner()
    wijken = list(contact.partner.wijken.all())

    contact.accepted_at = None
    contact.save()
    contacts.accept(contact)
    asker = OrganisationFactory(wijken=wijken)
    start = timezone.now()
    for day in range(90):
        with time_machine.travel(start + timedelta(days=day), tick=False):
            if day % 11 == 0:
                terms = listings.Terms({"kind": Resource.HOURS, "title": f"Handen {day}"}, wijken)
                listings.open_listing(Direction.NEED, terms, owner={"partner": asker}, by=None)
            digest.send_digests(timezone.localdate())
            digest.send_digests(timezone.localdate())

    found = [letter for letter in letters_to(contact.user.email) if letter.category == "digest"]
    told = [line for letter in found for line in letter.text.splitlines() if "Handen" in line]
    titles = {line.split(" (")[0] for line in told}
    assert 7 <= len(found) <= 9
    assert len(titles) == len(told) >= 7
    assert all("Handen" in letter.text for letter in found)
