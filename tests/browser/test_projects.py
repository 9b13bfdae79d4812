"""Every step of a project, its list and its reports in the browser; its story stands in `test_participation_story`."""

import pytest
from django.urls import reverse

from participation.admin.registry import DESK
from tests.browser.conftest import DESK as WIDE
from tests.browser.test_staff_pages import arrive
from tests.factories.accounts import ManagerFactory
from tests.factories.participation import CheckFactory, ProjectFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_steps_of_a_project_its_list_and_its_reports_pass_the_gates(visitor):
    manager = ManagerFactory()
    signed = CheckFactory(project=ProjectFactory(in_decision=True), published=True).project
    held = ProjectFactory(published=True)
    stopped = ProjectFactory(stopped=True)
    desk = arrive(visitor, manager, WIDE)

    opened = []
    for project in (signed, held, stopped):
        for step in DESK.step_pages():
            address = reverse("admin:participation_project_step", args=[project.pk, step.slug])
            if step.concerns(project, manager) and not step.why_not(project, manager):
                desk.open(address)
                assert desk.page.url.endswith(address)
                opened.append(step.slug)
    assert {"besluit", "wijzigen", "planning", "stoppen", "hervatten", "van-website", "check-beginnen"} <= set(opened)
    reports = ("project_reports", "moment_reports", "ambassador_reports", "participation:dossiers")
    for address in ("admin:participation_project_import", *reports):
        desk.open(reverse(address))
    desk.open(reverse("participation:dossier", args=[signed.reference]))
