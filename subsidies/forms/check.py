"""At most five questions before applying: is this scheme something for you?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.ui.forms import PortalForm
from subsidies.models import EligibilityQuestion
from subsidies.rules import Answer, Verdict, verdict

CHOICES = [
    (Answer.YES.value, gettext_lazy("Ja")),
    (Answer.NO.value, gettext_lazy("Nee")),
    (Answer.UNSURE.value, gettext_lazy("Weet ik niet")),
]
# The questions have these names in the address; a version has at most five.
NAMES = ("v1", "v2", "v3", "v4", "v5")
# The button, so that a form without any answer is known from one that was not sent.
ASKED = "uitkomst"


class CheckForm(PortalForm):
    """One choice per question; the answers stand in the address and are kept nowhere."""

    submit_label = gettext_lazy("Bekijk de uitkomst")

    def __init__(self, *args: Any, questions: Sequence[EligibilityQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = dict(zip(NAMES, questions, strict=False))
        for number, (name, question) in enumerate(self.questions.items(), start=1):
            field = forms.ChoiceField(label=question.question, choices=CHOICES, widget=forms.RadioSelect)
            field.error_messages["required"] = _("Kies een antwoord bij vraag %(number)d") % {"number": number}
            self.fields[name] = field
            self.prepare(name, field)

    @property
    def outcome(self) -> Verdict:
        """What the answers end in."""
        return verdict(
            (self.cleaned_data[name], question.yes_is_right, question.stops)
            for name, question in self.questions.items()
        )

    @property
    def doubts(self) -> list[EligibilityQuestion]:
        """The questions that were not answered as the scheme needs."""
        return [
            question
            for name, question in self.questions.items()
            if self.cleaned_data[name] != (Answer.YES if question.yes_is_right else Answer.NO)
        ]
