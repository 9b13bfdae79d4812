"""Advice about a project: asked on its file, routed by all its themes and wijken, given, and used in the motivation."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ambassadors.enums import AdviceVerdict
from ambassadors.models import AdviceRequest
from ambassadors.workflow import advice
from participation import workflow
from participation.legal_basis import Paper
from participation.models import Project
from participation.motivation import document
from participation.motivation_files import as_text
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from tests.factories.accounts import AmbassadorFactory, DepartmentFactory, ProjectLeadFactory
from tests.factories.ambassadors import AdviceRequestFactory, ThemeDutyFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import WijkFactory
from tests.participation.checking import confirmed, project_of, team
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db
TEXT = "Houd de bomen buiten de sleuf."


def asked(project: Project) -> AdviceRequest:
    """Advice on this project, of the ambassador of another department."""
    where = {"wijk": project.wijken.first(), "theme": project.themes.first()}
    request: AdviceRequest = AdviceRequestFactory(subject=project, asked_by=project.lead, **where)
    return request


def ask_on_the_file(client, project: Project, **answers: object) -> str:
    """Take the step as its page does: look at the letter, then send."""
    address = reverse("admin:participation_project_step", args=[project.pk, "advies-vragen"])
    project.refresh_from_db()
    due = today() + timedelta(days=10)
    values = {"version": project.version, "due_on_0": due.day, "due_on_1": due.month, "due_on_2": due.year, **answers}
    looked = client.post(address, {**values, "_preview": "1"})
    values["seen"] = looked.context["letters"].fingerprint
    return client.post(address, {**values, "_send": "1"}, follow=True).content.decode()


def test_the_lead_asks_whom_the_second_theme_and_the_second_wijk_point_to(client):
    people = team()
    green, water, elsewhere = ThemeFactory(), ThemeFactory(), WijkFactory()
    project = project_of(people, themes=[green, water], wijken=[people.wijk, elsewhere])
    ambassadors = [AmbassadorFactory(department=DepartmentFactory(name=name)) for name in ("A", "B", "C", "Z")]
    of_wijk, of_theme, of_other_wijk = (each.role_assignments.get().department for each in ambassadors[:0:-1])
    ThemeDutyFactory(theme=water, department=of_wijk, wijk=elsewhere)
    ThemeDutyFactory(theme=green, department=of_theme)
    ThemeDutyFactory(theme=green, department=of_other_wijk, wijk=WijkFactory())
    sign_in(client, people.lead)
    address = reverse("admin:participation_project_step", args=[project.pk, "advies-vragen"])

    offered = [key for key, _words in client.get(address).context["form"].fields["adviser"].choices]
    page = ask_on_the_file(client, project, adviser=of_wijk.pk, question="Wat ligt er in de grond?")

    assert offered[:2] == [str(of_wijk.pk), str(of_theme.pk)]
    assert offered.index(str(of_other_wijk.pk)) > 1
    assert "Wat ligt er in de grond?" in page
    request = AdviceRequest.objects.get()
    assert (request.owner, request.reference) == (ambassadors[3], project.reference)
    letter = OutboxMessage.objects.get()
    assert letter.recipient_email == ambassadors[3].email
    assert "Wat ligt er in de grond?" in letter.text


def test_the_answer_reaches_the_lead_and_stands_in_the_motivation_under_its_department(client):
    people = team()
    project = project_of(people, themes=[ThemeFactory()])
    confirmed(people, project)
    request = asked(project)
    OutboxMessage.objects.all().delete()

    advice.answer(request, verdict=AdviceVerdict.CONCERN, text=TEXT, by=request.owner)

    letter = OutboxMessage.objects.get()
    assert letter.recipient_email == people.lead.email
    assert TEXT in letter.text
    text = as_text(document(project, Paper.MOTIVATION)).decode()
    assert f"{request.department}: Aandachtspunt. {TEXT}".lower() in text.lower()
    assert request.owner.name not in text
    assert TEXT not in as_text(document(project, Paper.NOTICE)).decode()
    sign_in(client, people.lead)
    assert TEXT in client.get(reverse("admin:participation_project_change", args=[project.pk])).content.decode()


def test_advice_is_not_asked_by_a_colleague_of_another_project_nor_given_when_it_stopped():
    people = team()
    project = project_of(people, themes=[ThemeFactory()])
    request = asked(project)
    terms = {"question": "Kan dit?", "due_on": today() + timedelta(days=7)}
    other = AmbassadorFactory()
    to = advice.Adviser(department=other.role_assignments.get().department, user=other)

    with pytest.raises(WorkflowError, match="behandelt deze zaak niet"):
        advice.ask(project, to=to, by=ProjectLeadFactory(department=people.department), **terms)
    workflow.stop(project, reason="Er is geen geld meer.", by=people.lead)
    with pytest.raises(WorkflowError, match="niet meer"):
        advice.answer(request, verdict=AdviceVerdict.NO_OBJECTION, text="", by=request.owner)
    project.refresh_from_db()

    with pytest.raises(WorkflowError, match="Advies helpt niet meer"):
        advice.ask(project, to=to, by=people.lead, **terms)
