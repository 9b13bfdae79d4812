"""What the portal notices about an application: each finding says what is so and why it matters, never a verdict.

A finding that something goes against the rules is still for the reviewer to judge; what earlier cases show is always
a question, because two people can share a house, a name or an account.
"""

from datetime import date

from subsidies.findings import scheme
from subsidies.findings.advice import advice, public_space, why_not_yet
from subsidies.findings.conflict import conflict_hints
from subsidies.findings.earlier import earlier
from subsidies.findings.finding import Finding, Level
from subsidies.findings.support import support
from subsidies.findings.years import LONG, consecutive_years
from subsidies.models import Application

__all__ = ["LONG", "Finding", "Level", "conflict_hints", "consecutive_years", "findings", "why_not_yet"]


def findings(application: Application, on: date) -> list[Finding]:
    """Everything that can be looked at without a person, in the order of the checklist."""
    return [
        *scheme.time(application),
        *scheme.money(application, on),
        *scheme.applicant(application),
        *scheme.privacy(application),
        *scheme.together(application),
        *earlier(application),
        *support(application),
        *scheme.plan(application),
        *scheme.place(application),
        *public_space(application),
        *advice(application),
    ]
