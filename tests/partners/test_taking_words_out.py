"""Personal data that slipped in is taken out by the coordinator: on the page, in the history and in letters."""

import pytest
from django.urls import reverse

from partners.enums.newsletter import Rhythm
from partners.enums.offers import Direction, Resource
from partners.enums.signals import SignalStatus
from partners.models import Match, Newsletter, Signal
from partners.workflow import actions, findings, listings, newsletter, private_words, results, signals, walks
from shared.audit.models import Event
from shared.lifecycle import StaleVersion
from shared.notifications.models import DigestItem, OutboxMessage
from tests.factories.accounts import CoordinatorFactory, DepartmentFactory
from tests.factories.newsletter import ReaderFactory
from tests.factories.partners import ListingFactory, MatchFactory, PartnerContactFactory
from tests.factories.together import FindingFactory, JointActionFactory, SignalFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

NAME = "Mevrouw Pieterse"
STEP = "persoonsgegevens-weghalen"


def everything_kept() -> str:
    """All words in letters and events."""
    letters = OutboxMessage.objects.values_list("subject", "text", "html", "blocks")
    return f"{list(letters)} {list(Event.objects.values_list('text', 'old', 'new', 'subject_label'))}"


def test_a_signal_forgets_a_name_everywhere(client):
    author = PartnerContactFactory()
    signal = SignalFactory(title=f"{NAME} gooit afval weg", author=author.user, wijk=author.partner.wijken.get())
    coordinator = CoordinatorFactory(wijk=signal.wijk)
    signals.handle(signal, outcome=f"Met {NAME} gesproken.", by=coordinator)
    assert NAME in everything_kept()
    sign_in(client, coordinator)
    address = reverse("partners:signal_move", args=[signal.pk, STEP])
    assert NAME in client.get(address).content.decode()

    assert "Laat “Wat valt op” niet leeg" in client.post(address, {"title": ""}).content.decode()
    still = client.post(address, {"title": "Afval naast de bak", "outcome": f"Met {NAME} gesproken."})
    assert "Haal dit weg" in still.content.decode()
    client.post(address, {"title": "Afval naast de bak", "outcome": "Er is gesproken."})

    signal.refresh_from_db()
    assert (signal.title, signal.outcome, signal.status) == ("Afval naast de bak", "Er is gesproken.", "handled")
    assert NAME not in everything_kept()
    assert Event.objects.about(signal).filter(action="partners.words_taken_out").exists()
    assert NAME not in client.get(signal.get_absolute_url()).content.decode()


def test_an_action_a_finding_and_a_result_forget_it_too():
    coordinator = CoordinatorFactory()
    action = actions.stop(JointActionFactory(running=True), reason=f"{NAME} wil niet.", by=coordinator)
    finding = findings.assign(
        FindingFactory(text=f"Heg van {NAME}"),
        department=DepartmentFactory(email="groen@gemeente.example"),
        by=coordinator,
    )
    walk = walks.finish(finding.walk, summary=f"{NAME} liep mee.", by=coordinator)
    walks.report(walk, pdf=b"%PDF", by=coordinator)
    offering = PartnerContactFactory()
    match = MatchFactory(in_contact=True, offer=ListingFactory(partner=offering.partner, contact=offering))
    results.tell(match, succeeded=True, text=f"{NAME} kwam ook.", side="need", by=None)
    assert everything_kept().count(NAME) >= 3

    private_words.take_out(action, {"stop_reason": "Er was te weinig animo."}, by=coordinator)
    private_words.take_out(finding, {"text": "Heg over de stoep"}, by=coordinator)
    private_words.take_out(walk, {"summary": "Twee bewoners liepen mee."}, by=coordinator)
    private_words.take_out(match, {"result": "Het feest was druk."}, by=coordinator)

    assert NAME not in everything_kept()
    assert Match.objects.get().result == "Het feest was druk."


