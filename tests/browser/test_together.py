"""Working together in a real browser: a walk on a phone, an action that reaches the wijkagenda, and the noticeboard."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.models import Finding, Notice, Walk
from partners.workflow import noticeboard
from shared.accounts.models import User
from shared.notifications.models import OutboxMessage
from tests.browser.conftest import DESK, PHONE, Visitor, link_in
from tests.factories.accounts import AmbassadorFactory, CoordinatorFactory, CouncilStaffFactory, DepartmentFactory
from tests.factories.documents import StoredFileFactory, photo
from tests.factories.partners import OrganisationFactory, PartnerContactFactory
from tests.factories.themes import ThemeFactory
from tests.factories.together import (
    ActionStepFactory,
    ChecklistItemFactory,
    FindingFactory,
    JointActionFactory,
    NoticeFactory,
    SignalFactory,
    WalkFactory,
    WijkAgendaFactory,
)
from tests.factories.wijken import BuurtFactory
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def buurt():
    """The one buurt of the one wijk."""
    return BuurtFactory(name="Dorp", wijk__short_name="Centrum")


def arrive(visitor, user: User, size: dict[str, int], *, javascript: bool = True) -> Visitor:
    """Somebody who has signed in, with the second factor."""
    person = visitor(size, javascript=javascript)
    client = Client()
    sign_in(client, user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    person.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": person.portal}])
    return person


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_walk_on_a_phone_from_the_plan_to_the_report(visitor, buurt, javascript):
    coordinator = CoordinatorFactory(wijk=buurt.wijk)
    bas = PartnerContactFactory(partner=OrganisationFactory(wijken=[buurt.wijk]), user__name="Bas Smit").user
    department = DepartmentFactory(name="Groen")
    ChecklistItemFactory(name="Verlichting")
    ChecklistItemFactory(name="Stoep")
    person = arrive(visitor, coordinator, PHONE, javascript=javascript)
    page = person.page

    person.open(reverse("partners:walks"))
    person.press("Wijkschouw plannen")
    person.press("Wijkschouw plannen")
    assert person.reads("Geef de wijkschouw een naam")
    day = timezone.localdate() + timedelta(days=9)
    page.get_by_label("Hoe heet de wijkschouw?").fill("Rondje Kerkstraat")
    for label, part in (("Dag", day.day), ("Maand", day.month), ("Jaar", day.year)):
        page.get_by_label(label, exact=True).fill(str(part))
    page.get_by_label("Tijd").fill("10:00")
    page.get_by_label("Waar verzamelt u?").fill("De fontein")
    page.get_by_label(re.compile("Bas Smit")).check()
    person.press("Wijkschouw plannen")
    assert person.reads("Beginnen kan op de dag zelf")
    Walk.objects.update(starts_at=timezone.now())
    person.open(Walk.objects.get().get_absolute_url())
    person.press("Beginnen met lopen")

    person.press("Naar de lijst met punten")
    person.press("In orde : Verlichting")
    person.press("Iets gezien : Stoep")
    upload = {"name": "stoep.jpg", "mimeType": "image/jpeg", "buffer": photo(orientation=6).read()}
    page.locator("[name=photo]").set_input_files(upload)
    person.press("Bevinding bewaren")
    assert person.reads("Schrijf wat u ziet")
    assert person.reads("stoep.jpg")
    page.get_by_label("Wat ziet u?").fill("Losse tegel voor de bakker")
    person.press("Bevinding bewaren")
    assert person.reads("2 van 2 punten bekeken")

    person.press("Losse tegel voor de bakker")
    person.press("Wijs de plek aan op de kaart")
    with page.expect_navigation():
        page.locator("input[type=image]").click()
    person.gate.check()
    assert person.reads("De plek is bewaard: Dorp.")
    person.press("Uitzetten")
    page.get_by_label("Wie kan hier iets aan doen?").select_option(label="Groen")
    person.press("Uitzetten")

    person.open(Walk.objects.get().get_absolute_url())
    person.press("Rondgang afsluiten")
    page.get_by_label("In het kort: wat viel op?").fill("Een mooie ronde.")
    page.get_by_label("Hoeveel bewoners liepen mee?").fill("3")
    person.press("Rondgang afsluiten")
    person.press("Verslag versturen")

    assert person.reads("Verslag verstuurd")
    finding = Finding.objects.get()
    assert (finding.department, finding.buurt, finding.photo.height > finding.photo.width) == (department, buurt, True)
    assert OutboxMessage.objects.get(
        recipient_email=bas.email, subject="Verslag: Rondje Kerkstraat"
    ).attachments.exists()


def test_from_a_signal_to_an_action_in_the_published_wijkagenda(visitor, buurt):
    ThemeFactory(green=True)
    partner = OrganisationFactory(name="Rivas", wijken=[buurt.wijk])
    els = PartnerContactFactory(partner=partner, user__name="Els Bakker").user
    coordinator = CoordinatorFactory(wijk=buurt.wijk, name="Marleen Jansen")
    partner_page, desk = arrive(visitor, els, PHONE), arrive(visitor, coordinator, DESK)

    partner_page.open(reverse("partners:start"))
    partner_page.press("Signaal melden")
    partner_page.page.get_by_label("Wat valt u op?").fill("Mevrouw Jansen gooit afval naast de bak")
    partner_page.page.get_by_label("Thema").select_option(label="Groen")
    partner_page.press("Signaal melden")
    assert partner_page.reads("“Mevrouw Jansen” lijkt op de naam van iemand")
    partner_page.page.get_by_label("Wat valt u op?").fill("Er ligt afval naast de bakken")
    partner_page.press("Signaal melden")

    desk.open(reverse("admin:index"))
    desk.press("nieuwe signalen")
    desk.press("Er ligt afval naast de bakken")
    desk.press("Maak er een actie van")
    page = desk.page
    page.get_by_label("Wat wilt u samen bereiken?").fill("Schone bakken in de hele straat.")
    page.get_by_label("Wie is de trekker?").select_option(label="Els Bakker (Rivas)")
    page.get_by_label("Rivas", exact=True).check()
    desk.press("Voorstel versturen")
    desk.press("Stap toevoegen")
    page.get_by_label("Wat moet er gebeuren?").fill("Bakken bijplaatsen")
    desk.press("Stap toevoegen")
    desk.press("Afspreken")

    partner_page.open(reverse("partners:start"))
    partner_page.press("Bakken bijplaatsen")
    partner_page.press("Starten")
    partner_page.press("Gedaan : Bakken bijplaatsen")
    partner_page.press("Afronden")
    partner_page.press("Actie afronden")
    assert partner_page.reads("Schrijf wat het resultaat is")
    partner_page.page.get_by_label("Wat is het resultaat?").fill("Vier bakken erbij.")
    partner_page.press("Actie afronden")

    year = timezone.localdate().year
    desk.open(reverse("partners:wijkagendas_edit"))
    desk.press(f"Samenstellen : Centrum {year}")
    page.get_by_label("Inleiding").fill("Dit jaar wordt het schoner.")
    page.get_by_label("Er ligt afval naast de bakken").check()
    desk.press("Wijkagenda publiceren")

    neighbour = visitor(PHONE)
    neighbour.open(reverse("partners:wijkagendas"))
    neighbour.press(f"Centrum {year}")
    assert neighbour.reads("Vier bakken erbij.")
    assert not neighbour.reads("Els Bakker")


def test_the_noticeboard_with_a_warning_a_mention_and_an_answer_by_link(visitor, buurt):
    partner = OrganisationFactory(name="Rivas", wijken=[buurt.wijk])
    els = PartnerContactFactory(partner=partner, user__name="Els Bakker").user
    marleen = CoordinatorFactory(wijk=buurt.wijk, name="Marleen Jansen")
    person = arrive(visitor, els, PHONE, javascript=False)

    person.open(reverse("partners:noticeboard"))
    person.press("Bericht schrijven")
    person.page.get_by_label("Uw bericht").fill("Bel Piet de Boer op 06 12345678")
    person.page.get_by_label("Marleen Jansen (wijkcoördinator)").check()
    person.press("Op het prikbord zetten")
    assert person.reads("“06 12345678” lijkt op een telefoonnummer")
    assert not Notice.objects.exists()
    person.page.get_by_label("Waarom moet dit er toch in?").fill("Dit is de voorzitter van het platform.")
    person.press("Op het prikbord zetten")
    assert person.reads("Uw bericht staat op het prikbord.")

    by_link = visitor(PHONE)
    by_link.open(link_in(OutboxMessage.objects.get(recipient_email=marleen.email).text))
    by_link.press("Antwoord plaatsen")
    by_link.page.get_by_label("Uw antwoord").fill("Ik bel hem vandaag.")
    by_link.press("Antwoord plaatsen")
    assert by_link.reads("Dank u wel. Uw antwoord staat op het prikbord.")

    person.open(reverse("partners:noticeboard"))
    assert person.reads("1 ongelezen bericht")
    person.press("Markeer alles als gelezen")
    assert person.reads("Alles is gelezen")


def test_every_page_passes_the_gates_with_rows_and_without(visitor, buurt):
    wijk = buurt.wijk
    coordinator = CoordinatorFactory(wijk=wijk)
    empty = arrive(visitor, coordinator, PHONE)
    lists = ["actions", "signals", "walks", "findings", "noticeboard", "wijkagendas_edit"]
    for name in lists:
        empty.open(reverse(f"partners:{name}"))

    partner = OrganisationFactory(wijken=[wijk])
    BuurtFactory()
    action = JointActionFactory(
        wijk=wijk, running=True, is_public=True, partners=[partner], due_on=timezone.localdate()
    )
    step, late = ActionStepFactory(action=action), ActionStepFactory(action=action, due_on=timezone.localdate())
    ActionStepFactory(action=action, done=True)
    signal = SignalFactory(wijk=wijk, published=True, action=action)
    walk = WalkFactory(wijk=wijk, underway=True)
    finding = FindingFactory(
        walk=walk, assigned=True, photo=StoredFileFactory(attached=True), longitude=4.605, latitude=51.805
    )
    ChecklistItemFactory()
    agenda = WijkAgendaFactory(wijk=wijk)
    notice = NoticeFactory(wijk=wijk, until_on=timezone.localdate())
    NoticeFactory(wijk=wijk, removed=True)
    noticeboard.post(wijk, text="Antwoord", parent=notice, by=coordinator)
    planned = WalkFactory(wijk=wijk, organiser=coordinator)
    addresses = [
        *(reverse(f"partners:{name}") for name in ["start", *lists]),
        reverse("partners:actions") + "?status=onzin",
        # The other forms are opened by the stories above, right and wrong; they ask for the wijk in the same way.
        reverse("partners:new_action"),
        f"{reverse('partners:new_action')}?wijk={wijk.slug}",
        *(thing.get_absolute_url() for thing in (action, signal, walk, finding, notice, agenda)),
        reverse("partners:change_action", args=[action.pk]),
        reverse("partners:new_step", args=[action.pk]),
        reverse("partners:change_step", args=[action.pk, step.pk]),
        *(reverse("partners:action_move", args=[action.pk, slug]) for slug in ("overdragen", "stoppen")),
        *(reverse("partners:signal_move", args=[signal.pk, slug]) for slug in ("koppelen", "afhandelen", "vervallen")),
        reverse("partners:change_walk", args=[planned.pk]),
        reverse("partners:walk_move", args=[planned.pk, "afgelasten"]),
        reverse("partners:correct_finding", args=[finding.pk]),
        f"{reverse('partners:place_finding', args=[finding.pk])}?kaart=breed",
        reverse("partners:finding_move", args=[finding.pk, "afmelden"]),
        reverse("partners:take_down_notice", args=[notice.pk]),
        reverse("partners:noticeboard_mail"),
        reverse("partners:edit_wijkagenda", args=[wijk.slug, agenda.year]),
        reverse("partners:wijkagendas"),
    ]
    assert late.is_late(timezone.localdate() + timedelta(days=1))

    person = arrive(visitor, coordinator, PHONE)
    for address in addresses:
        person.open(address)
    for user in (AmbassadorFactory(), PartnerContactFactory(partner=partner).user, CouncilStaffFactory()):
        other = arrive(visitor, user, PHONE)
        other.open(reverse("partners:start"))
