"""On which account the money may go: the applicant's own, or that of the supplier whose invoice we pay."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shared.documents.forms import FilesField, FilesInput
from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken
from subsidies.bank import iban

OWN, SUPPLIER = "own", "supplier"


class IbanField(forms.CharField):
    """An account number in any notation; gives back it without spaces."""

    default_error_messages = {
        "required": _("Vul uw rekeningnummer (IBAN) in"),
        "invalid": _("Dit rekeningnummer klopt niet. Kijk het na op uw bankpas of in uw bank-app, zoals %(sample)s"),
    }
    sample = "NL91 ABNA 0417 1643 00"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Rekeningnummer (IBAN)"))
        super().__init__(max_length=50, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")
        self.widget.attrs.setdefault("spellcheck", "false")
        self.widget.attrs.setdefault("class", "portal-width-24")

    def to_python(self, value: Any) -> str:
        """Read the number, or say where to look."""
        text = super().to_python(value) or ""
        if not text:
            return ""
        number = iban.read(text)
        if number is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"sample": self.sample})
        return number


class AccountForm(PortalForm):
    """The account, and when it is the supplier's the invoice with its number."""

    invoice_needed = True

    whose = forms.ChoiceField(
        label=_("Op welke rekening mogen wij betalen?"),
        choices=[(OWN, _("Op mijn eigen rekening")), (SUPPLIER, _("Op de rekening van een leverancier"))],
        widget=forms.RadioSelect,
        initial=OWN,
    )
    iban = IbanField(help_text=_("Bijvoorbeeld NL91 ABNA 0417 1643 00."))
    holder = forms.CharField(
        label=_("Op naam van"),
        max_length=70,
        help_text=_("De naam precies zoals die bij de bank bekend is."),
    )
    invoice_number = forms.CharField(
        label=_("Factuurnummer"),
        max_length=35,
        required=False,
        help_text=_("Alleen als wij een leverancier betalen. Het staat op de factuur."),
    )

    invoice = FilesField(
        label=_("De factuur zelf"),
        help_text=_("Alleen als wij een leverancier betalen. Een foto of pdf, 10 MB of minder."),
        required=False,
        max_files=1,
        widget=FilesInput(attrs={"multiple": False}),
    )

    submit_label = _("Rekeningnummer doorgeven")
    error_texts = {"holder": {"required": _("Vul in op wiens naam de rekening staat")}}

    def __init__(self, *args: Any, pays_supplier: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not pays_supplier:
            for name in ("whose", "invoice_number", "invoice"):
                del self.fields[name]
            return
        # Needed for a supplier, as their help says; `clean` looks at that.
        for name in ("invoice_number", "invoice"):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A supplier is paid for an invoice; for the applicant's own account no invoice is kept."""
        answers = super().clean() or {}
        if "whose" not in self.fields:
            return answers
        if answers.get("whose") == SUPPLIER and not answers.get("invoice_number"):
            self.add_error("invoice_number", _("Vul het factuurnummer in, of kies uw eigen rekening"))
        lacks_invoice = self.invoice_needed and not answers.get("invoice") and "invoice" not in self.errors
        if answers.get("whose") == SUPPLIER and lacks_invoice:
            self.add_error("invoice", _("Kies een foto of pdf van de factuur, of kies uw eigen rekening"))
        if answers.get("whose") == OWN:
            answers["invoice_number"], answers["invoice"] = "", []
        return answers

    @property
    def answers(self) -> dict[str, Any]:
        """For `pay.give_account`."""
        given = self.cleaned_data
        return {
            "iban": given["iban"],
            "holder": given["holder"],
            "invoice_number": given.get("invoice_number", ""),
            "invoice": next(iter(given.get("invoice", [])), None),
            "is_supplier": given.get("whose") == SUPPLIER,
        }


class GiveAccountForm(OnceToken, AccountForm):
    """The form at the signed link."""
