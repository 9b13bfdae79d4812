"""What an initiator offers or asks for a plan: fewer questions than of a partner, since the plan says where."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from partners.enums.offers import Direction, Resource
from partners.forms.terms import TermsForm
from partners.models import Listing
from shared.ui.forms import Section
from shared.wijken.models import Wijk

KEPT = ("title", "amount", "what", "starts_on", "ends_on", "conditions", "may_be_public")


class PlanListingForm(TermsForm):
    """What, how much, when, on which conditions. A need is called after the plan, and is on the website with it."""

    submit_label = gettext_lazy("Op de lijst zetten")

    may_be_public = forms.BooleanField(
        label=gettext_lazy("Dit mag ook op de website, waar iedereen het leest"), required=False
    )

    def __init__(
        self,
        *args: Any,
        direction: str,
        wijk: Wijk,
        kinds: list[Resource],
        listing: Listing | None = None,
        day: date | None = None,
    ) -> None:
        given = {"starts_on": day, "ends_on": day}
        initial = {name: getattr(listing, name) for name in KEPT} if listing else given
        super().__init__(*args, wijk=wijk, initial=initial)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        asks = direction == Direction.NEED
        if listing:
            del self.fields["kind"]
            self.submit_label = gettext_lazy("Wijziging bewaren")
        for name in ("title", "may_be_public") if asks else ():
            del self.fields[name]
        what = [name for name in ("kind", "title", "amount", "what") if name in self.fields]
        rest = [name for name in ("conditions", "may_be_public") if name in self.fields]
        self.layout = [
            Section(gettext_lazy("Wat"), *what),
            Section(gettext_lazy("Wanneer"), "starts_on", "ends_on"),
            Section(gettext_lazy("Afspraken"), *rest),
        ]
