"""The wijkagenda: composed by the coordinator, living on the website, on paper and as a file; and the counts."""

import csv
import io

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from partners.enums.actions import ActionStatus
from partners.models import JointAction, WijkAgenda
from partners.reports import JOINT_ACTIONS, SIGNALS, actions, signals
from partners.workflow import actions as workflow
from partners.workflow import wijkagenda
from shared.lifecycle import StaleVersion, WorkflowError
from tests.factories.accounts import CoordinatorFactory, CouncilStaffFactory
from tests.factories.partners import OrganisationFactory, PartnerContactFactory
from tests.factories.themes import ThemeFactory
from tests.factories.together import JointActionFactory, SignalFactory, WijkAgendaFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> int:
    return timezone.localdate().year


def test_what_happens_to_an_action_shows_at_once_on_the_kept_page(client, year):
    coordinator = CoordinatorFactory(wijk=WijkFactory())
    wijk = coordinator.assignments[0].wijk
    action = JointActionFactory(wijk=wijk, agreed=True)
    wijkagenda.publish(wijk, year, intro="Samen.", actions=[action], by=coordinator)
    address = reverse("partners:wijkagenda", args=[wijk.slug, year])
    seen = []

    def look() -> None:
        page = client.get(address)
        text = page.content.decode()
        seen.append(next((str(s.label) for s in ActionStatus if f">{s.label}<" in text), page.status_code))

    look()
    action = workflow.start(action, by=action.owner)
    look()
    workflow.finish(action, result="Gelukt.", by=action.owner)
    look()
    wijkagenda.withdraw(WijkAgenda.objects.get(), by=coordinator)
    look()

    assert seen == ["Afgesproken", "Loopt", "Klaar", 404]


def test_the_button_says_whether_it_stands_on_the_website_already(client, year):
    agenda = WijkAgendaFactory(year=year, published_at=None)
    sign_in(client, CoordinatorFactory(wijk=agenda.wijk))
    address = reverse("partners:edit_wijkagenda", args=[agenda.wijk.slug, year])

    before = client.get(address).text
    WijkAgenda.objects.update(published_at=timezone.now())

    assert "Wijkagenda publiceren" in before
    assert "Wijzigingen op de website zetten" in client.get(address).text


def test_only_what_was_agreed_can_be_chosen_and_what_is_left_out_is_taken_off(year):
    agenda = WijkAgendaFactory()
    proposal, agreed = JointActionFactory(wijk=agenda.wijk), JointActionFactory(wijk=agenda.wijk, agreed=True)
    old = JointActionFactory(wijk=agenda.wijk, running=True, is_public=True)
    elsewhere = JointActionFactory(running=True)

    wijkagenda.publish(
        agenda.wijk, year, intro="", actions=[proposal, agreed, elsewhere], by=agenda.changed_by, version=agenda.version
    )

    assert list(JointAction.objects.public()) == [agreed]
    old.refresh_from_db()
    assert not old.is_public


def test_an_empty_agenda_and_an_old_version_are_refused(year):
    agenda = WijkAgendaFactory()

    with pytest.raises(WorkflowError, match="minstens één actie"):
        wijkagenda.publish(agenda.wijk, year, intro=" ", actions=[], by=agenda.changed_by)
    with pytest.raises(StaleVersion):
        wijkagenda.publish(agenda.wijk, year, intro="Ja.", actions=[], by=agenda.changed_by, version=99)


def test_the_agenda_on_paper_is_tagged(client, year):
    agenda = WijkAgendaFactory(intro="Samen, ook met een 🌳.")
    JointActionFactory(wijk=agenda.wijk, done=True, is_public=True)

    answer = client.get(reverse("partners:wijkagenda_pdf", args=[agenda.wijk.slug, year]))

    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "nl"


