"""What is filled in to handle a complaint."""

from typing import Any, ClassVar

from django import forms
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.accounts.models import User
from shared.terms.calendar import today
from shared.ui.fields import SplitDateField
from subsidies.enums import ComplaintOutcome
from subsidies.forms.steps import StepForm, long_text
from subsidies.models import Complaint
from subsidies.workflow.complaint import handlers, open_complaint, why_no_adviser

# To settle it together is not for an adviser, nor is leaving it.
ADVISED = [
    (each.value, each.label) for each in (ComplaintOutcome.FOUNDED, ComplaintOutcome.PARTLY, ComplaintOutcome.UNFOUNDED)
]


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

    adviser = forms.CharField(
        label=_("Wie geeft advies over de klacht?"),
        required=False,
        max_length=120,
        help_text=_(
            "Alleen als een klachtadviseur of klachtencommissie haar onderzoekt (Awb 9:14). Het antwoord komt dan "
            "binnen tien weken in plaats van zes."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if why_no_adviser(self.complaint):
            del self.fields["adviser"]
        else:
            self.fields["adviser"].initial = self.complaint.adviser
        field: Any = self.fields["handler"]
        allowed = [user.pk for user in handlers(self.complaint)]
        field.queryset = User.objects.filter(pk__in=allowed).order_by("name", "pk")
        field.initial = self.complaint.handler_id or (self.user.pk if self.user.pk in allowed else None)


class ExtendForm(ComplaintForm):
    """Why the answer comes later."""

    reason = long_text(_("Waarom komt het antwoord later? De indiener leest dit."), rows=4, most=1000)


class PostponeForm(ComplaintForm):
    """A later day still, with the consent that it rests on."""

    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "consent": {"required": _("Schrijf hoe de indiener instemde")},
        "consent_on": {"required": _("Vul de dag in waarop dat gebeurde")},
        "until": {"required": _("Vul de nieuwe laatste dag in")},
        "reason": {"required": _("Schrijf waarom het antwoord nog later komt")},
    }

    consent = forms.CharField(
        label=_("Hoe stemde de indiener in?"),
        max_length=500,
        help_text=_("Schriftelijk (Awb 9:11, derde lid). Bijvoorbeeld: per e-mail."),
    )
    consent_on = SplitDateField(label=_("Op welke dag?"))
    until = SplitDateField(label=_("Antwoorden uiterlijk"))
    reason = long_text(_("Waarom komt het antwoord nog later? De indiener leest dit."), rows=4, most=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = gettext("Een werkdag na %(day)s: dat is de laatste dag die nu geldt.") % {
            "day": format_date(self.complaint.due_on, "l j F Y")
        }


class AdviceForm(ComplaintForm):
    """What the person or committee advises."""

    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "advised": {"required": _("Kies wat het advies is")},
        "advice": {"required": _("Neem de tekst van het advies over")},
    }

    advised = forms.ChoiceField(label=_("Wat is het advies?"), choices=ADVISED, widget=forms.RadioSelect)
    on = SplitDateField(label=_("Datum van het advies"))
    advice = long_text(
        _("Bevindingen en advies"),
        rows=10,
        most=6000,
        help_text=_("Het advies gaat mee met het antwoord (Awb 9:16). De indiener leest dit."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.complaint
        self.fields["advised"].initial = found.advised
        self.fields["on"].initial = found.advised_on or today()
        self.fields["advice"].initial = found.advice


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
    deviates_because = long_text(
        _("Waarom wijkt u af van het advies?"),
        rows=3,
        most=2000,
        required=False,
        help_text=_("Alleen als u anders besluit dan het advies (Awb 9:16). De indiener leest dit."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.complaint.advised_on is None:
            del self.fields["deviates_because"]
        for name in ("heard_on", "not_heard_because", "deviates_because"):
            if name in self.fields:
                self.fields[name].hide_optional = True  # type: ignore[attr-defined]