def test_a_need_forgets_it_in_the_weekly_news_and_in_the_letter_of_the_wijk_too(client):
    asker = PartnerContactFactory()
    wijk = asker.partner.wijken.get()
    PartnerContactFactory(partner__wijken=[wijk])
    helper = PartnerContactFactory(partner__wijken=[wijk])
    ListingFactory(partner=helper.partner, contact=helper, title="Zaal te leen")
    ReaderFactory(wijk=wijk)
    terms = listings.Terms(
        {"kind": Resource.PLACE, "title": f"Zaal voor het afscheid van {NAME}", "may_be_public": True}, [wijk]
    )
    need = listings.open_listing(Direction.NEED, terms, owner={"partner": asker.partner}, by=asker.user)
    coordinator = CoordinatorFactory(wijk=wijk)
    listings.publish(need, by=coordinator)
    letter = newsletter.send_letter(newsletter.open_letter(wijk, Rhythm.WEEKLY), by=None)
    newsletter.hand_over(letter)
    assert (Match.objects.count(), OutboxMessage.objects.filter(text__contains=NAME).count()) == (1, 3)
    assert NAME in DigestItem.objects.get().title

    private_words.take_out(need, {"title": "Zaal voor een afscheid"}, by=coordinator)

    assert NAME not in everything_kept()
    assert DigestItem.objects.get().title == f"ruimte: Zaal voor een afscheid ({wijk.short_name})"
    page = client.get(Newsletter.objects.get().get_absolute_url()).content.decode()
    assert "Zaal voor een afscheid" in page
    assert NAME not in page


def test_a_need_of_a_plan_keeps_the_name_of_the_plan(client):
    need = ListingFactory(of_plan=True, what=f"Voor {NAME}")
    coordinator = CoordinatorFactory(wijk=need.wijken.get())
    sign_in(client, coordinator)

    page = client.get(reverse("partners:take_out", args=["aanbod", need.pk])).content.decode()

    assert 'name="what"' in page
    assert 'name="title"' not in page


def test_who_keeps_a_name_in_a_signal_is_not_told_that_somebody_reads_why(client):
    contact = PartnerContactFactory()
    sign_in(client, contact.user)

    page = client.post(reverse("partners:new_signal"), {"title": f"Afval van {NAME}", "text": ""}).content.decode()

    assert "Waarom moet dit er toch in?" in page
    assert "Alleen de wijkcoördinator ziet dit" not in page


def test_letters_that_say_nothing_of_it_stay():
    signal = SignalFactory(text=f"Bij {NAME}", author=PartnerContactFactory().user)
    signals.handle(signal, outcome="Opgelost.", by=CoordinatorFactory(wijk=signal.wijk))
    told = OutboxMessage.objects.about(signal).get()
    assert NAME not in told.text

    private_words.take_out(signal, {"text": "Bij de brug"}, by=CoordinatorFactory(wijk=signal.wijk))

    assert OutboxMessage.objects.get(pk=told.pk).erased_at is None


def test_only_the_coordinator_of_the_wijk_takes_words_out(client):
    contact = PartnerContactFactory()
    signal = SignalFactory(wijk=contact.partner.wijken.get(), status=SignalStatus.SEEN)
    match = MatchFactory(succeeded=True)
    addresses = [
        reverse("partners:signal_move", args=[signal.pk, STEP]),
        reverse("partners:take_out", args=["match", match.pk]),
        reverse("partners:take_out", args=["aanbod", match.offer_id]),
    ]
    for user in (contact.user, CoordinatorFactory()):
        sign_in(client, user)
        assert all(client.post(address, {"title": "Weg"}).status_code in (403, 404) for address in addresses)
    assert Signal.objects.get().title == signal.title


def test_the_coordinator_finds_the_step_at_a_result_and_at_what_a_plan_offers(client):
    match = MatchFactory(succeeded=True, result=f"{NAME} kwam ook.")
    sign_in(client, CoordinatorFactory(wijk=match.need.wijken.get()))

    for name, thing in (("match", match), ("listing", match.need)):
        page = client.get(reverse(f"admin:partners_{name}_change", args=[thing.pk])).content.decode()
        kind = "match" if name == "match" else "aanbod"
        assert reverse("partners:take_out", args=[kind, thing.pk]) in page
        # What did not happen has no line.
        assert "Opnieuw vragen op" not in page
    client.post(reverse("partners:take_out", args=["match", match.pk]), {"result": "Het was druk."})

    assert Match.objects.get().result == "Het was druk."


def test_who_saw_an_older_version_is_refused():
    signal = SignalFactory()
    signals.see(signal, by=signal.author)

    with pytest.raises(StaleVersion):
        private_words.take_out(signal, {"title": "Anders"}, by=signal.author, version=1)
