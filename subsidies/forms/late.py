"""What is filled in about interest over a payment that came too late."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from subsidies import late
from subsidies.forms.steps import StepForm, long_text
from subsidies.models import Payment


class LateForm(StepForm):
    """A step on the oldest late payment of a case on which nobody decided yet."""

    @property
    def payment(self) -> Payment:
        """The payment that this step is about."""
        found = late.to_settle(self.application)
        if not found:
            raise Payment.DoesNotExist
        return found[0]


class InterestForm(LateForm):
    """Set what is owed for having paid late."""

    motivation = long_text(gettext_lazy("Motivering"), rows=4)
    no_interest = forms.BooleanField(
        label=gettext_lazy("Ik heb geen eigen belang: ik ken de aanvrager niet persoonlijk")
    )
    error_texts: ClassVar = {
        "no_interest": {"required": gettext_lazy("Verklaar dat u geen eigen belang heeft, of vraag een andere collega")}
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # In Dutch, as the letter is.
        self.fields["motivation"].initial = "Wij betaalden later dan de wet toestaat."


class NoInterestForm(LateForm):
    """Why no interest is due."""

    reason = long_text(gettext_lazy("Waarom komt er geen rente?"), rows=3, most=300)
