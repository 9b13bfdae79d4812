"""The parts of the file of a project, in reading order."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from ambassadors.desk import offer_advice
from participation.admin.registry import DESK
from participation.answers import answered
from participation.enums import CHECK_IN_PREPARATION
from participation.models import Project
from participation.policies import current_check, gate_refusal, next_phase
from participation.questions import advice_of, missing
from shared.audit.history import history
from shared.notifications.models import OutboxMessage
from shared.review.desk import Part
from shared.wijken.maps import place_map

T = gettext_lazy
FOLDER = "admin/participation/project"


def _project(case: Project, request: HttpRequest) -> dict[str, Any]:
    wijken = list(case.wijken.all())
    buurten = list(case.buurten.all())
    place = (buurten or wijken or [None])[0]
    return {
        "wijken": wijken,
        "buurten": buurten,
        "themes": list(case.themes.all()),
        "map": place_map(place) if place is not None else None,
    }


def _check(case: Project, request: HttpRequest) -> dict[str, Any]:
    check = current_check(case)
    if check is None:
        return {"check": None}
    return {
        "check": check,
        "chapters": answered(check),
        "groups": check.groups.all(),
        "moments": check.planned_moments.all(),
        "advice": advice_of(check),
        "lacking": missing(check) if check.status in CHECK_IN_PREPARATION else [],
    }


def _phases(case: Project, request: HttpRequest) -> dict[str, Any]:
    following = next_phase(case)
    return {
        "phases": case.phases.all(),
        "held": gate_refusal(case, following.kind) if case.is_active and following else "",
        "next_phase": following,
    }


def _versions(case: Project, request: HttpRequest) -> dict[str, Any]:
    return {"versions": case.checks.select_related("phase").order_by("-number")}


def _timeline(case: Project, request: HttpRequest) -> dict[str, Any]:
    return {"history": history(case), "letters": OutboxMessage.objects.about(case)}


DESK.show_on_file(
    Part("project", f"{FOLDER}/_project.html", _project, 10, left=True),
    Part("check", f"{FOLDER}/_check.html", _check, 20, left=True),
    Part("fasen", f"{FOLDER}/_phases.html", _phases, 10),
    Part("versies", f"{FOLDER}/_versions.html", _versions, 20),
    Part("tijdlijn", f"{FOLDER}/_timeline.html", _timeline, 90),
)
offer_advice(DESK, position=56, part_position=30)
