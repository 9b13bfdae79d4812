"""The work list as a query: what a person may see, narrowed as on the screen; and the same rows as a file."""

from django.db.models import F, OrderBy
from django.utils.translation import gettext_lazy

from participation.challenges import reports
from participation.challenges.admin.filters import FILTERS
from participation.challenges.models import Challenge
from shared.reports import registry
from shared.reports.columns import Report
from shared.review.selection import Selection

# Where a search word may stand: the number, the task, the group, and how it is reached.
SEARCHED = ("reference", "title", "group_name", "name", "email", "phone", "place")


def _order() -> list[OrderBy]:
    return [OrderBy(F("decide_by"), nulls_last=True), F("submitted_at").desc(), F("pk").desc()]


SELECTION = Selection(cases=Challenge.objects.reviewable_by, filters=FILTERS, searched=SEARCHED, order=_order)

WORKLIST = registry.register(
    Report(
        name="uitdaagrecht",
        title=gettext_lazy("Uitdaagrecht"),
        model=Challenge,
        rows=SELECTION.selected,
        read_filters=SELECTION.read_filters,
        may_export=reports.may_export,
        personal_scope=reports.personal_scope,
        columns=reports.COLUMNS,
        free_text=frozenset({"q"}),
        not_exported=reports.NOT_EXPORTED,
    )
)
