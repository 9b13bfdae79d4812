"""The register and the check on the screens of staff."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from participation import workflow
from participation.enums import CheckStatus, Outcome, PhaseKind
from participation.models import Project
from tests.factories.moments import MomentFactory, SignUpFactory
from tests.factories.participation import CheckFactory
from tests.factories.themes import ThemeFactory
from tests.participation.checking import ANSWERS, advised, confirmed, project_of, team, written
from tests.participation.desk import day, desk, file_url, send, step_url

pytestmark = pytest.mark.django_db


def test_the_file_says_in_words_what_is_known_and_what_keeps_a_check_back():
    people = team()
    project = project_of(people, contact_phone="+31787700000")
    client = desk(people.lead)

    begun = send(client, project, "check-beginnen")
    page = send(client, project, "check-invullen", impact="3", hours="5")

    assert "Check beginnen: gedaan" in begun
    assert "3: een buurt, en het blijft" in page
    assert "078 770 00 00" in page or "078 770 0000" in page
    assert (
        "Dit ontbreekt nog: wettelijke plicht"
        in client.get(step_url(project, "check-insturen"), follow=True).content.decode()
    )


def test_a_number_below_zero_is_refused_with_the_name_of_the_question():
    people = team()
    project = project_of(people)
    client = desk(people.lead)
    send(client, project, "check-beginnen")

    assert "Vul bij “Hoeveel uren?” 0 of meer in" in send(client, project, "check-invullen", hours="-5")


def test_a_lead_registers_a_project_with_its_planning():
    people = team()
    theme = ThemeFactory(green=True)
    client = desk(people.lead)
    page = client.get(reverse("admin:participation_project_entry"))
    assert page.status_code == 200
    assert page.content.decode().count('id="id_design_on"') == 1
    answers = {
        "title": "Kerkstraat",
        "summary": "De straat wordt opnieuw ingericht.",
        "kind": "project",
        "themes": [theme.pk],
        "department": people.department.pk,
        "lead": people.lead.pk,
        "deciding_body": "executive",
        "budget_band": "middle",
        "wijken": [people.wijk.pk],
        "phase": "start_note",
        "started_on_0": "2",
        "started_on_1": "maart",
        "started_on_2": "2026",
        "start_note_on": "on",
        "start_note_to_0": "1",
        "start_note_to_1": "5",
        "start_note_to_2": "2026",
        "design_on": "on",
        "once": page.context["form"]["once"].value(),
    }

    first = client.post(reverse("admin:participation_project_entry"), answers)
    again = client.post(reverse("admin:participation_project_entry"), answers)

    project = Project.objects.get()
    assert first.url == again.url == file_url(project)
    assert (project.title, project.phase, list(project.wijken.all())) == ("Kerkstraat", "start_note", [people.wijk])
    assert [phase.kind for phase in project.phases.all()] == ["start_note", "design"]


def test_wrong_answers_say_what_to_do_and_keep_what_was_typed():
    people = team()
    answers = {"title": "", "summary": "Een stuk tekst.", "latitude": "51.84", "started_on_0": "40"}

    page = desk(people.lead).post(reverse("admin:participation_project_entry"), answers).content.decode()

    for words in ("Geef het project een titel", "Vul ook de maand in", "Een stuk tekst.", "Maak een keuze bij"):
        assert words in page
    assert not Project.objects.exists()


def test_the_lead_fills_in_the_check_and_sees_the_advice_before_saving():
    people = team()
    project = project_of(people)
    workflow.start_check(project, by=people.lead)
    project.refresh_from_db()
    client = desk(people.lead)
    answers = {**{name: str(value) for name, value in ANSWERS.items()}, "groep0_name": "Bewoners"}
    answers |= {"groep0_level": "advise", "moment0_form": "table", "moment0_about": "Groen"}

    looked = client.post(step_url(project, "check-invullen"), {**answers, "version": project.version, "_look": "1"})
    assert "Met 8 punten is participatie zinvol" in looked.content.decode()
    assert "<summary>Groep 1</summary>" in looked.content.decode()
    assert project.checks.get().advice == ""
    page = send(client, project, "check-invullen", **answers)

    check = project.checks.get()
    assert (check.advice, check.impact, check.urgent) == (Outcome.PARTICIPATION, 3, False)
    assert [group.name for group in check.groups.all()] == ["Bewoners"]
    assert [str(moment) for moment in check.planned_moments.all()] == ["Wijktafel: Groen"]
    assert "Naar de ambassadeur" in page


def test_a_check_opens_again_as_it_was_kept():
    people = team()
    project = project_of(people)
    written(people, project, ANSWERS | {"sensitive": True})

    form = desk(people.lead).get(step_url(project, "check-invullen")).context["form"]

    shown = {name: form[name].value() for name in ("law_excludes", "sensitive", "urgent", "needs_knowledge", "impact")}
    assert shown == {
        "law_excludes": False,
        "sensitive": True,
        "urgent": "False",
        "needs_knowledge": "True",
        "impact": 3,
    }


def test_a_group_that_is_hard_to_reach_needs_a_way():
    people = team()
    project = project_of(people)
    workflow.start_check(project, by=people.lead)
    project.refresh_from_db()

    page = desk(people.lead).post(
        step_url(project, "check-invullen"),
        {"groep0_name": "Jongeren", "groep0_hard_to_reach": "on", "groep1_interest": "Rust", "_send": "1"},
    )

    assert "Vul in hoe wij deze groep bereiken" in page.content.decode()
    assert "Vul de naam van de groep in" in page.content.decode()


def test_the_check_goes_round_on_the_screen():
    people = team()
    project = project_of(people)
    written(people, project)

    send(desk(people.lead), project, "check-insturen")
    send(desk(people.ambassador), project, "check-terugsturen", text="Wie zijn de ondernemers?")
    assert "Wie zijn de ondernemers?" in desk(people.lead).get(step_url(project, "check-invullen")).content.decode()
    send(desk(people.lead), project, "check-insturen")
    send(desk(people.ambassador), project, "check-compleet")
    send(desk(people.coordinator), project, "check-adviseren", text="Ga langs de school.", level="coproduce")
    project.refresh_from_db()
    today = project.registered_at.date()
    send(
        desk(people.lead),
        project,
        "check-vaststellen",
        signer="management",
        signer_name="MT van maart",
        **day("signed_on", today),
    )
    send(desk(people.coordinator), project, "project-publiceren")
    page = send(desk(people.lead), project, "check-publiceren")

    check = project.checks.get()
    assert (check.status, check.signer_name, check.advised_level) == (
        CheckStatus.PUBLISHED,
        "MT van maart",
        "coproduce",
    )
    assert "Managementteam" in page


def test_a_body_that_may_not_sign_is_not_offered():
    people = team()
    project = project_of(people, kind="policy")
    advised(people, project)

    page = desk(people.lead).get(step_url(project, "check-vaststellen"))

    assert [value for value, _label in page.context["form"].fields["signer"].choices] == ["executive", "council"]


@pytest.mark.parametrize(("body", "needed"), [("council", True), ("executive", True), ("management", False)])
def test_the_number_of_the_decision_is_asked_for_where_it_is_needed(body, needed):
    people = team()
    project = project_of(people, deciding_body=body)
    advised(people, project)

    page = desk(people.lead).post(
        step_url(project, "check-vaststellen"), {"signer": body, "signer_name": "Vergadering", "_preview": "1"}
    )

    assert page.context["form"].fields["reference"].required == needed
    assert ("Vul het kenmerk in, zodat het besluit is terug te vinden" in page.content.decode()) == needed


def test_a_project_without_a_check_is_held_at_its_start_note_on_the_screen():
    people = team()
    project = project_of(people)
    client = desk(people.lead)

    page = client.get(file_url(project)).content.decode()
    refused = send(client, project, "volgende-fase")

    sentence = "Dit project kan niet verder dan de startnotitie"
    assert sentence in page
    assert sentence in refused
    project.refresh_from_db()
    assert project.phase == PhaseKind.START_NOTE


def test_a_decision_of_before_the_signature_is_refused_beside_the_day_and_nothing_typed_is_lost():
    people = team()
    project = project_of(people, in_decision=True)
    confirmed(people, project)
    yesterday = timezone.localdate() - timedelta(days=1)

    page = send(desk(people.lead), project, "besluit", **day("decided_on", yesterday), reference="Z-26-12")

    assert "Het besluit kan niet van vóór die dag zijn" in page
    assert 'value="Z-26-12"' in page
    project.refresh_from_db()
    assert project.decided_on is None


def test_a_project_with_a_signed_check_goes_on_on_the_screen():
    people = team()
    project = project_of(people)
    confirmed(people, project)

    send(desk(people.lead), project, "volgende-fase")

    project.refresh_from_db()
    assert project.phase == PhaseKind.DESIGN


def test_planning_and_details_change_on_the_screen():
    people = team()
    project = project_of(people)
    client = desk(people.ambassador)

    answers = {"execution_on": "on", "execution_from_0": "1", "execution_from_1": "1", "execution_from_2": "2027"}
    send(client, project, "planning", **answers)
    form = client.get(step_url(project, "wijzigen")).context["form"]
    assert next(section["title"] for section in form.sections) == "Waar gaat het over?"
    changed = {
        "title": "Kerkstraat en plein",
        "summary": "Nieuw.",
        "kind": "project",
        "department": people.department.pk,
        "lead": people.lead.pk,
        "deciding_body": "council",
        "budget_band": "small",
        **day("started_on", project.started_on),
    }
    send(client, project, "wijzigen", **changed)

    project.refresh_from_db()
    assert (project.title, project.deciding_body) == ("Kerkstraat en plein", "council")
    assert [phase.kind for phase in project.phases.all()] == ["start_note", "execution"]


@pytest.mark.parametrize("step", ["stoppen", "van-website", "besluit", "check-beginnen"])
def test_steps_that_do_not_belong_say_so(step):
    people = team()
    project = project_of(people)
    client = desk(people.coordinator)

    page = send(client, project, step)

    assert any(words in page for words in ("Deze stap hoort niet bij dit dossier", "Dit doet de projectleider"))


def test_the_list_asks_as_many_questions_for_three_rows_as_for_thirty():
    people = team()
    client = desk(people.coordinator)
    address = reverse("admin:participation_project_changelist")
    counts = []
    for more in (3, 27):
        for _number in range(more):
            CheckFactory(project=project_of(people))
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("filters", ["wacht=ik", "check=te-laat", "check=geen&fase=start_note", "wijk=alle", "q=Kerk"])
def test_the_list_narrows_and_leaves_as_a_file(filters):
    people = team()
    project_of(people, title="Kerkstraat")

    page = desk(people.lead).get(reverse("admin:participation_project_changelist") + f"?{filters}")

    assert page.status_code == 200


def test_who_stops_a_project_sees_what_goes_to_people_who_signed_up():
    people = team()
    project = project_of(people, published_at=timezone.now())
    sign_up = SignUpFactory(moment=MomentFactory(project=project, announced=True))
    client = desk(people.lead)
    values = {"version": project.version, "reason": "Er is geen geld meer."}

    seen = client.post(step_url(project, "stoppen"), {**values, "_preview": "1"}).content.decode()
    page = send(client, project, "stoppen", reason="Er is geen geld meer.")

    assert "Gaat niet door: " in seen
    assert "Er wordt niets verstuurd" not in seen
    assert f"Aan: {sign_up.name}" in page
