"""The whole story of a small grant on a phone: from a plan to money that is paid and accounted for. With and without
script.

Everything is real: the browser, the servers, the worker, the mail, the letter on paper and the file for the bank.
"""

import io
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from sepaxml.validation import try_valid_xml

from initiatives.models import Initiative
from shared.accounts.models import User
from shared.terms.calendar import today
from shared.wijken.models import Buurt
from subsidies.bank.payment_file import SCHEMA
from subsidies.enums import Status
from subsidies.management import presets
from subsidies.models import Application, Payment, SchemeVersion
from tests import paper
from tests.browser.conftest import PHONE, Visitor, letter_to, link_in
from tests.browser.test_story import enter_code
from tests.factories.accounts import CoordinatorFactory, FinanceFactory, UserFactory
from tests.factories.documents import photo
from tests.factories.initiatives import InitiativeFactory
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ANNA, BAS = "anna@voorbeeld.example", "bas@groen.example"
TITLE = "Moestuin aan de dijk"
IBAN = "NL91 ABNA 0417 1643 00"


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_from_a_plan_to_money_that_is_accounted_for(visitor, worker, mail, tmp_path, javascript):
    plan = plan_in_a_town_with_a_scheme()
    coordinator = CoordinatorFactory(wijk=plan.wijk, name="Carla Coördinator", email="carla@gemeente.example")
    maker, releaser = FinanceFactory(name="Fatma Betaalt"), FinanceFactory(name="Wouter Geeftvrij")
    anna = visitor(PHONE, javascript=javascript)
    carla, fatma, wouter = (
        with_session(visitor(PHONE, javascript=javascript), user) for user in (coordinator, maker, releaser)
    )
    bas = visitor(PHONE, javascript=javascript)

    apply_for_the_plan(anna, mail)
    anna.open(link_in(letter_to(mail, ANNA, "Wij hebben uw aanvraag ontvangen")))
    carla.open(link_in(letter_to(mail, coordinator.email, f"Buurtbon in {plan.wijk.short_name}: {TITLE}")))
    carla.press("Oppakken")
    assert "Carla Coördinator behandelt uw aanvraag" in letter_to(mail, ANNA, "Wij behandelen uw aanvraag")

    ask_what_is_missing(carla)
    add_it(anna, mail, tmp_path)
    assert "De offerte van de bakken." in letter_to(mail, coordinator.email, "(aanvulling)")
    assert "is binnen sinds" in letter_to(mail, ANNA, "Wij gaan verder met uw aanvraag")

    ask_advice(carla)
    give_advice(bas, mail)
    assert "Houd twee meter van de sloot." in letter_to(mail, coordinator.email, "Advies van Bas")

    decide(carla)
    the_letter_is_the_decision(mail)
    account = letter_to(mail, ANNA, "Op welke rekening")
    give_account(anna, account, mail)

    pay_it(fatma, wouter)
    assert "€\u00a0450,00" in letter_to(mail, ANNA, "Wij hebben betaald")

    tell_how_it_went(anna, account_case(mail), tmp_path)
    assert "Veertig buren plantten sla." in letter_to(mail, ANNA, "verslag na de activiteit")
    approve(carla, mail)
    settle(carla)
    assert "Wij stellen de subsidie vast op" in letter_to(mail, ANNA, "is vastgesteld")
    assert Application.objects.get().status == Status.SETTLED


def plan_in_a_town_with_a_scheme() -> Initiative:
    """Anna's plan, and the scheme that comes along; what is granted is paid at once and settled after the report."""
    buurt: Buurt = BuurtFactory()
    PostcodeAreaFactory(postcode="3342AC", house_number=12, buurt=buurt)
    presets.load("buurtbon", year=today().year)
    SchemeVersion.objects.update(direct_settlement_until=0, advance_percent=100)
    return InitiativeFactory(
        accepted=True,
        published=True,
        initiator=UserFactory(name="Anna Bewoner", email=ANNA),
        name="Anna Bewoner",
        email=ANNA,
        title=TITLE,
        what="Wij willen samen groenten kweken.",
        benefit="Voor de hele straat.",
        buurt=buurt,
    )


