"""What visitors may ask of the agenda: plain GET parameters; what makes no sense is left out, never an error page."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from shared.themes.models import Theme
from shared.wijken.models import Wijk

MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


class AgendaFilter(forms.Form):
    """Wijk and theme."""

    use_required_attribute = False

    wijk = forms.ChoiceField(label=_("Wijk"), required=False, widget=forms.Select(attrs={"class": "utrecht-select"}))
    thema = forms.ChoiceField(label=_("Thema"), required=False, widget=forms.Select(attrs={"class": "utrecht-select"}))

    def __init__(self, data: Any, *, wijken: list[Wijk], themes: list[Theme]) -> None:
        super().__init__(data)
        self._wijken = {wijk.slug: wijk for wijk in wijken}
        self._themes = {theme.slug: theme for theme in themes}
        self.fields["wijk"].choices = [("", _("Alle wijken")), *((w.slug, w.short_name) for w in wijken)]
        self.fields["thema"].choices = [("", _("Alle thema's")), *((t.slug, t.label) for t in themes)]
        self.is_valid()

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked and understood, by parameter."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def chosen_wijk(self) -> Wijk | None:
        """The wijk that was asked for."""
        return self._wijken.get(self.cleaned_data.get("wijk", ""))

    @property
    def chosen_theme(self) -> Theme | None:
        """The theme that was asked for."""
        return self._themes.get(self.cleaned_data.get("thema", ""))

    @property
    def narrowing(self) -> dict[str, int | None]:
        """The same for `moments.sources.gather`."""
        wijk, theme = self.chosen_wijk, self.chosen_theme
        return {"wijk": wijk.pk if wijk else None, "theme": theme.pk if theme else None}

    def query(self, **more: str) -> str:
        """The same in an address, with what else it needs."""
        query = urlencode({**self.chosen, **more})
        return f"?{query}" if query else ""


def read_month(text: str, today: date) -> date:
    """The first day of the month that was asked for, at most two years away; else of this month."""
    found = MONTH.fullmatch(text)
    month = date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)
    return month if abs(month.year - today.year) <= 2 else today.replace(day=1)
