"""What all step forms share: whose case it is, and who fills it in."""

from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise

from shared.accounts.models import User
from shared.ui.standing import StandingForm


def long_text(label: str | Promise, *, rows: int = 5, most: int = 2000, **kwargs: Any) -> forms.CharField:
    """The question for a piece of text."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class StepForm(StandingForm):
    """A step on one case."""

    # The part of the page with the questions.
    step_template = "admin/review/_questions.html"

    def __init__(self, *args: Any, case: Any, user: User, **kwargs: Any) -> None:
        self.case, self.user = case, user
        super().__init__(*args, **kwargs)

    @property
    def surroundings(self) -> dict[str, Any]:
        """Whose case it is, and who fills it in."""
        return {"case": self.case, "user": self.user}

    def pressed(self, sent: QueryDict) -> Self | None:
        """The form after another button than those to look and to send; None when no such button was pressed."""
        return None

    @classmethod
    def long_texts(cls) -> list[str]:
        """The questions whose answers are too much work to lose."""
        return [name for name, field in cls.base_fields.items() if isinstance(field.widget, forms.Textarea)]


class NothingForm(StepForm):
    """A step that needs no words."""
