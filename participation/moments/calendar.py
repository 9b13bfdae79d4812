"""A moment as people put it in their own calendar."""

from django.utils.translation import gettext as _

from participation.moments.enums import Status
from participation.moments.models import Moment
from shared.calendar_file import CalendarEvent


def calendar_event(moment: Moment) -> CalendarEvent:
    """The date of this moment: the same UID for ever, a higher SEQUENCE after each change."""
    return CalendarEvent(
        uid=f"moment-{moment.pk}",
        title=moment.title,
        starts=moment.starts_at,
        ends=moment.ends_at,
        path=moment.get_absolute_url(),
        changed_at=moment.changed_at,
        place=moment.place,
        text="\n\n".join(filter(None, [moment.text, _access(moment), moment.link])),
        sequence=moment.version,
        cancelled=moment.status == Status.CANCELLED,
    )


def _access(moment: Moment) -> str:
    return _("Toegankelijkheid: %(text)s") % {"text": moment.access} if moment.access else ""
