"""Inviting a contact person, and leaving."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import PartnerContact
from shared.ui.fields import EmailField, SplitDateField
from shared.ui.forms import PortalForm


class InviteForm(PortalForm):
    """Who speaks for the organisation."""

    submit_label = gettext_lazy("Uitnodigen")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "name": {"required": gettext_lazy("Vul de naam in")},
        "email": {"required": gettext_lazy("Vul het e-mailadres in")},
    }

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=150)
    email = EmailField(label=gettext_lazy("E-mailadres"), help_text=gettext_lazy("Hier gaat de uitnodiging naartoe."))
    function = forms.CharField(label=gettext_lazy("Functie"), max_length=120, required=False)


class LeaveForm(PortalForm):
    """The last day, and who goes on when there is anybody else."""

    submit_label = gettext_lazy("Stoppen en overdragen")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {"last_day": {"required": gettext_lazy("Vul uw laatste dag in")}}

    last_day = SplitDateField(label=gettext_lazy("Laatste dag"))
    successor = forms.ModelChoiceField(
        PartnerContact.objects.none(),
        label=gettext_lazy("Wie neemt over wat nog open staat?"),
        required=False,
        empty_label=gettext_lazy("Alle contactpersonen samen"),
    )

    def __init__(self, *args: Any, contact: PartnerContact, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"last_day": timezone.localdate()})
        super().__init__(*args, **kwargs)
        colleagues = PartnerContact.objects.speaking().filter(partner=contact.partner).exclude(pk=contact.pk)
        self.fields["successor"].queryset = colleagues.select_related("user", "partner")  # type: ignore[attr-defined]
        self.is_last = not colleagues.exists()
        if self.is_last:
            del self.fields["successor"]
            self.submit_label = gettext_lazy("Stoppen")

    def clean_last_day(self) -> Any:
        """Rights are not taken back for days that have passed."""
        day = self.cleaned_data["last_day"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Kies vandaag of een latere dag"))
        return day
