"""The work list as a query: what a person may see, narrowed as on the screen."""

from dataclasses import replace

from initiatives.admin.filters import WORKLIST_FILTERS
from initiatives.models import Initiative
from initiatives.querysets import InitiativeQuerySet
from initiatives.reports import INITIATIVES
from initiatives.worklist import OPEN_PROMISE, late_first
from shared.accounts.models import User
from shared.reports import registry
from shared.review.selection import Selection

# Where a search word may stand: the number, the resident's own words, and how the resident is reached.
SEARCHED = ("reference", "title", "public_title", "what", "benefit", "place", "name", "email", "phone")


def worklist(user: User) -> InitiativeQuerySet:
    """Everything that this person reviews; `promise` is the day by which an answer is still owed."""
    return Initiative.objects.reviewable_by(user).annotate(promise=OPEN_PROMISE)


SELECTION = Selection(cases=worklist, filters=WORKLIST_FILTERS, searched=SEARCHED, order=late_first)

# The export of the work list: the columns of the programme's report, the rows of the screen.
WORKLIST = registry.register(
    replace(
        INITIATIVES,
        name="werkvoorraad",
        rows=SELECTION.selected,
        read_filters=SELECTION.read_filters,
        free_text=frozenset({"q"}),
    )
)
