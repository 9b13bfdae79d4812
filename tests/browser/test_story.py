"""The whole story: from an idea on a phone to the answer, and to the figures for the council. With and without script.

Everything is real: the browser, the servers, the worker, the mail.
"""

import io
import re

import openpyxl
import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
)

from initiatives.enums import Status
from initiatives.models import Initiative
from shared.accounts.models import User
from tests.browser.conftest import DESK, PHONE, Visitor, letter_to, link_in
from tests.factories.accounts import CoordinatorFactory, CouncilStaffFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory
from tests.sign_in import code_of

pytestmark = pytest.mark.django_db(transaction=True)

ANNA = "anna@voorbeeld.example"


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_from_an_idea_on_a_phone_to_the_figures_for_the_council(visitor, worker, mail, javascript):
    ThemeFactory(green=True)
    buurt = BuurtFactory()
    coordinator, secret = with_app(CoordinatorFactory(wijk=buurt.wijk, email="coordinator@gemeente.example"))
    clerk, clerk_secret = with_app(CouncilStaffFactory(email="griffie@gemeente.example"))

    anna = visitor(PHONE, javascript=javascript)
    send_idea(anna, buurt.name)
    anna.open(link_in(letter_to(mail, ANNA, "Bevestig")))
    anna.press("Bevestig mijn e-mailadres")

    reviewer = visitor(DESK, javascript=javascript)
    review = link_in(letter_to(mail, coordinator.email, "Moestuin aan de dijk"))
    sign_in(reviewer, mail, coordinator.email, secret, then=review)
    accept(reviewer, javascript=javascript)
    publish(reviewer, javascript=javascript)

    answer = letter_to(mail, ANNA, "Wij helpen mee")
    assert "Wij brengen grond en compost." in answer
    anna.open(link_in(answer))
    enter_code(anna, mail, ANNA)
    assert anna.reads("Gemeente helpt mee")
    assert anna.reads("Wij brengen grond en compost.")

    anna.open("/initiatieven/")
    anna.press("Moestuin aan de dijk")
    assert not anna.reads("Bewoner")

    council = visitor(DESK, javascript=javascript)
    sign_in(council, mail, clerk.email, clerk_secret, then="/rapportages/")
    assert exported(council)["Titel"] == "Moestuin aan de dijk"
    assert Initiative.objects.get().status == Status.ACCEPTED


def send_idea(anna: Visitor, buurt: str) -> None:
    """Fill in the form, look at it once more, and send it."""
    page = anna.page
    anna.open("/")
    anna.press("Idee indienen")
    anna.press("Controleer uw idee")
    assert page.title().startswith("Fout:")
    page.get_by_label("Hoe heet uw idee?").fill("Moestuin aan de dijk")
    page.get_by_label("Wat wilt u doen?").fill("Wij willen samen groenten kweken.")
    page.get_by_label("Voor wie is het en wat wordt er beter?").fill("Voor de hele straat.")
    page.get_by_label("Groen").check()
    page.get_by_label(buurt, exact=True).check()
    page.get_by_label("Wie doet er mee?").fill("Vier gezinnen.")
    page.get_by_label("Uw naam").fill("Anna Bewoner")
    page.get_by_label("Uw e-mailadres").fill(ANNA)
    anna.press("Controleer uw idee")
    assert anna.reads("Wij willen samen groenten kweken.")
    anna.press("Idee versturen")
    assert re.search(r"\d{4}-\d{5}", page.locator("main").inner_text())


def sign_in(person: Visitor, mail, email: str, secret: str, *, then: str) -> None:
    """With the code from the mail and the one from the app; lands where the person was going."""
    person.open(then)
    person.page.get_by_label("Uw e-mailadres").fill(email)
    person.press("Stuur mij een code")
    enter_code(person, mail, email, asked=True)
    person.page.get_by_label("Code").fill(code_of(secret))
    person.press("Verder")
    assert then.rpartition("/beheer")[2] in person.page.url


def enter_code(person: Visitor, mail, email: str, *, asked: bool = False) -> None:
    """The code that came by mail."""
    if not asked:
        person.page.get_by_label("Uw e-mailadres").fill(email)
        person.press("Stuur mij een code")
    code = re.search(r"\d{4}-\d{4}", letter_to(mail, email, "code"))[0]
    person.page.get_by_label("Code").fill(code)
    person.press("Inloggen")


def accept(reviewer: Visitor, *, javascript: bool) -> None:
    """Take the plan up, then say that the municipality helps; the letter is shown before it goes."""
    page = reviewer.page
    reviewer.press("Oppakken")
    reviewer.press("De gemeente helpt mee")
    page.get_by_label("Uw bericht").fill("Wij brengen grond en compost.")
    if not javascript:
        reviewer.press("Bekijk het bericht")
    page.get_by_text("Wij helpen mee met “Moestuin aan de dijk”").first.wait_for()
    reviewer.press("Meehelpen en versturen")
    assert reviewer.reads("Gemeente helpt mee")


def publish(reviewer: Visitor, *, javascript: bool) -> None:
    """Show the plan to everybody, in the words that are proposed."""
    reviewer.press("Op de website zetten")
    if not javascript:
        reviewer.press("Bekijk het bericht")
    reviewer.press("Publiceren en versturen")
    assert reviewer.reads("Bekijk op de website")


def exported(council: Visitor) -> dict[str, object]:
    """The one row of the workbook, by heading; opened and read cell by cell."""
    with council.page.expect_download() as download:
        council.page.get_by_role("button", name="Download voor Excel (XLSX)").click()
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    headings, *rows = sheet.iter_rows(values_only=True)
    assert len(rows) == 1
    return dict(zip(headings, rows[0], strict=True))


def with_app(user: User) -> tuple[User, str]:
    """Somebody who has set up an authenticator app."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return user, secret
