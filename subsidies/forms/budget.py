"""What the functional manager fills in about ceilings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.terms.calendar import today
from shared.ui.fields import EuroField, SplitDateField
from shared.ui.forms import PortalForm
from subsidies.models import Ceiling

RAISE, LOWER, MOVE = "raise", "lower", "move"


class NewCeilingForm(forms.ModelForm):
    """A ceiling with its amount, which goes through the ledger."""

    amount = EuroField(label=_("Bedrag"))

    class Meta:
        model = Ceiling
        fields = ["scheme", "wijk", "period_from", "period_to", "published_on", "published_where"]

    def clean(self) -> dict[str, Any]:
        """The period has an order."""
        answers = super().clean() or {}
        start, end = answers.get("period_from"), answers.get("period_to")
        if start and end and end < start:
            self.add_error("period_to", _("De laatste dag ligt vóór de eerste. Kijk de datums na"))
        return answers


class ChangeCeilingForm(PortalForm):
    """Raise, lower, or move to another wijk."""

    what = forms.ChoiceField(
        label=_("Wat wilt u doen?"),
        choices=[(RAISE, _("verhogen")), (LOWER, _("verlagen")), (MOVE, _("overhevelen naar een andere wijk"))],
        widget=forms.RadioSelect,
    )
    amount = EuroField(label=_("Met welk bedrag?"))
    target = forms.ModelChoiceField(
        queryset=Ceiling.objects.none(), label=_("Naar welk plafond?"), required=False, help_text=_("Bij overhevelen.")
    )
    published_on = SplitDateField(
        label=_("Op welke dag is de verlaging bekendgemaakt?"),
        required=False,
        help_text=_("Bij verlagen. Wie eerder aanvroeg, merkt er niets van (Awb 4:27)."),
        initial=today,
    )
    reason = forms.CharField(label=_("Waarom?"), max_length=300)
    submit_label = _("Plafond wijzigen")

    def __init__(self, *args: Any, ceiling: Ceiling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Ceiling.objects.filter(scheme=ceiling.scheme_id, period_from=ceiling.period_from)
        self.fields["target"].queryset = others.exclude(pk=ceiling.pk).select_related("scheme", "wijk")

    def clean(self) -> dict[str, Any]:
        """Each way needs its own answer."""
        answers = super().clean() or {}
        if answers.get("what") == MOVE and not answers.get("target"):
            self.add_error("target", _("Kies het plafond waar het geld naartoe gaat"))
        if answers.get("what") == LOWER and not answers.get("published_on"):
            self.add_error("published_on", _("Vul de dag van bekendmaking in"))
        return answers
