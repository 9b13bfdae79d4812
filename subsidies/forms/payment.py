"""What finance fills in about payments, files for the bank and what the bank did."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.terms import legal_days
from shared.terms.calendar import today
from shared.ui.fields import EuroField, SplitDateField
from shared.ui.forms import PortalForm
from shared.ui.standing import StandingForm
from subsidies.forms.account import OWN, SUPPLIER, AccountForm, IbanField
from subsidies.forms.steps import StepForm
from subsidies.models import Payment


class NoAnswersForm(StandingForm):
    """A step that needs no words."""


class BlockForm(StandingForm):
    """Why a payment is kept back."""

    reason = forms.CharField(label=_("Waarom houdt u de betaling tegen?"), max_length=300)


class PaidForm(StandingForm):
    """When the bank credited the account."""

    on = SplitDateField(label=_("Op welke dag stond het geld op de rekening?"), initial=today)


class ReturnedForm(StandingForm):
    """When and why a payment came back."""

    on = SplitDateField(label=_("Op welke dag kwam het geld terug?"), initial=today)
    reason = forms.CharField(label=_("Wat is de reden van de bank?"), max_length=300)


class InvoiceCheckForm(StandingForm):
    """The account of a supplier is right when the invoice is."""

    matches = forms.BooleanField(
        label=_("De factuur klopt"),
        help_text=_(
            "Zij is van deze leverancier, staat op naam van de aanvrager of de groep en hoort bij dit plan. "
            "Het bedrag is niet lager dan wat wij betalen. "
            "Rekeningnummer, naam en factuurnummer zijn gelijk aan wat is doorgegeven."
        ),
        error_messages={"required": _("Bekijk de factuur, en zet een vinkje als alles klopt")},
    )


class RepaidForm(StandingForm):
    """What came back, and when."""

    amount = EuroField(label=_("Hoeveel kwam er terug?"), min_value=Decimal("0.01"))
    on = SplitDateField(label=_("Op welke dag stond het op onze rekening?"), initial=today)


class AccountByPhoneForm(AccountForm, StandingForm):
    """The account of somebody at the phone or the desk; the invoice may follow, but is there before we pay."""

    invoice_needed = False

    whose = forms.ChoiceField(
        label=_("Op welke rekening mogen wij betalen?"),
        choices=[(OWN, _("Op de rekening van de aanvrager")), (SUPPLIER, _("Op de rekening van een leverancier"))],
        widget=forms.RadioSelect,
        initial=OWN,
    )
    iban = IbanField(
        help_text=_("Bijvoorbeeld NL91 ABNA 0417 1643 00."),
        error_messages={
            "required": _("Vul het rekeningnummer (IBAN) in"),
            "invalid": _("Dit rekeningnummer klopt niet. Vraag het na, of kijk op de factuur, zoals %(sample)s"),
        },
    )

    def __init__(self, *args: Any, pays_supplier: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, pays_supplier=pays_supplier, **kwargs)
        self.pays_supplier = pays_supplier

    @property
    def surroundings(self) -> dict[str, Any]:
        """What the scheme allows."""
        return {"pays_supplier": self.pays_supplier}


class StopForm(StepForm):
    """Until when paying stops, and why."""

    until = SplitDateField(label=_("Tot en met welke dag ligt de betaling stil?"), help_text=_("Ten hoogste 13 weken."))
    reason = forms.CharField(
        label=_("Waarom? De aanvrager leest dit."), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class BatchForm(PortalForm):
    """Which payments go in the file, and when the bank carries them out."""

    payments = forms.ModelMultipleChoiceField(
        queryset=Payment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=_("Welke betalingen?"),
        error_messages={"required": _("Kies ten minste één betaling")},
    )
    execute_on = SplitDateField(label=_("Op welke dag betaalt de bank?"), required=True)

    def __init__(self, *args: Any, ready: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payments"].queryset = ready
        self.fields["payments"].initial = [payment.pk for payment in ready]
        self.fields["execute_on"].initial = legal_days.calendar().add_working_days(today(), 1)


class StatementForm(PortalForm):
    """A statement of the bank."""

    statement = forms.FileField(
        label=_("Bankafschrift"),
        help_text=_("Een bestand camt.053 of camt.054 (XML), of een CSV met de kolommen betalingskenmerk en datum."),
    )
    submit_label = _("Inlezen en boeken")
