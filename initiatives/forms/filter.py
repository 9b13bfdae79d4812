"""What visitors may ask of the list: plain GET parameters; what makes no sense is left out, never an error page."""

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from initiatives.enums import PUBLIC_STATUSES, Status
from initiatives.querysets import InitiativeQuerySet
from shared.themes.models import Theme
from shared.wijken.models import Wijk


class FilterForm(forms.Form):
    """Search words, wijk, theme, status and order of the public list."""

    use_required_attribute = False

    zoek = forms.CharField(label=_("Zoeken"), required=False, max_length=100, strip=True)
    wijk = forms.ChoiceField(label=_("Wijk"), required=False)
    thema = forms.ChoiceField(label=_("Thema"), required=False)
    status = forms.ChoiceField(label=_("Hoe staat het ervoor?"), required=False)
    volgorde = forms.ChoiceField(
        label=_("Volgorde"),
        required=False,
        choices=[
            ("nieuw", _("Nieuwste eerst")),
            ("steun", _("Meeste buren eerst")),
            ("datum", _("Eerst aan de beurt")),
        ],
    )

    def __init__(self, data: dict[str, str], *, wijken: list[Wijk], themes: list[Theme], language: str) -> None:
        super().__init__(data)
        self.fields["wijk"].choices = [("", _("Alle wijken")), *((wijk.slug, wijk.short_name) for wijk in wijken)]
        self.fields["thema"].choices = [
            ("", _("Alle thema's")),
            *((theme.slug, theme.name_en if language == "en" else theme.name) for theme in themes),
        ]
        self.fields["status"].choices = [
            ("", _("Alle")),
            *((status.value, status.public_label) for status in PUBLIC_STATUSES),
        ]
        self.is_valid()

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked and understood, by parameter."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, initiatives: InitiativeQuerySet, *, leave_out: str = "") -> InitiativeQuerySet:
        """Keep what was asked for; `leave_out` skips one filter, for counting its choices."""
        chosen = {name: value for name, value in self.chosen.items() if name != leave_out}
        if "wijk" in chosen:
            initiatives = initiatives.filter(wijk__slug=chosen["wijk"])
        if "thema" in chosen:
            initiatives = initiatives.filter(theme__slug=chosen["thema"])
        if "status" in chosen:
            initiatives = initiatives.filter(status=Status(chosen["status"]))
        return initiatives

    def arrange(self, initiatives: InitiativeQuerySet) -> InitiativeQuerySet:
        """Put the plans in the order asked for: the best match first while searching, else the newest."""
        order = self.chosen.get("volgorde", "")
        if "zoek" in self.chosen:
            initiatives = initiatives.search(self.chosen["zoek"])
            if not order:
                return initiatives
        if order == "steun":
            return initiatives.order_by(-(F("joiners_count") + F("supporters_count")), "-published_at", "-pk")
        if order == "datum":
            return initiatives.filter(planned_on__isnull=False).order_by("planned_on", "-pk")
        return initiatives.order_by("-published_at", "-pk")