def exported(client, address: str) -> list[dict[str, str]]:
    answer = client.post(address, {"format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_list_of_actions_holds_ones_own_wijken_and_for_the_council_what_is_public(client, year):
    wijk = WijkFactory()
    partner = OrganisationFactory(name="Rivas", wijken=[wijk])
    JointActionFactory(wijk=wijk, running=True, title="Hier", partners=[partner])
    public = JointActionFactory(running=True, title="Elders, openbaar", is_public=True)
    WijkAgendaFactory(wijk=public.wijk)
    address = reverse("reports:export", args=["gezamenlijke-acties"])

    sign_in(client, PartnerContactFactory(partner=partner).user)
    own = exported(client, f"{address}?wijk={wijk.slug}&jaar={year}")
    sign_in(client, CouncilStaffFactory())
    council = exported(client, address)

    assert [(row["Titel"], row["Wijkpartners"]) for row in own] == [("Hier", "Rivas")]
    assert [row["Titel"] for row in council] == ["Elders, openbaar"]


def test_council_staff_do_not_get_the_list_of_signals(client):
    SignalFactory()
    sign_in(client, CouncilStaffFactory())

    assert client.post(reverse("reports:export", args=["signalen"]), {"format": "csv"}).status_code == 404


def test_every_field_is_exported_or_left_out_on_purpose():
    assert JOINT_ACTIONS.forgotten_fields() == set()
    assert SIGNALS.forgotten_fields() == set()


def test_signals_are_counted_by_theme_and_small_numbers_are_hidden():
    green, litter = ThemeFactory(name="Groen"), ThemeFactory(name="Afval")
    wijk = WijkFactory()
    SignalFactory.create_batch(6, theme=litter, wijk=wijk)
    SignalFactory.create_batch(2, theme=green, wijk=wijk)

    by_theme = signals.tables({}, exact=False)[0]

    # Two stay hidden, and with them the six: their sum stands beside them.
    assert [row[0] for row in by_theme.rows] == ["Afval", "Groen"]
    assert {str(row[1]) for row in by_theme.rows} == {"niet getoond"}
    # Who reads the signals counts them too.
    assert signals.tables({}, exact=True)[0].rows == (("Afval", 6), ("Groen", 2))


def test_actions_are_counted_by_state_for_each_wijk_and_partner():
    wijk = WijkFactory(short_name="Centrum")
    partner = OrganisationFactory(name="Rivas", wijken=[wijk])
    JointActionFactory(wijk=wijk, running=True, partners=[partner])
    JointActionFactory(wijk=wijk, done=True)

    by_status, by_wijk, by_partner = actions.tables({"wijk": wijk.slug})

    assert [number for _status, number in by_status.rows] == [0, 0, 1, 1, 0]
    assert by_wijk.rows == (("Centrum", 2, 0, 0, 1, 1, 0),)
    assert by_partner.rows == (("Rivas", 1, 0, 0, 1, 0, 0),)
    assert actions.tables({"jaar": "onzin"})[1].rows == ()


def test_the_page_of_the_wijk_and_the_sitemap_lead_to_what_is_published(client, year):
    agenda = WijkAgendaFactory(year=year, published_at=timezone.now())
    concept = WijkAgendaFactory(year=year, published_at=None)
    partner = OrganisationFactory(wijken=[agenda.wijk])
    gone = OrganisationFactory(wijken=[agenda.wijk], ended=True)

    sitemap = client.get(reverse("sitemap")).content.decode()
    with_agenda = client.get(reverse("wijk", args=[agenda.wijk.slug])).content.decode()
    without = client.get(reverse("wijk", args=[concept.wijk.slug])).content.decode()

    assert agenda.get_absolute_url() in sitemap
    assert partner.get_absolute_url() in sitemap
    assert concept.get_absolute_url() not in sitemap
    assert gone.get_absolute_url() not in sitemap
    assert f"Lees de wijkagenda van {year}" in with_agenda
    assert "Lees de wijkagenda" not in without


def test_what_runs_stands_above_what_stopped(client, year):
    agenda = WijkAgendaFactory(year=year)
    for title, status in (("Aaa", "stopped"), ("Bbb", "done"), ("Ccc", "agreed"), ("Ddd", "running")):
        JointActionFactory(wijk=agenda.wijk, title=title, is_public=True, **{status: True})

    actions = client.get(agenda.get_absolute_url()).context["actions"]

    assert [action.title for action in actions] == ["Ddd", "Ccc", "Bbb", "Aaa"]
