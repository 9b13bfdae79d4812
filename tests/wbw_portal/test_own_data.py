"""Mijn gegevens: everything in one file; what can go goes, and what the law makes us keep says so."""

import json
from datetime import date

import pytest
from django.urls import reverse

from initiatives.models import Draft, Involvement
from participation.moments.workflow import confirm_follow, follow_area, follow_project
from shared.accounts.models import User
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage, Subscription
from subsidies.models import Application, ApplicationDraft
from tests.factories.accounts import UserFactory
from tests.factories.initiatives import DraftFactory, InitiativeFactory, InvolvementFactory
from tests.factories.moments import SignUpFactory
from tests.factories.participation import ProjectFactory
from tests.factories.subsidies import ApplicationFactory, DecisionFactory, SchemeVersionFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in
from wbw_portal.own_data import why_kept

pytestmark = pytest.mark.django_db

PAGE = "/mijn/gegevens/"
KLAAS = "klaas@voorbeeld.example"


@pytest.fixture
def anna(client):
    return sign_in(client, UserFactory(name="Anna de Vries", email="anna@voorbeeld.example"))


def leave_something_everywhere(anna) -> Application:
    """A plan, a decided application, two drafts and somebody else's plan."""
    InitiativeFactory(initiator=anna, email=anna.email, title="Moestuin")
    DraftFactory(email=anna.email)
    scheme = SchemeVersionFactory().scheme
    now = InitiativeFactory().submitted_at
    ApplicationDraft.objects.create(
        scheme=scheme, email=anna.email, answers={"title": "Straatfeest"}, started_at=now, saved_at=now
    )
    InvolvementFactory(email=anna.email)
    InvolvementFactory(email="bas@voorbeeld.example")
    made = ApplicationFactory(granted=True, applicant=anna, title="Lange tafel")
    DecisionFactory(application=made)
    return made


def test_the_file_holds_everything(client, anna):
    made = leave_something_everywhere(anna)
    ApplicationFactory(title="Van een ander")

    copy = json.loads(client.get(reverse("own_data_download")).content)

    assert copy["email"] == anna.email
    assert [plan["answers"] != {} for plan in copy["ideas"]] == [True]
    assert [one["number"] for one in copy["applications"]] == [made.reference]
    assert len(copy["applications"][0]["decisions"]) == 1
    assert len(copy["drafts"]) == 2
    assert len(copy["plans_of_others"]) == 1
    assert "Van een ander" not in str(copy)


def test_what_can_go_goes_and_an_application_stays_with_the_reason(client, anna):
    leave_something_everywhere(anna)

    page = client.post(PAGE, follow=True).content.decode()

    assert Involvement.objects.get().email == "bas@voorbeeld.example"
    assert not Draft.objects.exists()
    assert not ApplicationDraft.objects.exists()
    assert Application.objects.filter(applicant=anna).count() == 1
    assert "De Archiefwet verplicht ons" in page
    assert "Na afloop moeten wij het nog 7 jaar bewaren." in page
    assert "Er is niets dat u zelf nu kunt verwijderen." in page
    assert Event.objects.filter(action="accounts.own_data_deleted").count() == 1


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ({"in_review": True}, "Wij behandelen deze aanvraag nog."),
        ({"granted": True}, "nog 7 jaar"),
        ({"refused": True}, "nog 5 jaar"),
        ({"withdrawn": True}, "nog 1 jaar"),
        (
            {"status": "closed", "closed_on": date(2026, 3, 2), "retention_class": "7-8.1.7"},
            "tot en met 2 maart 2033",
        ),
        (
            {"status": "closed", "closed_on": date(2019, 3, 2), "retention_class": "5-8.2"},
            "De bewaartermijn is voorbij.",
        ),
    ],
)
def test_each_file_says_how_long_it_is_kept(state, says):
    application = ApplicationFactory(**state)

    assert says in why_kept(application, date(2026, 11, 24))


def test_who_has_nothing_sees_a_page_without_a_button(client, anna):
    page = client.get(PAGE).content.decode()

    assert "Er is niets dat u zelf nu kunt verwijderen." in page
    assert "Dit moeten wij bewaren" not in page
    client.post(PAGE)
    assert not Event.objects.filter(action="accounts.own_data_deleted").exists()


def test_the_overview_leads_there(client, anna):
    assert PAGE in client.get("/mijn/").content.decode()


def held(kind: str) -> None:
    """Something under Klaas' address, of which he never made an account."""
    if kind == "sign_up":
        SignUpFactory(email=KLAAS, name="Klaas")
    if kind == "involvement":
        InvolvementFactory(email=KLAAS)
    if kind == "project":
        confirm_follow(follow_project(ProjectFactory(title="Kerkstraat"), email=KLAAS, frequency="weekly"))
    if kind == "wijk":
        confirm_follow(follow_area(WijkFactory(short_name="Centrum"), email=KLAAS, frequency="weekly"))


@pytest.mark.parametrize("kind", ["sign_up", "involvement", "project", "wijk"])
def test_who_never_had_an_account_gets_a_code_as_soon_as_something_is_kept(client, kind):
    held(kind)

    client.post("/inloggen/", {"email": "Klaas@voorbeeld.example"})

    assert OutboxMessage.objects.latest("pk").subject == "Uw code om in te loggen"
    assert User.objects.get(email=KLAAS).name == ""


def test_nobody_becomes_known_of_whom_nothing_is_kept_and_who_was_closed_stays_closed(client):
    held("sign_up")
    UserFactory(email=KLAAS, is_active=False)

    for email in ("niemand@voorbeeld.example", KLAAS):
        client.post("/inloggen/", {"email": email})

    assert not User.objects.filter(email="niemand@voorbeeld.example").exists()
    assert not OutboxMessage.objects.filter(subject="Uw code om in te loggen").exists()


def test_what_somebody_follows_is_in_the_file_and_goes_with_the_button(client):
    for kind in ("project", "wijk"):
        held(kind)
    sign_in(client, UserFactory(email=KLAAS))

    copy = json.loads(client.get(reverse("own_data_download")).content)
    page = client.get(PAGE).content.decode()
    client.post(PAGE)

    names = {one["what"].split()[-1] for one in copy["followed"]}
    assert names == {"Kerkstraat", "Centrum"}
    assert all(f"Uw e-mailadres bij het nieuws over {one['what']}" in page for one in copy["followed"])
    assert not Subscription.objects.exists()
