"""What staff, residents and reports show of offers, needs and matches."""

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.enums.newsletter import Rhythm
from partners.enums.offers import ListingStatus
from partners.models import Listing, PartnerContact
from partners.reports import newsletter as letters
from partners.workflow import needs, newsletter
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.newsletter import ReaderFactory
from tests.factories.partners import HelpConsentFactory, ListingFactory, MatchFactory, OrganisationFactory
from tests.factories.together import JointActionFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


def test_the_coordinator_chooses_what_stands_on_the_website(client):
    chosen = ListingFactory(may_be_public=True)
    private = ListingFactory(wijken=list(chosen.wijken.all()))
    elsewhere = ListingFactory(may_be_public=True)
    sign_in(client, CoordinatorFactory(wijk=chosen.wijken.get()))
    rows = {"action": "publish", "_selected_action": [chosen.pk, private.pk, elsewhere.pk]}

    client.post(reverse("admin:partners_listing_changelist"), rows)

    assert [listing.pk for listing in Listing.objects.public()] == [chosen.pk]


def test_a_coordinator_keeps_organisations_of_the_own_wijk_and_invites_people(client):
    partner, other = OrganisationFactory(), OrganisationFactory()
    sign_in(client, CoordinatorFactory(wijk=partner.wijken.get()))
    invite = "admin:partners_partner_invite"

    client.post(reverse(invite, args=[partner.pk]), {"name": "Noor Visser", "email": "noor@buurthuis.example"})
    refused = client.post(reverse(invite, args=[other.pk]), {"name": "X", "email": "x@buurthuis.example"})

    assert PartnerContact.objects.get().partner == partner
    assert refused.status_code == 404


def test_a_new_organisation_lies_in_a_wijk_of_who_keeps_it(client):
    own, elsewhere = OrganisationFactory().wijken.get(), OrganisationFactory().wijken.get()
    sign_in(client, CoordinatorFactory(wijk=own))
    values = {"name": "Speelruimte", "slug": "speelruimte", "kind": "welfare", "starts_on": "2026-01-01"}

    refused = client.post(reverse("admin:partners_partner_add"), values | {"wijken": [elsewhere.pk]})
    saved = client.post(reverse("admin:partners_partner_add"), values | {"wijken": [own.pk, elsewhere.pk]})

    assert "Kies ook een wijk waar u zelf voor werkt" in refused.content.decode()
    assert saved.status_code == 302


def test_vandaag_and_the_file_page_show_matches_that_wait(client):
    match = MatchFactory()
    HelpConsentFactory(initiative=match.need.initiative, agreed_at=timezone.now())
    sign_in(client, CoordinatorFactory(wijk=match.need.initiative.wijk))

    today = client.get(reverse("admin:index")).content.decode()
    file_page = client.get(
        reverse("admin:initiatives_initiative_change", args=[match.need.initiative_id])
    ).content.decode()

    assert f"{match.offer.partner.name}: ja of nee?" in today
    assert match.offer.title in file_page


def test_my_overview_asks_whether_a_partner_may_get_in_touch(client):
    match = MatchFactory(willing=True)
    waiting = HelpConsentFactory(initiative__initiator=match.need.initiative.initiator)
    sign_in(client, match.need.initiative.initiator)

    page = client.get(reverse("overview")).content.decode()

    assert f"Mag {match.offer.partner.name} contact met u opnemen?" in page
    assert reverse("partners:own_help", args=[waiting.initiative.reference]) in page


def test_own_data_holds_what_partners_may_see_and_takes_it_back(client):
    initiative = InitiativeFactory(accepted=True, published=True, help_wanted=["place"])
    needs.agree(initiative, by=None)
    sign_in(client, initiative.initiator)

    copy = client.get(reverse("own_data_download")).json()
    client.post(reverse("own_data"))

    assert copy["working_together"]["partners_may_see_help"][0]["plan"] == initiative.title
    assert Listing.objects.get().status == ListingStatus.ENDED


def test_reports_count_offers_needs_and_matches_per_wijk_and_partner(client):
    match = MatchFactory(in_contact=True, offer__partner__name="Buurthuis de Brug")
    JointActionFactory(running=True, wijk=match.need.initiative.wijk)
    sign_in(client, ManagerFactory())
    wijk = match.need.initiative.wijk

    page = client.get(reverse("partner_reports") + f"?wijk={wijk.slug}&jaar={timezone.localdate().year}")
    csv = client.post(reverse("partner_tables", args=["csv"])).content.decode("utf-8-sig")
    workbook = client.post(reverse("partner_tables", args=["xlsx"]))

    assert page.status_code == 200
    everywhere = client.get(reverse("partner_reports"))
    charts = {str(chart.title): chart for _id, chart in everywhere.context["charts"]}
    assert [bar.value for bar in charts["Aanbod en vragen per wijkpartner: aanbod"].bars] == [1]
    states = charts["Hoe de gezamenlijke acties ervoor staan"].bars
    assert {str(bar.label): bar.value for bar in states if bar.value} == {"Loopt": 1}
    assert "Aanbod en vragen per wijkpartner;Buurthuis de Brug;In contact gebracht;1" in csv
    assert workbook.content[:2] == b"PK"


def test_reports_count_readers_and_letters_of_each_wijk(client):
    wijk = WijkFactory(short_name="Centrum")
    ReaderFactory.create_batch(2, wijk=wijk)
    ReaderFactory(wijk=wijk, monthly=True)
    ReaderFactory(wijk=wijk, unconfirmed=True)
    ListingFactory(need=True, published=True, wijken=[wijk])
    newsletter.send_letter(newsletter.open_letter(wijk, Rhythm.WEEKLY), by=None)
    sign_in(client, ManagerFactory())

    page = client.get(reverse("partner_reports"), {"wijk": wijk.slug}).text
    this_year, last_year = (
        next(iter(letters.tables({"wijk": wijk.slug, "jaar": str(timezone.localdate().year - ago)}))) for ago in (0, 1)
    )

    assert "Wijkbrief per wijk" in page
    assert this_year.rows == (("Centrum", 2, 1, 1, 0, 2),)
    assert last_year.rows == (("Centrum", 2, 1, 0, 0, 0),)
