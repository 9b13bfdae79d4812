"""An appointment of an ambassador and a coordinator, as they put it in their own calendar."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ambassadors.models import ContactNote
from shared.calendar_file import CONTENT_TYPE, CalendarEvent, calendar_file
from shared.notifications.outbox import Attachment


def calendar_event(note: ContactNote) -> CalendarEvent:
    """The whole day of the appointment: the hour is theirs to agree on."""
    return CalendarEvent(
        uid=f"contact-{note.pk}",
        title=_("Afspraak %(department)s: %(who)s") % {"department": note.department, "who": note.with_whom},
        starts=note.held_on,
        path=reverse("admin:ambassadors_contacts"),
        changed_at=note.written_at,
        text=note.text,
    )


def date_of(note: ContactNote) -> Attachment:
    """The appointment as a file for a calendar."""
    return Attachment("agenda.ics", CONTENT_TYPE, calendar_file([calendar_event(note)]))
