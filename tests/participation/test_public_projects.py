"""What everybody reads about projects: only what was published, kept as bytes, in a fixed number of queries."""

from datetime import date, timedelta

import pytest
import time_machine
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateformat import format as format_date

from participation.enums import CheckStatus, Signer
from participation.models import ParticipationCheck
from participation.moments import workflow as moments
from participation.moments.models import Moment
from participation.nearby import projects_near
from participation.timeline import phase_rows, public_timeline
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.terms.calendar import today
from shared.ui import page_cache
from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.moments import ContributionFactory, FeedbackFactory, MomentFactory, ScoreFactory, SignUpFactory
from tests.factories.participation import CheckFactory, ProjectFactory, StakeholderGroupFactory
from tests.factories.subsidies import ApplicationFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory, WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

LIST = "/projecten/"


def page_of(client: Client, thing: object) -> str:
    return client.get(thing.get_absolute_url()).content.decode()


def publish(check: ParticipationCheck) -> None:
    """As if it was signed and put on the website: what belongs to it never changes from then on."""
    check.status, check.signer, check.signer_name = CheckStatus.PUBLISHED, Signer.LEAD, "Projectleider"
    check.advised_at = check.published_at = timezone.now()
    check.signed_on, check.signed_by = today(), check.project.lead
    check.save()


def titles(response) -> set[str]:
    return {card.title for card in response.context["page"].object_list}


def test_only_published_projects_are_listed(client):
    shown = ProjectFactory(published=True)
    ProjectFactory()

    assert titles(client.get(LIST)) == {shown.title}


def test_where_people_can_take_part_comes_first_and_then_the_newest(client):
    now = timezone.now()
    ages = {"oudste": 9, "oud": 8, "nieuw": 2, "nieuwste": 1}
    made = {
        title: ProjectFactory(title=title, published=True, published_at=now - timedelta(days=age))
        for title, age in ages.items()
    }
    MomentFactory(project=made["oud"], announced=True)
    online_until = now + timedelta(days=2)
    MomentFactory(project=made["oudste"], announced=True, over=True, asking=True, contributions_until=online_until)

    found = client.get(LIST).context["page"].object_list

    assert [card.title for card in found] == ["oudste", "oud", "nieuwste", "nieuw"]
    assert found[0].join == f"meedoen kan t/m {format_date(timezone.localtime(online_until), 'j F')}"


def test_the_list_is_narrowed_by_wijk_phase_theme_and_taking_part(client):
    buurt, theme = BuurtFactory(), ThemeFactory()
    here = ProjectFactory(published=True, buurten=[buurt], themes=[theme])
    everywhere = ProjectFactory(published=True, in_idea=True)
    elsewhere = ProjectFactory(published=True, wijken=[BuurtFactory().wijk])
    MomentFactory(project=elsewhere, announced=True)

    found = {
        name: titles(client.get(LIST, {name: value}))
        for name, value in {
            "wijk": buurt.wijk.slug,
            "fase": "idea",
            "thema": theme.slug,
            "meedoen": "nu",
        }.items()
    }

    assert found == {
        "wijk": {here.title, everywhere.title},
        "fase": {everywhere.title},
        "thema": {here.title},
        "meedoen": {elsewhere.title},
    }


def test_the_list_is_searched_by_postcode_and_says_when_it_is_not_one_of_ours(client):
    area = PostcodeAreaFactory(postcode="3341AA")
    here = ProjectFactory(published=True, wijken=[area.buurt.wijk])
    elsewhere = ProjectFactory(published=True, wijken=[WijkFactory()])

    assert titles(client.get(LIST, {"postcode": "3341 aa"})) == {here.title}
    for wrong, why in (("1011 AB", "kennen wij niet"), ("straat", "vier cijfers en twee letters")):
        page = client.get(LIST, {"postcode": wrong})
        assert titles(page) == {here.title, elsewhere.title}
        assert why in page.content.decode()


def test_a_filter_that_makes_no_sense_is_left_out(client):
    project = ProjectFactory(published=True)

    response = client.get(LIST, {"wijk": "'; drop table", "fase": "nooit", "pagina": "duizend"})

    assert titles(response) == {project.title}


def test_the_page_says_what_can_be_influenced_and_what_that_promises(client):
    project = ProjectFactory(published=True)
    check = CheckFactory(project=project)
    StakeholderGroupFactory(check_of=check, name="Leerlingen van de Kon. Julianaschool", level="coproduce")
    publish(check)

    page = page_of(client, project)

    for words in (check.open, check.fixed, check.decision_text, check.promise, "Leerlingen van de Kon. Julianaschool"):
        assert words in page
    assert check.knowledge not in page


def test_an_unpublished_check_does_not_show(client):
    project = ProjectFactory(published=True)
    check = CheckFactory(project=project, signed=True)

    page = page_of(client, project)

    assert check.open not in page
    assert "Wij bekijken nog hoe u kunt meepraten." in page


