"""The questions about a signal: what, which theme, where. Never who."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from partners.forms.together import NO_PERSONS, ReasonForm, ResultForm, StepForm, WithoutPersons
from partners.models import Partner
from partners.querysets.organisations import PartnerQuerySet
from shared.themes.models import Theme
from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken
from shared.wijken.models import Buurt, Wijk


class SignalForm(WithoutPersons, OnceToken, PortalForm):
    """What stands out in the neighbourhood."""

    checked = ("title", "text", "place")
    submit_label = gettext_lazy("Signaal melden")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "title": {"required": gettext_lazy("Schrijf in één zin wat u opvalt")},
    }

    title = forms.CharField(label=gettext_lazy("Wat valt u op?"), help_text=NO_PERSONS, max_length=120)
    text = forms.CharField(
        label=gettext_lazy("Toelichting"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 4})
    )
    theme = forms.ModelChoiceField(
        Theme.objects.choosable(), label=gettext_lazy("Thema"), empty_label=gettext_lazy("Kies een thema")
    )
    buurt = forms.ModelChoiceField(
        Buurt.objects.none(), label=gettext_lazy("Buurt"), required=False, empty_label=gettext_lazy("De hele wijk")
    )
    place = forms.CharField(label=gettext_lazy("Straat of plek"), required=False, max_length=120)
    partner = forms.ModelChoiceField(Partner.objects.none(), label=gettext_lazy("Namens welke organisatie?"))

    def __init__(self, *args: Any, wijk: Wijk, organisations: PartnerQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, wijk=wijk, **kwargs)
        buurten = Buurt.objects.current().without_geometry().filter(wijk=wijk).order_by("name")
        self.fields["buurt"].queryset = buurten  # type: ignore[attr-defined]
        self.organisations = list(organisations)
        if len(self.organisations) > 1:
            self.fields["partner"].queryset = organisations  # type: ignore[attr-defined]
        else:
            del self.fields["partner"]

    @property
    def chosen_partner(self) -> Partner | None:
        """For which organisation; with one the question is not asked."""
        if "partner" in self.fields:
            partner: Partner = self.cleaned_data["partner"]
            return partner
        return self.organisations[0] if self.organisations else None


class HandleForm(WithoutPersons, ResultForm):
    """What was done with a signal."""

    submit_label = gettext_lazy("Signaal afhandelen")


class LapseForm(WithoutPersons, ReasonForm):
    """Why nothing will be done with it."""

    submit_label = gettext_lazy("Signaal laten vervallen")


class PublishSignalForm(WithoutPersons, StepForm):
    """The words for everybody."""

    checked = ("text",)
    submit_label = gettext_lazy("Op de website zetten")
    error_texts = {"text": {"required": gettext_lazy("Schrijf wat iedereen mag lezen")}}

    text = forms.CharField(
        label=gettext_lazy("Tekst voor de website"),
        help_text=NO_PERSONS,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
