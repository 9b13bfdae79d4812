"""Every list and every page with rows asks as many questions for thirty rows as for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shared.ui import page_cache
from tests.factories.accounts import ManagerFactory
from tests.factories.documents import StoredFileFactory
from tests.factories.newsletter import NewsletterFactory
from tests.factories.partners import ListingFactory, MatchFactory, OrganisationFactory, PartnerContactFactory
from tests.factories.together import (
    ActionStepFactory,
    FindingFactory,
    JointActionFactory,
    NoticeFactory,
    SignalFactory,
    WalkFactory,
    WijkAgendaFactory,
)
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

FEW, MANY = 3, 30
ADMIN = ("partner", "listing", "match", "jointaction", "signal", "walk", "finding", "notice", "newsletter")


class Wijk:
    """One of everything that has rows, in one wijk, and more of them on request."""

    def __init__(self) -> None:
        self.wijk = WijkFactory()
        self.partner = OrganisationFactory(wijken=[self.wijk])
        self.contact = PartnerContactFactory(partner=self.partner)
        self.agenda = WijkAgendaFactory(wijk=self.wijk)
        self.offer = ListingFactory(partner=self.partner, contact=self.contact, published=True)
        self.need = ListingFactory(of_plan=True, initiative__wijk=self.wijk, initiative__buurt=None)
        self.walk = WalkFactory(wijk=self.wijk, underway=True)
        self.action = JointActionFactory(wijk=self.wijk, running=True, is_public=True, partners=[self.partner])
        self.notice = NoticeFactory(wijk=self.wijk)

    def add(self, number: int) -> None:
        """So many more rows on every page."""
        for _each in range(number):
            other = PartnerContactFactory(partner__wijken=[self.wijk])
            PartnerContactFactory(partner=self.partner)
            theirs = ListingFactory(partner=other.partner, contact=other, published=True)
            asked = ListingFactory(need=True, partner=other.partner, published=True)
            MatchFactory(offer=self.offer, need=asked, succeeded=True)
            MatchFactory(offer=theirs, need=self.need)
            ActionStepFactory(action=self.action)
            action = JointActionFactory(wijk=self.wijk, running=True, is_public=True, partners=[self.partner])
            ActionStepFactory(action=action)
            SignalFactory(wijk=self.wijk, published=True, partner=self.partner, action=self.action)
            walk = WalkFactory(wijk=self.wijk, underway=True)
            FindingFactory(walk=walk, partner=self.partner)
            FindingFactory(walk=self.walk, assigned=True, photo=StoredFileFactory(attached=True))
            self.walk.participants.add(other.user)
            notice = NoticeFactory(wijk=self.wijk)
            NoticeFactory(wijk=self.wijk, parent=notice)
            NoticeFactory(wijk=self.wijk, parent=self.notice, author=other.user).mentioned.add(self.contact.user)

    def pages(self) -> dict[str, list[str]]:
        """The addresses, by who opens them."""
        lists = ("start", "listings", "colleagues", "actions", "signals", "walks", "findings", "noticeboard")
        things = (self.offer, self.walk, self.action, self.notice)
        public = ("directory", "public_listings", "wijkagendas")
        return {
            "partner": [
                *(reverse(f"partners:{name}") for name in (*lists, "wijkagendas_edit", *public)),
                reverse("partners:wijkagenda", args=[self.wijk.slug, self.agenda.year]),
                *(thing.get_absolute_url() for thing in (*things, self.partner)),
            ],
            "initiator": [reverse("partners:own_help", args=[self.need.initiative.reference])],
            "manager": [
                reverse("partner_reports"),
                *(reverse(f"admin:partners_{name}_changelist") for name in ADMIN),
            ],
        }


def asked_for(client, addresses: list[str]) -> dict[str, int]:
    """How many questions each page asks; what is remembered for a while is remembered."""
    counts = {}
    for address in addresses:
        client.get(address)
        page_cache.touch()
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200, address
        counts[address] = len(found)
    return counts


@pytest.mark.parametrize("who", ["partner", "initiator", "manager"])
def test_thirty_rows_ask_as_many_questions_as_three(client, who):
    wijk = Wijk()
    people = {"partner": wijk.contact.user, "initiator": wijk.need.initiative.initiator}
    wijk.add(FEW)
    NewsletterFactory(wijk=wijk.wijk)
    sign_in(client, people.get(who) or ManagerFactory())
    few = asked_for(client, wijk.pages()[who])

    wijk.add(MANY - FEW)
    for _each in range(MANY) if who == "manager" else ():
        NewsletterFactory(wijk=WijkFactory())

    many = asked_for(client, wijk.pages()[who])
    assert {address: (few[address], many[address]) for address in few if few[address] != many[address]} == {}