def test_no_participation_is_explained(client):
    project = ProjectFactory(published=True)
    check = CheckFactory(project=project, published=True, none=True)

    assert check.none_text in page_of(client, project)


def test_the_timeline_says_whether_people_can_take_part_in_which_phase_and_what_is_expected(client):
    project = ProjectFactory(published=True)
    project.phases.filter(kind="decision").update(planned_from=date(2031, 7, 13), planned_to=None)
    for outcome in ({"none": True}, {}):
        check = CheckFactory(project=project, published=True, **outcome)
        new = {"number": check.number}
        trail.record("participation.check_published", subject=project, new=new, visibility=Visibility.PUBLIC)

    words = {"new": {"phase": "design"}, "text": "Ontwerp", "visibility": Visibility.PUBLIC}
    trail.record("participation.phase_started", subject=project, **words)

    page = page_of(client, project)
    with translation.override("en"):
        steps = public_timeline(project, [])

    assert "Design" in [step.text for step in steps]
    assert page.index("U leest hier waarom u niet kunt meepraten") < page.index(
        "U leest hier waarover u kunt meepraten"
    )
    assert "Fase: startnotitie" in page
    assert "Naar verwachting vanaf juli 2031" in page


def test_the_planning_has_words_for_one_day_and_for_no_day(client):
    project = ProjectFactory(published=True)
    project.phases.filter(kind="idea").update(started_on=date(2026, 11, 2), ended_on=date(2026, 11, 2))
    project.phases.filter(kind="evaluation").update(planned_from=None, planned_to=None)

    periods = [row.period for row in phase_rows(project, list(project.phases.all()))]

    assert (periods[0], periods[-1]) == ("2 november 2026", "nog niet bekend")


def test_what_is_not_published_is_not_there(client):
    project = ProjectFactory()
    moment = MomentFactory(project=project, announced=True)
    draft = MomentFactory()

    statuses = [client.get(each.get_absolute_url()).status_code for each in (project, moment, draft)]
    assert statuses == [404, 404, 404]
    assert client.get(f"/projecten/momenten/{draft.pk}/agenda.ics").status_code == 404


def test_a_project_shows_plans_of_residents_nearby_and_those_show_the_project(client):
    plan = InitiativeFactory(accepted=True, published=True)
    project = ProjectFactory(published=True, wijken=[plan.wijk])
    MomentFactory(project=project, announced=True)

    assert plan.public_title in page_of(client, project)
    assert project.title in page_of(client, plan)


@time_machine.travel("2026-11-02 10:00:00+01:00", tick=False)
@pytest.mark.parametrize(
    ("planned_from", "where", "told"),
    [
        (date(2027, 5, 10), "in_design", "nu in de fase ontwerp, de uitvoering begint in mei 2027"),
        (date(2026, 11, 1), "in_design", "nu in de fase ontwerp, de uitvoering begint in november 2026"),
        # A plan that did not come true promises nothing.
        (date(2026, 10, 31), "in_design", "nu in de fase ontwerp"),
        (None, "in_design", "nu in de fase ontwerp"),
        (date(2027, 5, 10), "in_execution", "nu in de fase uitvoering"),
    ],
)
def test_the_wijk_reads_in_which_month_the_municipality_begins(planned_from, where, told):
    wijk = WijkFactory()
    project = ProjectFactory(published=True, wijken=[wijk], **{where: True})
    project.phases.filter(kind="execution").update(planned_from=planned_from, planned_to=None)

    with CaptureQueriesContext(connection) as asked:
        found = list(projects_near(wijk))

    assert [each.text for each in found] == [told]
    assert len(asked) == 1


@time_machine.travel("2026-11-02 10:00:00+01:00", tick=False)
def test_a_plan_and_an_application_tell_when_the_municipality_begins_in_their_wijk_and_not_elsewhere(client):
    plan = InitiativeFactory(accepted=True, published=True)
    project, elsewhere = (ProjectFactory(published=True, wijken=[where]) for where in (plan.wijk, WijkFactory()))
    MomentFactory(project=project, announced=True)
    project.phases.filter(kind="execution").update(planned_from=date(2027, 5, 10), planned_to=None)
    application = ApplicationFactory(wijk=plan.wijk)
    sign_in(client, application.applicant)
    case = client.get(reverse("subsidies:case", args=[application.reference])).content.decode()

    for page in (page_of(client, plan), case):
        assert project.get_absolute_url() in page
        assert "meedoen kan t/m 9 november, de uitvoering begint in mei 2027" in page
        assert elsewhere.get_absolute_url() not in page


def test_who_reviews_a_plan_or_an_application_sees_the_projects_of_the_wijk(client):
    wijk = WijkFactory()
    project, elsewhere = (ProjectFactory(published=True, wijken=[here]) for here in (wijk, WijkFactory()))
    plan = InitiativeFactory(in_review=True, wijk=wijk)
    application = ApplicationFactory(in_review=True, wijk=wijk)
    sign_in(client, CoordinatorFactory(wijk=wijk))

    for thing in (plan, application):
        address = reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])
        page = client.get(address).content.decode()
        assert project.get_absolute_url() in page
        assert elsewhere.get_absolute_url() not in page


