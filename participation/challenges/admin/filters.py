"""The filters of the work list of challenges."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.challenges.enums import CLOSED, UNDECIDED, Status
from shared.accounts.models import User
from shared.review.filters import MessageFilter, Options, OwnerFilter, WijkFilter, WorklistFilter, one_of
from shared.terms.calendar import today

SOON = 14


class StatusFilter(WorklistFilter):
    """The status as staff call it, and everything that is still open."""

    title = _("status")
    parameter_name = "status"
    is_main = True

    @classmethod
    def options(cls, user: User) -> Options:
        """One status, or none of the closed ones."""
        return {"open": (_("Alles wat nog loopt"), ~Q(status__in=CLOSED)), **one_of("status", Status)}


class TermFilter(WorklistFilter):
    """How long there is left to decide."""

    title = _("beslissen")
    parameter_name = "termijn"
    is_main = True

    @classmethod
    def options(cls, user: User) -> Options:
        """Only what has still to be decided on."""
        day = today()
        soon = (day, day + timedelta(days=SOON))
        return {
            "te-laat": (_("Te laat"), Q(status__in=UNDECIDED, decide_by__lt=day)),
            "bijna": (_("Komende 14 dagen"), Q(status__in=UNDECIDED, decide_by__range=soon)),
        }


FILTERS: tuple[type[WorklistFilter], ...] = (OwnerFilter, TermFilter, MessageFilter, StatusFilter, WijkFilter)
