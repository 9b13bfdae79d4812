"""The list of projects as a query: what a person may see, narrowed as on the screen."""

from dataclasses import replace

from participation.admin.filters import WORKLIST_FILTERS
from participation.models import Project
from participation.querysets import ProjectQuerySet
from participation.reports import PROJECTS
from participation.worklist import most_urgent_first, with_checks
from shared.accounts.models import User
from shared.reports import registry
from shared.review.selection import Selection

SEARCHED = ("reference", "title", "summary", "place", "lead__name")


def worklist(user: User) -> ProjectQuerySet:
    """Everything that this person may see."""
    return with_checks(Project.objects.visible_to(user))


SELECTION = Selection(cases=worklist, filters=WORKLIST_FILTERS, searched=SEARCHED, order=most_urgent_first)

# The export of the list: the columns of the programme's report, the rows of the screen.
WORKLIST = registry.register(
    replace(
        PROJECTS,
        name="werkvoorraad-projecten",
        rows=SELECTION.selected,
        read_filters=SELECTION.read_filters,
        free_text=frozenset({"q"}),
    )
)
