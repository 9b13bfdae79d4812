"""Money that was given, as a section of the letter of a wijk: totals and titles as the public register has them."""

from collections.abc import Iterator
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.moments.news import Section, Span
from partners.moments.news_own import about_plan
from partners.rules.newsletter import NewsItem
from shared.ui.notations import euro_text
from shared.wijken.models import Wijk
from subsidies.models import Application


def grants(wijk: Wijk, span: Span) -> Iterator[NewsItem]:
    """Decisions of these days; of residents only the title of a plan that is on the website."""
    given = Application.objects.filter(wijk=wijk, granted_amount__gt=0, decided_at__gte=span.since)
    for case in given.select_related("scheme", "initiative").order_by("-decided_at", "-pk"):
        plan = case.initiative if case.initiative and case.initiative.is_published else None
        title = plan.public_title if plan else _("%(scheme)s voor een plan in de wijk") % {"scheme": case.scheme.name}
        path = plan.get_absolute_url() if plan else reverse("subsidies:register")
        amount = euro_text(case.granted_amount or Decimal(0)).removesuffix(",00")
        yield NewsItem(
            f"grant:{case.reference}",
            title,
            path,
            _("%(scheme)s: %(amount)s") % {"scheme": case.scheme.name, "amount": amount},
            about=about_plan(plan) if plan else "",
        )


GRANTS = Section(gettext_lazy("Geld voor plannen"), grants, 30)
