"""What the page of a plan says of the challenges that belong to it."""

from initiatives.models import Initiative
from initiatives.parts import Part
from participation.challenges.models import Challenge


def public_part(initiative: Initiative) -> Part | None:
    """The requests to take over a task that everybody may read."""
    found = Challenge.objects.public().filter(initiative=initiative).only("reference", "title", "status")
    challenges = list(found)
    return Part("challenges/on_plan.html", {"challenges": challenges}) if challenges else None
