"""The same subsidy year after year: from three years on it is not refused overnight (Awb article 4:51)."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from subsidies.enums import AWARDED, Status
from subsidies.findings.finding import Finding, Level
from subsidies.findings.related import listed, related, same_address, same_person
from subsidies.models import Application

# From this many years on a refusal because of other circumstances or views needs a reasonable term.
LONG = 3


def consecutive_years(application: Application, others: Iterable[Application] | None = None) -> list[Application]:
    """The grants of the years right before this one, newest first: same scheme, same person, address or plan.

    One for each year without a gap. Whether the activities are the same is for a person to see.
    """
    by_year: dict[int, Application] = {}
    for other in related(application) if others is None else others:
        if _is_the_same(other, application):
            by_year.setdefault(_year(other), other)
    found = []
    year = _year(application) - 1
    while year in by_year:
        found.append(by_year[year])
        year -= 1
    return found


def years(application: Application, others: list[Application]) -> Iterator[Finding]:
    """Say how long it has been going on: from three years on, and when the scheme sets a limit."""
    found = consecutive_years(application, others)
    if most := application.scheme_version.maximum_years:
        text = ngettext("Al %(n)d jaar achter elkaar toegekend", "Al %(n)d jaren achter elkaar toegekend", len(found))
        values = {"words": text % {"n": len(found)}, "most": most}
        words = _("%(words)s; de regeling staat er hooguit %(most)d toe.") % values
        yield Finding(_("Aantal jaren"), words, Level.AGAINST if len(found) >= most else Level.FINE)
    if len(found) >= LONG:
        text = _(
            "Deze subsidie kwam al %(n)d jaar achter elkaar: %(cases)s. Gaat het om dezelfde activiteiten, dan kan "
            "weigeren om andere omstandigheden of inzichten alleen met een redelijke termijn (Awb 4:51)."
        )
        yield Finding(_("Jaren achter elkaar"), text % {"n": len(found), "cases": listed(found)}, Level.QUESTION)


def _is_the_same(other: Application, application: Application) -> bool:
    if other.scheme_id != application.scheme_id or not other.granted_amount:
        return False
    if other.status not in (*AWARDED, Status.CLOSED) or other.settled_amount == 0:
        return False
    same_plan = application.initiative_id is not None and other.initiative_id == application.initiative_id
    return same_plan or same_person(other, application) or same_address(other, application)


def _year(application: Application) -> int:
    """The year in which the activity is, or else that of the application."""
    return (application.starts_on or application.received_on).year
