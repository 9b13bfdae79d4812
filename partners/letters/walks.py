"""What we write about a wijkschouw and what was found on it."""

from typing import Any

from partners.models import Finding, Walk
from shared.links import absolute
from shared.notifications.compose import Letter, compose


def invitation(walk: Walk) -> Letter:
    """Walk along: when, where, and the checklist."""
    return _about_walk("walk_invitation", walk)


def changed(walk: Walk) -> Letter:
    """Another moment or place."""
    return _about_walk("walk_changed", walk)


def cancelled(walk: Walk, reason: str) -> Letter:
    """It does not go on."""
    return _about_walk("walk_cancelled", walk, reason=reason)


def report(walk: Walk, findings: list[Finding]) -> Letter:
    """What was seen and who does something about it; the report goes along as a PDF."""
    return _about_walk("walk_report", walk, findings=findings)


def assigned(finding: Finding) -> Letter:
    """To who has to do something about it."""
    return _about_finding("finding_assigned", finding)


def reminder(finding: Finding, *, late: bool) -> Letter:
    """The day comes near, or has passed."""
    return _about_finding("finding_reminder", finding, late=late)


def closed(finding: Finding) -> Letter:
    """To who organised the walk: it was solved, or it cannot be."""
    return _about_finding("finding_closed", finding)


def _about_walk(name: str, walk: Walk, **context: Any) -> Letter:
    return compose(f"partners/letters/{name}.txt", {"walk": walk, "url": absolute(walk.get_absolute_url()), **context})


def _about_finding(name: str, finding: Finding, **context: Any) -> Letter:
    values = {"finding": finding, "walk": finding.walk, "url": absolute(finding.get_absolute_url()), **context}
    return compose(f"partners/letters/{name}.txt", values)
