"""What a department did with residents in a month, for the letter to its ambassador."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.roundup import Line, Month, shortened
from participation.moments.enums import Status
from participation.moments.models import Moment
from shared.accounts.models import Department
from shared.links import absolute


def lines(department: Department, month: Month) -> list[Line]:
    """Moments that were held, and feedback that was given."""
    moments = Moment.objects.filter(project__department=department).select_related("project")
    held = moments.filter(status__in=[Status.HELD, Status.CLOSED], starts_at__range=month.moments)
    told = moments.filter(feedback__sent_at__range=month.moments)
    return [
        *shortened(
            [_line(_("%(title)s (%(project)s): met bewoners gesproken"), moment) for moment in held],
            lambda n: ngettext("en nog %(n)d moment", "en nog %(n)d momenten", n),
        ),
        *shortened(
            [
                _line(_("%(title)s (%(project)s): verteld wat wij ermee doen"), moment)
                for moment in told.order_by("feedback__sent_at", "pk")
            ],
            lambda n: ngettext("en nog %(n)d terugkoppeling", "en nog %(n)d terugkoppelingen", n),
        ),
    ]


def _line(words: str, moment: Moment) -> Line:
    page = absolute(reverse("admin:moments_moment_change", args=[moment.pk]))
    return Line(words % {"title": moment.title, "project": moment.project.title}, page)
