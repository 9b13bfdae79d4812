"""What staff fill in about a report, and about money that comes back."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.terms import legal_days
from shared.terms.calendar import today
from shared.ui.fields import EuroField, SplitDateField
from subsidies import dates
from subsidies.forms.steps import StepForm, long_text
from subsidies.policies import may_show_result

DAYS_TO_REPAIR = 14


class ApproveForm(StepForm):
    """In order; and what of it goes on the website, when the applicant agreed."""

    show = forms.BooleanField(label=gettext_lazy("Zet het resultaat op de pagina van het initiatief"), required=False)
    public_text = long_text(
        gettext_lazy("Tekst op de website"),
        required=False,
        help_text=gettext_lazy("Haal namen en adressen weg. De foto’s gaan mee met wat erop te zien is."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_show_result(self.application):
            del self.fields["show"]
            del self.fields["public_text"]
        else:
            self.fields["public_text"].initial = self.application.report.what_happened

    def clean(self) -> dict[str, Any]:
        """Nothing is shown without words."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("show") and not cleaned.get("public_text"):
            self.add_error("public_text", _("Schrijf de tekst voor de website"))
        cleaned.setdefault("show", False)
        cleaned.setdefault("public_text", "")
        return cleaned


class ReturnReportForm(StepForm):
    """What is missing, and until when."""

    reason = long_text(gettext_lazy("Wat ontbreekt er nog? De aanvrager leest dit."), rows=4, most=1000)
    due_on = SplitDateField(label=gettext_lazy("Opnieuw sturen tot en met"), help_text=gettext_lazy("Een werkdag."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = today() + timedelta(days=DAYS_TO_REPAIR)
        self.fields["due_on"].initial = legal_days.calendar().working_day_from(later)

    def clean_due_on(self) -> date:
        """A working day in the future."""
        day: date = self.cleaned_data["due_on"]
        if day <= today():
            raise ValidationError(_("Kies een dag na vandaag"))
        if why := dates.why_no_working_day(day):
            raise ValidationError(_("Kies een werkdag: dit is %(why)s") % {"why": why})
        return day


class LetGoForm(StepForm):
    """Why the case goes on without a report."""

    reason = long_text(gettext_lazy("Waarom gaat u verder zonder verslag?"), rows=3, most=1000)


class ReceivedForm(StepForm):
    """What came back, and when."""

    amount = EuroField(label=gettext_lazy("Hoeveel kwam er terug?"), min_value=Decimal("0.01"))
    received_on = SplitDateField(label=gettext_lazy("Op welke dag?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owed = self.application.recoveries.open().first()
        self.fields["amount"].initial = owed.left if owed else None
        self.fields["received_on"].initial = today()