def test_the_page_of_a_moment_shows_visible_contributions_and_no_names(client):
    moment = MomentFactory(announced=True, asking=True)
    ContributionFactory(moment=moment, text="Meer bomen.", visible=True, email="geheim@voorbeeld.example")
    ContributionFactory(moment=moment, text="Nog niet bekeken.")
    ContributionFactory(moment=moment, text="Verborgen.", hidden=True)
    SignUpFactory(moment=moment, name="Bas Buurman")

    page = page_of(client, moment)

    assert "Meer bomen." in page
    for secret in ("Nog niet bekeken.", "Verborgen.", "Bas Buurman", "geheim@"):
        assert secret not in page


def test_once_people_heard_what_is_done_the_moment_says_so(client):
    moment = MomentFactory(held=True, project=ProjectFactory(published=True))
    FeedbackFactory(moment=moment)

    for thing in (moment, moment.project):
        page = page_of(client, thing)
        assert "Lees wat wij ermee doen" in page
        assert "Wij kijken naar de inbreng" not in page


def test_a_moment_that_was_cancelled_is_nothing_that_people_were_heard_at(client):
    project = ProjectFactory(published=True)
    MomentFactory(project=project, cancelled=True, title="Inloop in de kerk")

    page = page_of(client, project)

    assert "Wat wij hoorden en wat wij ermee doen" not in page
    assert "Inloop in de kerk" not in page


def test_numbers_of_a_handful_are_not_shown(client):
    few, many = MomentFactory(held=True, asking=True), MomentFactory(held=True, asking=True)
    for moment, number in ((few, 4), (many, 5)):
        ContributionFactory(moment=moment, choice="Bij de kerk", text="", count=number)
        FeedbackFactory(moment=moment)
        ScoreFactory.create_batch(number, moment=moment)

    assert "Bij de kerk</dt>" not in page_of(client, few)
    assert "gemiddeld" not in page_of(client, few)
    assert "Bij de kerk</dt>" in page_of(client, many)
    assert "5 deelnemers gaven gemiddeld" in page_of(client, many)


def test_the_date_comes_as_a_file_also_after_it_was_cancelled(client):
    moment = MomentFactory(announced=True)
    address = f"{moment.get_absolute_url()}agenda.ics"
    first = vobject.readOne(client.get(address).content.decode()).vevent

    moments.cancel(moment, reason="De zaal is dicht.", by=moment.made_by)
    after = client.get(address)

    event = vobject.readOne(after.content.decode()).vevent
    assert after["Content-Type"].startswith("text/calendar")
    assert (event.uid.value, event.status.value) == (first.uid.value, "CANCELLED")
    assert int(event.sequence.value) > int(first.sequence.value)


def test_pages_are_kept_and_let_go_of_when_something_changes(client):
    moment = MomentFactory(announced=True, capacity=5)
    address = moment.get_absolute_url()
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304

    moments.ask(moment, name="Anna", phone="+31612345678")

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200
    assert "Nog 4 van 5 plekken vrij" in page_of(client, moment)


def test_pages_ask_as_little_for_many_as_for_few(client):
    def fill(number: int) -> dict[str, object]:
        project = ProjectFactory(published=True, buurten=[BuurtFactory()])
        CheckFactory(project=project, published=True)
        for _each in range(number):
            moment = MomentFactory(project=project, announced=True, asking=True)
            ContributionFactory(moment=moment, visible=True, theme=ThemeFactory())
            FeedbackFactory(moment=MomentFactory(project=project, held=True))
            ProjectFactory(published=True, wijken=[BuurtFactory().wijk])
        return {"project": project.get_absolute_url(), "moment": moment.get_absolute_url(), "list": LIST}

    few = {name: count(client, address) for name, address in fill(2).items()}
    many = {name: count(client, address) for name, address in fill(12).items()}

    assert many == few


def count(client: Client, address: str) -> int:
    page_cache.touch()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_home_page_the_wijk_and_the_sitemap_show_projects(client):
    buurt = BuurtFactory()
    project = ProjectFactory(published=True, wijken=[buurt.wijk])
    moment = MomentFactory(project=project, announced=True)

    assert project.title in client.get("/").content.decode()
    assert project.title in client.get(f"/wijken/{buurt.wijk.slug}/").content.decode()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert project.get_absolute_url() in sitemap
    assert moment.get_absolute_url() in sitemap
    assert Moment.objects.count() == 1


@pytest.mark.parametrize("address", ["list", "project", "moment"])
def test_the_pages_are_there_in_english(client, address):
    project = ProjectFactory(published=True)
    CheckFactory(project=project, published=True)
    moment = MomentFactory(project=project, announced=True)
    where = {"list": LIST, "project": project.get_absolute_url(), "moment": moment.get_absolute_url()}[address]
    client.cookies["language"] = "en"

    page = client.get(f"{where}?taal=en", follow=True).content.decode()

    assert 'lang="en"' in page
