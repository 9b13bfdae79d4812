"""What a list may change of a project that it brought before: what it says, and nothing else.

The start date stays whatever the list says: the last day of the check is counted from it, and a project that is late
must not become in time because a list was read again.
"""

from dataclasses import fields
from typing import Any

from django.utils.translation import gettext as _

from participation.enums import PHASE_ORDER, PhaseKind
from participation.imports.columns import PHASE_NAMES
from participation.imports.rows import Understood
from participation.models import Project
from participation.workflow import Details, Planned
from shared.lifecycle import WorkflowError

PLACES = ("wijken", "buurten", "themes")


def details(known: Project, found: Understood) -> Details:
    """The project as it is, with what the row filled in."""
    values = _as_it_is(known)
    values |= {name: getattr(found.details, name) for name in found.said & values.keys() - {"started_on", *PLACES}}
    if "themes" in found.said:
        values["themes"] = found.details.themes
    if "wijken" in found.said:
        values["wijken"] = found.details.wijken
        values["buurten"] = [each for each in values["buurten"] if each.wijk in found.details.wijken]
    elif "buurten" in found.said:
        values["wijken"] = list(dict.fromkeys([*values["wijken"], *found.details.wijken]))
    if "buurten" in found.said:
        values["buurten"] = found.details.buurten
    return Details(**values)


def is_same(known: Project, wanted: Details) -> bool:
    """Nothing would change."""
    return all(
        set(value) == set(getattr(wanted, name)) if name in PLACES else value == getattr(wanted, name)
        for name, value in _as_it_is(known).items()
    )


def planned(known: Project) -> list[Planned]:
    """The phases that the project has, in their order."""
    phases = {phase.kind: phase for phase in known.phases.all()}
    found = (phases[kind] for kind in PHASE_ORDER if kind in phases)
    return [Planned(PhaseKind(phase.kind), phase.planned_from, phase.planned_to) for phase in found]


def planning(known: Project, found: Understood) -> list[Planned]:
    """The phases that the project has and those of the row, with the days that the row filled in.

    Raises:
        WorkflowError: with a day of the row a phase would end before it begins.
    """
    here = {each.kind: each for each in planned(known)}
    listed = {each.kind: each for each in found.planning}
    return [
        _merged(here.get(kind, Planned(kind)), listed.get(kind)) for kind in PHASE_ORDER if kind in {**here, **listed}
    ]


def _merged(here: Planned, listed: Planned | None) -> Planned:
    if listed is None:
        return here
    merged = Planned(here.kind, listed.planned_from or here.planned_from, listed.planned_to or here.planned_to)
    if merged.planned_from and merged.planned_to and merged.planned_to < merged.planned_from:
        raise WorkflowError(_("de fase %(phase)s eindigt voordat zij begint") % {"phase": PHASE_NAMES[here.kind]})
    return merged


def _as_it_is(known: Project) -> dict[str, Any]:
    """The details of the register."""
    return {
        each.name: list(getattr(known, each.name).all()) if each.name in PLACES else getattr(known, each.name)
        for each in fields(Details)
    }
