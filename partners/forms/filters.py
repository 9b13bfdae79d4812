"""Filters of the lists: plain parameters in the address, so that a list can be kept and shared."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.ui.forms import PortalForm
from shared.wijken.models import Wijk


class WijkFilter(PortalForm):
    """Wijk and status; a value that means nothing leaves nothing."""

    wijk = forms.ChoiceField(label=gettext_lazy("Wijk"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)

    # Where the wijk of a row stands.
    wijk_path = "wijk"

    def __init__(self, chosen: dict[str, Any], *, wijken: list[Wijk], statuses: list[tuple[str, Any]]) -> None:
        self.chosen = {name: value for name in ("wijk", "status") if (value := chosen.get(name, ""))}
        super().__init__(initial=self.chosen)
        self.open_statuses: tuple[str, ...] = ()
        everywhere = [("", _("Al uw wijken")), *((wijk.slug, wijk.short_name) for wijk in wijken)]
        self.fields["wijk"].choices = everywhere  # type: ignore[attr-defined]
        self.fields["status"].choices = [("", _("Alle")), ("open", _("Nog open")), *statuses]  # type: ignore[attr-defined]
        if len(wijken) < 2:
            del self.fields["wijk"]

    def narrow(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """What the filters leave."""
        if wijk := self.chosen.get("wijk"):
            found = found.filter(**{f"{self.wijk_path}__slug": wijk})
        if status := self.chosen.get("status"):
            found = found.filter(status__in=self.open_statuses if status == "open" else [status])
        return found


class FindingFilter(WijkFilter):
    """The same for findings, which lie in the wijk of their walk."""

    wijk_path = "walk__wijk"
