"""What all step forms of an application share."""

from shared.review import forms
from shared.review.forms import long_text
from subsidies.models import Application

__all__ = ["NothingForm", "StepForm", "long_text"]


class StepForm(forms.StepForm):
    """A step on one application."""

    @property
    def application(self) -> Application:
        """The case."""
        found: Application = self.case
        return found


class NothingForm(StepForm):
    """A step that needs no words."""
