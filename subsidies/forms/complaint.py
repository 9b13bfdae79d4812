"""What is filled in to handle a complaint."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.accounts.models import User
from shared.ui.fields import SplitDateField
from subsidies.enums import ComplaintOutcome
from subsidies.forms.steps import StepForm, long_text
from subsidies.models import Complaint
from subsidies.workflow.complaint import handlers, open_complaint


class ComplaintForm(StepForm):
    """A step on the open complaint of a case."""

    @property
    def complaint(self) -> Complaint:
        """The complaint that this step is about."""
        found = open_complaint(self.application)
        if found is None:
            raise Complaint.DoesNotExist
        return found


class HandlerForm(ComplaintForm):
    """Who handles it."""

    handler = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Wie behandelt de klacht?"),
        empty_label=None,
        help_text=_("Alleen wie niet bij deze aanvraag betrokken was (Awb 9:7)."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["handler"]
        allowed = [user.pk for user in handlers(self.complaint)]
        field.queryset = User.objects.filter(pk__in=allowed).order_by("name", "pk")
        field.initial = self.complaint.handler_id or (self.user.pk if self.user.pk in allowed else None)


class ExtendForm(ComplaintForm):
    """Why the answer comes later."""

    reason = long_text(_("Waarom komt het antwoord later? De indiener leest dit."), rows=4, most=1000)


class AnswerForm(ComplaintForm):
    """What was found and what is done about it."""

    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "outcome": {"required": _("Kies wat u van de klacht vindt")},
        "text": {"required": _("Schrijf wat u vond en wat u ermee doet")},
    }

    outcome = forms.ChoiceField(
        label=_("Wat vindt u van de klacht?"), choices=ComplaintOutcome.choices, widget=forms.RadioSelect
    )
    heard_on = SplitDateField(label=_("Wanneer sprak u de indiener?"), required=False)
    not_heard_because = forms.CharField(
        label=_("Niet gesproken? Waarom niet?"),
        max_length=300,
        required=False,
        help_text=_("Alleen als de klacht duidelijk niet terecht is, of de indiener niet wil praten (Awb 9:10)."),
    )
    text = long_text(
        _("Wat vond u, en wat doet u ermee?"), rows=8, most=6000, help_text=_("De indiener leest dit in de brief.")
    )
