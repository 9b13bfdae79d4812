"""A colleague behind the screens of a project."""

from django.test import Client
from django.urls import reverse

from participation.models import Project
from shared.accounts.models import User
from tests.sign_in import sign_in


def desk(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client


def file_url(project: Project) -> str:
    return reverse("admin:participation_project_change", args=[project.pk])


def step_url(project: Project, slug: str) -> str:
    return reverse("admin:participation_project_step", args=[project.pk, slug])


def send(client: Client, project: Project, slug: str, **answers: object) -> str:
    """Take a step as its page does: look at the letters, then send; gives the page after it."""
    project.refresh_from_db()
    values = {"version": project.version, **answers}
    looked = client.post(step_url(project, slug), {**values, "_preview": "1"})
    seen = looked.context.get("letters") if looked.context else None
    values["seen"] = seen.fingerprint if seen else ""
    return client.post(step_url(project, slug), {**values, "_send": "1"}, follow=True).content.decode()


def day(name: str, value: object) -> dict[str, object]:
    return {f"{name}_0": value.day, f"{name}_1": value.month, f"{name}_2": value.year}
