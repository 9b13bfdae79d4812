"""The work list as a query: what a person may see, narrowed as on the screen."""

from dataclasses import replace

from shared.accounts.models import User
from shared.reports import registry
from shared.review.selection import Selection
from shared.terms.calendar import today
from subsidies.admin.filters import WORKLIST_FILTERS
from subsidies.models import Application
from subsidies.querysets import ApplicationQuerySet
from subsidies.reports import APPLICATIONS
from subsidies.worklist import most_urgent_first, with_waits

# Where a search word may stand: the number, the applicant's own words, and how the applicant is reached.
SEARCHED = ("reference", "title", "what", "benefit", "place", "organisation", "name", "email", "phone", "street")


def worklist(user: User) -> ApplicationQuerySet:
    """Everything that this person reviews."""
    return with_waits(Application.objects.reviewable_by(user), today())


SELECTION = Selection(cases=worklist, filters=WORKLIST_FILTERS, searched=SEARCHED, order=most_urgent_first)

# The export of the work list: the columns of the programme's report, the rows of the screen.
WORKLIST = registry.register(
    replace(
        APPLICATIONS,
        name="werkvoorraad-aanvragen",
        rows=SELECTION.selected,
        read_filters=SELECTION.read_filters,
        free_text=frozenset({"q"}),
    )
)
