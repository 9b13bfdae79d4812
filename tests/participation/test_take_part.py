"""Taking part on the website: forms, links from letters, following, and who may do what."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from participation.moments import letters, workflow
from participation.moments.forms.organise import EnterSignUpForm
from participation.moments.forms.take_part import ContributionForm
from participation.moments.models import AreaFollow, Contribution, Moment, Score, SignUp
from participation.workflow import projects
from shared import links
from shared.notifications import digest
from shared.notifications.models import DigestItem, OutboxMessage, Subscription
from shared.ui.spam import SALT
from tests.factories.accounts import (
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    FinanceFactory,
    ManagerFactory,
    ProjectLeadFactory,
    UserFactory,
)
from tests.factories.moments import AreaFollowFactory, ContributionFactory, MomentFactory, SignUpFactory
from tests.factories.participation import CheckFactory, ProjectFactory
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory, square
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

ONCE = "11111111-1111-4111-8111-111111111111"


def slowly(**answers) -> dict[str, str]:
    """As somebody who took their time."""
    return {"opened": signing.dumps(0, salt=SALT), "once": ONCE} | answers


def own_link(sign_up: SignUp) -> str:
    return reverse("moments:sign_up", args=[links.sign(letters.SIGN_UP, sign_up=sign_up.pk)])


def test_signing_up_twice_with_one_form_is_one_sign_up(client):
    moment = MomentFactory(announced=True)
    address = f"{moment.get_absolute_url()}aanmelden/"
    answers = slowly(name="Anna", email="anna@voorbeeld.example", wants_feedback="on")

    pages = [client.post(address, answers, follow=True) for _time in range(2)]

    assert all("Kijk in uw e-mail" in page.content.decode() for page in pages)
    assert SignUp.objects.count() == OutboxMessage.objects.count() == 1


def test_a_robot_gets_the_form_again_and_nothing_happens(client):
    moment = MomentFactory(announced=True, asking=True)
    base = moment.get_absolute_url()

    client.post(f"{base}aanmelden/", slowly(name="Bot", email="bot@voorbeeld.example", homepage="http://spam.example"))
    client.post(f"{base}meedenken/", {"text": "Koop nu", "once": ONCE})

    assert not SignUp.objects.exists()
    assert not Contribution.objects.exists()


def test_the_link_confirms_with_a_button_and_cancels_with_another(client):
    sign_up = SignUpFactory(asked=True)
    link = own_link(sign_up)

    client.get(link)
    assert SignUp.objects.get().status == "asked"
    client.post(link, {"do": "confirm"})
    assert SignUp.objects.get().status == "placed"
    page = client.post(link, {"do": "sign_off"}, follow=True).content.decode()

    assert SignUp.objects.get().status == "cancelled"
    assert "U bent afgemeld" in page


@pytest.mark.parametrize(
    ("token", "status"),
    [
        pytest.param("onzin", 404, id="tampered with"),
        pytest.param(links.sign("moments.score", moment=1, key="x"), 404, id="of another purpose"),
        pytest.param(links.sign("moments.sign_up", sign_up=0), 410, id="forgotten since"),
    ],
    ids=["tampered with", "of another purpose", "forgotten since"],
)
def test_a_link_that_is_not_right_says_nothing(client, token, status):
    assert client.get(reverse("moments:sign_up", args=[token])).status_code == status


def test_confirming_after_the_last_moment_is_a_sentence_not_an_error(client):
    moment = MomentFactory(announced=True, sign_up_until=timezone.now() - timedelta(hours=1))
    sign_up = SignUpFactory(moment=moment, asked=True)

    page = client.post(own_link(sign_up), {"do": "confirm"})

    assert page.status_code == 200
    assert "U kunt zich niet meer aanmelden." in page.content.decode()


def test_a_contribution_is_anonymous_and_read_before_it_shows(client):
    moment = MomentFactory(announced=True, asking=True)

    client.post(f"{moment.get_absolute_url()}meedenken/", slowly(choice="Bij de kerk", text="Graag met leuning."))

    said = Contribution.objects.get()
    assert (said.choice, said.email, said.status) == ("Bij de kerk", "", "pending")
    assert "Graag met leuning." not in client.get(moment.get_absolute_url()).content.decode()


def test_what_was_typed_stays_when_something_is_missing(client):
    moment = MomentFactory(announced=True, asking=True)

    page = client.post(f"{moment.get_absolute_url()}meedenken/", slowly(text="Graag met leuning."))

    assert "Graag met leuning." in page.content.decode()
    assert "Kies een antwoord" in page.content.decode()


def test_an_empty_form_says_what_is_missing_in_the_words_of_who_fills_it_in():
    moment = MomentFactory(announced=True, question="Wat vindt u?", takes_contributions=True)

    said, called = ContributionForm({}, moment=moment), EnterSignUpForm({}, case=moment, user=moment.made_by)

    assert said.errors["text"] == ["Vul een antwoord in"]
    assert called.errors["email"] == ["Vul het e-mailadres of het telefoonnummer in"]


def test_the_opinion_comes_from_the_letter(client):
    moment = MomentFactory(held=True)
    link = reverse("moments:score", args=[links.sign(letters.SCORE, moment=moment.pk, key="abc")])

    assert "Geef bij een of meer zinnen een cijfer." in client.post(link, {}).content.decode()
    client.post(link, {"could_speak": "4"})
    client.post(link, {"could_speak": "5", "was_clear": "3"})

    assert list(Score.objects.values_list("could_speak", "was_clear")) == [(5, 3)]


# --- Following -------------------------------------------------------------------------------------------------------


def follow(client, address: str, **answers) -> Subscription:
    client.post(address, slowly(email="anna@voorbeeld.example", frequency="daily", **answers))
    return Subscription.objects.latest("pk")


def test_following_counts_after_the_link_was_opened(client):
    project = ProjectFactory(published=True)
    subscription = follow(client, f"{project.get_absolute_url()}volgen/")
    moment = MomentFactory(project=project)

    workflow.announce(moment, by=moment.made_by)
    assert not DigestItem.objects.exists()
    link = reverse("moments:confirm_follow", args=[links.sign(letters.FOLLOW, subscription=subscription.pk, what="x")])
    client.post(link)
    workflow.cancel(Moment.objects.get(), reason="De zaal is dicht.", by=moment.made_by)

    assert DigestItem.objects.get().title == f"{project.title}: {moment.title} gaat niet door"


def test_news_reaches_the_wijk_the_buurt_and_the_circle_once(client):
    buurt = BuurtFactory()
    circle, far = AreaFollowFactory(buurt=buurt), AreaFollowFactory(buurt=buurt, latitude=51.90)
    project = ProjectFactory(buurten=[buurt], latitude="51.841000", longitude="4.640000")
    CheckFactory(project=project)
    for email, topic in [
        ("wijk@voorbeeld.example", buurt.wijk),
        ("buurt@voorbeeld.example", buurt),
        ("cirkel@voorbeeld.example", circle),
        ("ver@voorbeeld.example", far),
        ("elders@voorbeeld.example", BuurtFactory()),
        ("wijk@voorbeeld.example", circle),
    ]:
        digest.subscribe(email, about=topic, confirmed=True)

    projects.publish(project, by=project.lead)

    readers = sorted(DigestItem.objects.values_list("email", flat=True))
    assert readers == ["buurt@voorbeeld.example", "cirkel@voorbeeld.example", "wijk@voorbeeld.example"]


def test_a_project_for_everybody_is_news_in_each_wijk():
    wijk = BuurtFactory().wijk
    digest.subscribe("wijk@voorbeeld.example", about=wijk, confirmed=True)
    project = ProjectFactory()

    projects.publish(project, by=project.lead)

    assert DigestItem.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        pytest.param({}, "Kies een wijk of buurt, of vul een postcode in", id="nowhere"),
        pytest.param({"postcode": "99"}, "vier cijfers en twee letters", id="no postcode"),
        pytest.param({"postcode": "9999 ZZ", "radius": "500"}, "Wij kunnen deze postcode niet vinden", id="elsewhere"),
    ],
)
def test_following_an_area_asks_where(client, answers, message):
    page = client.post("/projecten/in-mijn-buurt/", slowly(email="anna@voorbeeld.example", **answers))

    assert message in page.content.decode()
    assert not Subscription.objects.exists()


def test_who_follows_a_postcode_confirms_and_hears_of_what_touches_the_circle(client):
    buurt = BuurtFactory(geometry=square(west=4.60))
    PostcodeAreaFactory(postcode="3341AA", buurt=buurt)
    answers = {"postcode": "3341 AA", "radius": "500", "email": "anna@voorbeeld.example"}

    client.post("/projecten/in-mijn-buurt/", slowly(**answers))

    circle = AreaFollow.objects.get()
    assert (circle.radius, circle.buurt) == (500, buurt)
    assert "projecten binnen 500 meter van 3341 AA" in OutboxMessage.objects.get().text


def test_a_tap_on_the_map_is_a_place_and_what_is_kept_of_it_is_a_hundred_metres_wide(client):
    buurt = BuurtFactory(geometry=square(west=4.60))

    chosen = client.get("/projecten/in-mijn-buurt/plek/", {"kaart": "breed", "punt.x": "300", "punt.y": "300"})
    page = client.get(chosen["Location"]).content.decode()
    client.post(chosen["Location"], slowly(radius="500", email="anna@voorbeeld.example"))
    drawing = client.get("/projecten/in-mijn-buurt/kaart-breed.svg?" + chosen["Location"].split("?")[1])

    circle = AreaFollow.objects.get()
    assert f"Uw plek in {buurt}" in page
    assert (circle.postcode, circle.buurt, circle.radius) == ("", buurt, 500)
    assert circle.point == (round(circle.longitude, 3), round(circle.latitude, 3))
    assert f"een plek in {buurt}" in OutboxMessage.objects.get().text
    assert "<circle" in drawing.content.decode()


@pytest.mark.parametrize("place", ["-", "0.000,0.000", "nan,nan", "4.6", "a,b", "1e999,1"])
def test_a_place_outside_the_municipality_is_said_so_and_nothing_is_asked_yet(client, place):
    BuurtFactory()

    page = client.post(f"/projecten/in-mijn-buurt/plek/?plek={place}", slowly(radius="500", email="a@b.example"))

    assert "buiten de gemeente" in page.content.decode()
    assert not Subscription.objects.exists()


def test_a_project_without_a_point_is_news_for_circles_that_touch_its_buurten():
    buurt = BuurtFactory(geometry=square(west=4.60))
    (west, south), *_corners = buurt.geometry["coordinates"][0]
    beside = AreaFollowFactory(buurt=BuurtFactory(), longitude=west - 0.01, latitude=south, radius=1000)
    far = AreaFollowFactory(buurt=BuurtFactory(), longitude=west - 0.03, latitude=south, radius=1000)
    project = ProjectFactory(buurten=[buurt])
    CheckFactory(project=project)
    digest.subscribe("naast@voorbeeld.example", about=beside, confirmed=True)
    digest.subscribe("ver@voorbeeld.example", about=far, confirmed=True)

    projects.publish(project, by=project.lead)

    assert list(DigestItem.objects.values_list("email", flat=True)) == ["naast@voorbeeld.example"]


def test_the_page_of_a_project_shows_its_place_on_a_map(client):
    BuurtFactory()
    somewhere = ProjectFactory(published=True, latitude="51.805000", longitude="4.605000", place="Kerkstraat")
    nowhere = ProjectFactory(published=True)

    page = client.get(somewhere.get_absolute_url()).content.decode()

    assert "met de plek van het project: Kerkstraat." in page
    assert "<circle" in client.get(f"{somewhere.get_absolute_url()}kaart.svg").content.decode()
    assert "kaart.svg" not in client.get(nowhere.get_absolute_url()).content.decode()
    assert client.get(f"{nowhere.get_absolute_url()}kaart.svg").status_code == 404


# --- Own data --------------------------------------------------------------------------------------------------------


def test_own_sign_ups_and_contributions_are_shown_downloaded_and_deleted(client):
    anna = UserFactory()
    sign_up = SignUpFactory(email=anna.email, moment__capacity=1)
    said = ContributionFactory(with_address=True, email=anna.email)
    sign_in(client, anna)

    overview = client.get("/mijn/").content.decode()
    copy = client.get("/mijn/gegevens/downloaden/").json()
    client.post("/mijn/gegevens/")

    assert sign_up.moment.title in overview
    assert said.moment.title in overview
    assert copy["sign_ups"][0]["moment"] == sign_up.moment.title
    assert copy["contributions"][0]["text"] == said.text
    assert not SignUp.objects.exists()
    assert Contribution.objects.get().email == ""
    assert Moment.objects.get(pk=sign_up.moment.pk).places_taken == 0


# --- Who may do what -------------------------------------------------------------------------------------------------


def lead_of(project):
    return project.lead


MATRIX = [
    pytest.param(lead_of, 200, True, id="lead"),
    pytest.param(lambda project: AmbassadorFactory(department=project.department), 200, True, id="ambassador"),
    pytest.param(lambda project: CoordinatorFactory(wijk=project.wijken.get()), 200, True, id="coordinator"),
    pytest.param(lambda project: ManagerFactory(), 200, True, id="manager"),
    pytest.param(lambda project: ProjectLeadFactory(), 404, False, id="lead of another project"),
    pytest.param(lambda project: AmbassadorFactory(), 404, False, id="ambassador of another department"),
    pytest.param(lambda project: CoordinatorFactory(), 404, False, id="coordinator of another wijk"),
    pytest.param(lambda project: FinanceFactory(), 403, False, id="finance"),
    pytest.param(lambda project: CouncilStaffFactory(), 302, False, id="council staff"),
    pytest.param(lambda project: UserFactory(), 302, False, id="resident"),
]


@pytest.mark.parametrize(("who", "status", "allowed"), MATRIX)
def test_who_organises_a_moment(client, who, status, allowed):
    project = ProjectFactory(published=True, wijken=[BuurtFactory().wijk])
    moment = MomentFactory(project=project)
    said = ContributionFactory(moment=moment)
    sign_in(client, who(project))
    base = reverse("admin:moments_moment_change", args=[moment.pk])

    page = client.get(base)
    client.post(reverse("admin:moments_moment_moderate", args=[moment.pk, said.pk]), {"do": "show"})
    client.post(
        reverse("admin:moments_moment_step", args=[moment.pk, "aankondigen"]),
        {"_send": "1", "version": str(moment.version), "seen": page.context["no_letters"] if allowed else ""},
    )

    assert page.status_code == status
    # Return in the field for a reason presses the first button of its form: never the one that shows.
    reasons = [form for form in page.content.decode().split("<form")[1:] if 'name="reason"' in form.split("</form>")[0]]
    assert not any('value="show"' in form.split("</form>")[0] for form in reasons)
    shown = (Contribution.objects.get().status == "visible", Moment.objects.get().status == "announced")
    assert shown == (allowed, allowed)


def test_who_comes_too_late_is_put_on_the_waiting_list_by_a_button_that_says_so(client):
    full = SignUpFactory(moment=MomentFactory(announced=True, capacity=1)).moment

    page = client.get(f"{full.get_absolute_url()}aanmelden/").content.decode()

    assert "Zet mij op de wachtlijst" in page


def test_planning_and_changing_on_the_desk(client):
    project = ProjectFactory(published=True)
    sign_in(client, project.lead)
    answers = {
        "project": str(project.pk),
        "title": "Wijktafel",
        "form": "table",
        "text": "Over het groen.",
        "day_0": "1",
        "day_1": "6",
        "day_2": "2099",
        "begins": "19.30",
        "ends": "21:30",
        "place": "De Ridderhof",
        "takes_sign_ups": "on",
        "capacity": "20",
        "once": ONCE,
    }

    wrong = client.post(reverse("admin:moments_moment_plan"), answers | {"ends": "18:00", "place": ""})
    assert "Het einde komt na het begin" in wrong.content.decode()
    assert "Vul in waar het is" in wrong.content.decode()
    client.post(reverse("admin:moments_moment_plan"), answers)

    moment = Moment.objects.get()
    assert f"{timezone.localtime(moment.starts_at):%Y-%m-%d %H:%M}" == "2099-06-01 19:30"
    change = client.get(reverse("admin:moments_moment_step", args=[moment.pk, "wijzigen"]))
    assert "De Ridderhof" in change.content.decode()


def test_a_moment_with_many_contributions_stands_once_in_the_list(client):
    moment = MomentFactory(announced=True, asking=True)
    ContributionFactory.create_batch(3, moment=moment)
    ContributionFactory(moment=MomentFactory(project=moment.project, announced=True, asking=True), visible=True)
    sign_in(client, moment.project.lead)
    address = reverse("admin:moments_moment_changelist")

    every, to_look_at = client.get(address), client.get(f"{address}?status=bekijken")

    assert every.context["cl"].result_count == 2
    assert [(row.pk, row.pending) for row in to_look_at.context["cl"].result_list] == [(moment.pk, 3)]
    assert "Aangekondigd (2)" in every.content.decode()
