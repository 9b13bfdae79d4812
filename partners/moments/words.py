"""Days and hours as people say them."""

from datetime import date, datetime

from django.utils.dateformat import format as format_date
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from partners.rules.agenda import local_day
from shared.terms.calendar import AMSTERDAM

# Longer is for the page itself.
SHORT = 160


def hours_in_words(starts: datetime | date, ends: datetime | date | None) -> str:
    """19:30 tot 21:00 uur; of several days also until which one."""
    if not isinstance(starts, datetime):
        if local_day(ends or starts) > local_day(starts):
            return _("tot en met %(day)s") % {"day": day_in_words(local_day(ends or starts))}
        return _("hele dag")
    begin = format_date(starts.astimezone(AMSTERDAM), "H:i")
    if not isinstance(ends, datetime):
        return _("%(time)s uur") % {"time": begin}
    end = format_date(ends.astimezone(AMSTERDAM), "H:i")
    if (local_day(ends) - local_day(starts)).days > 1:
        # A questionnaire of three weeks: the day until which is what counts.
        return _("tot en met %(day)s") % {"day": day_in_words(local_day(ends))}
    if local_day(ends) > local_day(starts):
        return _("%(time)s uur tot %(day)s %(until)s uur") % {
            "time": begin,
            "day": day_in_words(local_day(ends)),
            "until": end,
        }
    return _("%(time)s tot %(until)s uur") % {"time": begin, "until": end}


def day_in_words(day: date) -> str:
    """dinsdag 7 april 2026."""
    return format_date(day, "l j F Y")


def in_short(text: str) -> str:
    """The beginning of a longer text, on one line."""
    return Truncator(" ".join(text.split())).chars(SHORT)
