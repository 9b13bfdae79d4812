"""What visitors may ask of the directory: plain GET parameters."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.enums.offers import Direction, Resource
from partners.enums.organisations import PartnerKind
from partners.querysets.offers import ListingQuerySet
from partners.querysets.organisations import PartnerQuerySet
from shared.ui.forms import PortalForm
from shared.wijken.models import Wijk


class _ByWijk(PortalForm):
    submit_label = _("Toon")

    wijk = forms.ChoiceField(label=_("Wijk"), required=False)

    def __init__(self, data: dict[str, str], *, wijken: list[Wijk]) -> None:
        super().__init__(data)
        choices = [("", _("Alle wijken")), *((wijk.slug, wijk.short_name) for wijk in wijken)]
        self.fields["wijk"].choices = choices  # type: ignore[attr-defined]
        self.is_valid()
        # What makes no sense is left out, never an error page.
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}
        self.errors.clear()


class DirectoryForm(_ByWijk):
    """Organisations by wijk and kind."""

    soort = forms.ChoiceField(
        label=_("Soort organisatie"), required=False, choices=[("", _("Alle soorten")), *PartnerKind.choices]
    )

    def narrow(self, partners: PartnerQuerySet) -> PartnerQuerySet:
        """Keep what was asked for."""
        if "wijk" in self.chosen:
            partners = partners.filter(wijken__slug=self.chosen["wijk"])
        if "soort" in self.chosen:
            partners = partners.filter(kind=self.chosen["soort"])
        return partners


class ListingFilterForm(_ByWijk):
    """Offers and needs by wijk, direction and kind."""

    wat = forms.ChoiceField(
        label=_("Aanbod of vraag"),
        required=False,
        choices=[
            ("", _("Allebei")),
            (Direction.OFFER, _("Aanbod")),
            (Direction.NEED, pgettext_lazy("what somebody needs", "Vragen")),
        ],
    )
    soort = forms.ChoiceField(
        label=_("Soort hulp"), required=False, choices=[("", _("Alle soorten")), *Resource.choices]
    )

    def narrow(self, listings: ListingQuerySet) -> ListingQuerySet:
        """Keep what was asked for."""
        names = {"wat": "direction", "soort": "kind"}
        listings = listings.filter(**{names[name]: value for name, value in self.chosen.items() if name in names})
        return listings.filter(wijken__slug=self.chosen["wijk"]) if "wijk" in self.chosen else listings
