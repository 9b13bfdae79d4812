"""What all step forms of an application share: whose case it is, and who fills it in."""

from typing import Any

from django import forms
from django.utils.functional import Promise

from shared.accounts.models import User
from shared.ui.standing import StandingForm
from subsidies.models import Application


def long_text(label: str | Promise, *, rows: int = 5, most: int = 2000, **kwargs: Any) -> forms.CharField:
    """The question for a piece of text."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class StepForm(StandingForm):
    """A step on one case."""

    # The part of the page with the questions.
    step_template = "admin/subsidies/application/_questions.html"

    def __init__(self, *args: Any, application: Application, user: User, **kwargs: Any) -> None:
        self.application, self.user = application, user
        super().__init__(*args, **kwargs)

    @property
    def surroundings(self) -> dict[str, Any]:
        """Whose case it is, and who fills it in."""
        return {"application": self.application, "user": self.user}


class NothingForm(StepForm):
    """A step that needs no words."""