def with_session(person: Visitor, user: User) -> Visitor:
    """A colleague who has signed in, with the second factor."""
    client = Client()
    sign_in(client, user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    person.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": person.portal}])
    return person


def apply_for_the_plan(anna: Visitor, mail) -> None:
    """From the plan in Mijn overzicht: what is known is there already."""
    page = anna.page
    anna.open("/mijn/")
    enter_code(anna, mail, ANNA)
    with page.expect_navigation():
        page.get_by_role("link", name="Vraag Buurtbon aan voor dit plan").click()
    anna.gate.check()
    known = {
        "Hoe heet uw plan?": TITLE,
        "Wat gaat u doen?": "Wij willen samen groenten kweken.",
        "Voor wie is het en wat wordt er beter?": "Voor de hele straat.",
        "Uw naam": "Anna Bewoner",
        "Uw e-mailadres": ANNA,
    }
    assert {label: page.get_by_label(label).input_value() for label in known} == known

    page.get_by_label("iets anders").check()
    fill_day(page.get_by_role("group", name="Wanneer doet u het?"), days=60)
    page.get_by_label("Hoeveel buren").fill("12")
    page.get_by_label("Waarvoor").nth(0).fill("Hout voor tien bakken")
    page.get_by_label("Bedrag in €").nth(0).fill("450")
    page.get_by_label("Welk bedrag vraagt u van ons?").fill("450")
    page.get_by_label("Postcode").fill("3342 AC")
    page.get_by_label("Huisnummer").fill("12")
    page.get_by_label("Per e-mail").check()
    anna.press("Controleer uw aanvraag")
    assert not page.title().startswith("Fout:"), page.locator("main").inner_text()[:600]
    assert anna.reads("Samen: €\u00a0450,00")
    page.get_by_label("Ik heb alles naar waarheid ingevuld").check()
    anna.press("Onderteken en verstuur")
    assert re.search(r"\d{4}-S-\d{5}", page.locator("main").inner_text())


def ask_what_is_missing(carla: Visitor) -> None:
    """The reviewer names what is missing; the day is proposed."""
    carla.press("Aanvulling vragen")
    carla.page.get_by_label("Wat ontbreekt er?").fill("Een offerte van de bakken")
    see_and(carla, "Aanvulling vragen en versturen")
    assert carla.reads("Wacht op aanvulling")


def add_it(anna: Visitor, mail, tmp_path: Path) -> None:
    """The applicant answers at the link of the letter, with a file."""
    letter = letter_to(mail, ANNA, "Wilt u uw aanvraag aanvullen")
    assert "- Een offerte van de bakken" in letter
    anna.open(link_in(letter))
    if anna.page.get_by_label("Wat wilt u toevoegen?").count() == 0:
        anna.press("Aanvullen")
    anna.page.get_by_label("Wat wilt u toevoegen?").fill("De offerte van de bakken.")
    anna.page.locator("input[type=file]").set_input_files(picture(tmp_path))
    anna.press("Aanvulling versturen")
    assert anna.reads("Wij hebben uw bericht ontvangen.")
    assert "De offerte van de bakken." in letter_to(mail, ANNA, "Wij hebben uw bericht ontvangen")


def ask_advice(carla: Visitor) -> None:
    """A colleague of another department knows about soil."""
    carla.page.reload()
    carla.press("Advies vragen")
    carla.page.get_by_label("Iemand anders, per e-mail").check()
    carla.page.get_by_label("Naam of functie").fill("Bas van Groen")
    carla.page.get_by_label("E-mailadres").fill(BAS)
    carla.page.locator("[name=question]").fill("Kan het op deze plek?")
    see_and(carla, "Advies vragen en versturen")


def give_advice(bas: Visitor, mail) -> None:
    """Without an account, at the link; the letter does not say who the applicant is."""
    letter = letter_to(mail, BAS, "Uw advies gevraagd")
    assert "Anna" not in letter
    bas.open(link_in(letter))
    bas.page.get_by_label("Aandachtspunt").check()
    bas.page.get_by_label("Toelichting").fill("Houd twee meter van de sloot.")
    bas.press("Advies versturen")
    assert bas.reads("Dank u wel")


def decide(carla: Visitor) -> None:
    """The letter is shown before it goes."""
    carla.page.reload()
    carla.press("Besluit nemen")
    carla.page.locator("[name=motivation]").fill("De hele straat doet mee. Houd twee meter van de sloot.")
    carla.page.locator("[name=no_interest]").check()
    see_and(carla, "Besluit nemen en versturen")
    assert carla.reads("Toegekend")


def the_letter_is_the_decision(mail) -> None:
    """What came by mail says the same on paper as on the screen, and screen readers can read the paper."""
    decision = Application.objects.get().decisions.get()
    assert "De hele straat doet mee." in letter_to(mail, ANNA, "Besluit op uw aanvraag")
    content = enclosed(mail, "Besluit op uw aanvraag")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "pdfuaid" in pdf.Root.Metadata.read_bytes().decode()
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.StructTreeRoot.K
        assert str(pdf.Root.Lang).startswith("nl")

    on_paper = "".join(paper.text_of(content).split())
    paragraphs = re.findall(r"<p>([^<>&]{30,})</p>", decision.letter_html)
    assert len(paragraphs) > 5
    assert [each for each in paragraphs if "".join(each.split()) not in on_paper] == []


def enclosed(mail, subject: str) -> bytes:
    """The PDF that came with the newest letter about this."""
    letters = [one for one in mail.accepted if ANNA in one["To"] and subject in one["Subject"]]
    (pdf,) = [part for part in letters[-1].iter_attachments() if part.get_content_type() == "application/pdf"]
    return pdf.get_content()


def give_account(anna: Visitor, letter: str, mail) -> None:
    """Only after the decision, at a signed link."""
    anna.open(link_in(letter))
    anna.press("Rekeningnummer doorgeven")
    assert anna.reads("Vul uw rekeningnummer (IBAN) in")
    anna.page.get_by_label("Rekeningnummer (IBAN)").fill(IBAN)
    anna.page.get_by_label("Op naam van").fill("A. Bewoner")
    anna.press("Rekeningnummer doorgeven")
    assert "eindigt op 4300" in letter_to(mail, ANNA, "Wij hebben uw rekeningnummer ontvangen")


def pay_it(fatma: Visitor, wouter: Visitor) -> None:
    """One checks the account and makes the file; another releases it, and books the day of the bank."""
    payment = Payment.objects.get()
    address = f"/beheer/subsidies/payment/{payment.pk}/change/"
    fatma.open(address)
    fatma.press("Rekeningnummer nagekeken")
    fatma.press("Het klopt")
    fatma.open("/beheer/subsidies/paymentbatch/nieuw/")
    fatma.press("Betaalbestand maken")
    assert fatma.reads("Een collega van financiën geeft het vrij.")
    batch = fatma.page.url

    wouter.open(batch)
    wouter.press("Vrijgeven aan de bank")
    with wouter.page.expect_download() as download:
        wouter.page.get_by_role("link", name="Bestand ophalen").click()
    xml = download.value.path().read_bytes()
    try_valid_xml(xml, SCHEMA)
    assert IBAN.replace(" ", "").encode() in xml
    wouter.open(address)
    wouter.press("Bijgeschreven")
    see_and(wouter, "Boeken en versturen")
    assert wouter.reads("betaald")


def account_case(mail) -> str:
    """The page of the case, from the first letter."""
    return link_in(letter_to(mail, ANNA, "Wij hebben uw aanvraag ontvangen"))


def tell_how_it_went(anna: Visitor, case: str, tmp_path: Path) -> None:
    """A photo and three questions, once the activity was there."""
    yesterday = today() - timedelta(days=1)
    Application.objects.update(starts_on=yesterday)
    page = anna.page
    anna.open(case)
    anna.press("Vertel hoe het ging")
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Wat heeft u gedaan?").fill("Veertig buren plantten sla.")
    page.get_by_label("Hoeveel mensen").fill("40")
    page.get_by_label("Wat is er beter").fill("Wij kennen elkaar.")
    page.locator("input[name=photo_1]").set_input_files(picture(tmp_path))
    page.get_by_label("Wat is er te zien op foto 1?").fill("Tien houten bakken met sla")
    page.locator("[name=shows_result]").check()
    anna.press("Versturen")
    assert anna.reads("Wij hebben uw verslag ontvangen")


def approve(carla: Visitor, mail) -> None:
    """The result goes to the page of the plan."""
    carla.page.reload()
    carla.press("Verslag goedkeuren")
    see_and(carla, "Goedkeuren en versturen")
    assert "Uw verslag over" in letter_to(mail, ANNA, "Uw verslag is in orde")


def settle(carla: Visitor) -> None:
    """The amount becomes final."""
    carla.press("Vaststellen")
    carla.page.locator("[name=motivation]").fill("Het ging zoals u het vertelde.")
    carla.page.locator("[name=no_interest]").check()
    see_and(carla, "Besluit nemen en versturen")
    assert Application.objects.get().settled_amount == Decimal(450)


def see_and(person: Visitor, button: str) -> None:
    """Look at the letter first, where it is not there yet; then do it."""
    if person.page.get_by_role("button", name=button, exact=True).count() == 0:
        person.press("Bekijk het bericht")
    person.press(button)


def picture(tmp_path: Path) -> Path:
    """A photo as a phone makes it."""
    path = tmp_path / "foto.jpg"
    path.write_bytes(photo(width=640, height=480).read())
    return path


def fill_day(group, *, days: int) -> None:
    """A day from now, in the three boxes of a date."""
    day = today() + timedelta(days=days)
    for label, value in (("Dag", day.day), ("Maand", day.month), ("Jaar", day.year)):
        group.get_by_label(label).fill(str(value))
