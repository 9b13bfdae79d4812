"""How an action, a signal, a walk and a finding look in a list: every string prepared once."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.models import Finding, JointAction, Signal, Walk
from shared.terms.calendar import days_left_in_words


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list; `mark` asks for attention."""

    url: str
    title: str
    meta: str
    status: str
    status_label: str
    foot: str = ""
    mark: str = ""


def action_row(action: JointAction) -> Row:
    """A joint action, from `JointActionQuerySet.for_list`."""
    today = timezone.localdate()
    partners = ", ".join(partner.name for partner in action.partners.all())
    owner = _("trekker: %(owner)s") % {"owner": action.owner}
    total, done = getattr(action, "steps_total", 0), getattr(action, "steps_done", 0)
    steps = _("%(done)s van %(total)s stappen gedaan") % {"done": done, "total": total} if total else ""
    next_on: date | None = getattr(action, "next_on", None) if action.is_at_work else None
    return Row(
        url=action.get_absolute_url(),
        title=action.title,
        meta=" · ".join(filter(None, [str(action.wijk), action.theme.label, str(action.year), owner])),
        status=action.status,
        status_label=action.status_label,
        foot=" · ".join(filter(None, [partners, steps])),
        mark=_("volgende stap: %(when)s") % {"when": days_left_in_words(next_on, today)} if next_on else "",
    )


def signal_row(signal: Signal) -> Row:
    """A signal, from `SignalQuerySet.for_list`."""
    return Row(
        url=signal.get_absolute_url(),
        title=signal.title,
        meta=f"{signal.theme.label} · {signal.where}",
        status=signal.status,
        status_label=signal.status_label,
        foot=f"{signal.partner or signal.get_source_display()}, {_day(timezone.localdate(signal.noted_at))}",
        mark=_("op de website") if signal.is_published else "",
    )


def walk_row(walk: Walk) -> Row:
    """A walk, from `WalkQuerySet.for_list`."""
    total, still_open = getattr(walk, "findings_total", 0), getattr(walk, "findings_open", 0)
    found = ngettext("%d bevinding", "%d bevindingen", total) % total
    local = timezone.localtime(walk.starts_at)
    return Row(
        url=walk.get_absolute_url(),
        title=walk.title,
        meta=f"{walk.wijk} · {format_date(local, 'l j F Y, H:i')} · {walk.gather_at}",
        status=walk.status,
        status_label=walk.status_label,
        foot=found if total else "",
        mark=ngettext("%d nog open", "%d nog open", still_open) % still_open if still_open else "",
    )


def finding_row(finding: Finding) -> Row:
    """A finding, from `FindingQuerySet.for_list`."""
    today = timezone.localdate()
    due = days_left_in_words(finding.due_on, today) if finding.due_on and finding.is_open else ""
    return Row(
        url=finding.get_absolute_url(),
        title=finding.text if len(finding.text) <= 90 else finding.text[:88].rsplit(" ", 1)[0] + " …",
        meta=" · ".join(filter(None, [str(finding.item or _("Iets anders")), finding.where, str(finding.walk.wijk)])),
        status=finding.status,
        status_label=finding.status_label,
        foot=finding.addressee,
        mark=due,
    )


def _day(day: date) -> str:
    return format_date(day, "j F Y")
