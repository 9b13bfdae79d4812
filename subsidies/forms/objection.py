"""What is filled in to handle an objection or a notice of default."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.models import User
from shared.documents.forms import FilesField
from shared.terms.calendar import today
from shared.ui.fields import SplitDateField
from subsidies.enums import Channel, ObjectionOutcome, Outcome, PostponementGround
from subsidies.forms.decide import TermsForm
from subsidies.forms.steps import StepForm, long_text
from subsidies.forms.taking_back import keep_what_holds
from subsidies.models import Objection
from subsidies.workflow import grounds
from subsidies.workflow.decision_checks import GRANTS
from subsidies.workflow.decision_terms import DecisionTerms
from subsidies.workflow.objection import handlers, open_objection, why_not_at_hearing
from subsidies.workflow.objection_decision import in_its_place
from subsidies.workflow.objection_terms import ObjectionTerms
from subsidies.workflow.owed import promised, waivable

# Two weeks to send what is missing is usual.
REPAIR = timedelta(weeks=2)
# Awb article 6:21.
WITHDRAWN_BY = [(each.value, each.label) for each in (Channel.PAPER, Channel.EMAIL, Channel.HEARING)]


class ObjectionForm(StepForm):
    """A step on the open objection of a case."""

    @property
    def objection(self) -> Objection:
        """The objection that this step is about."""
        found = open_objection(self.application)
        if found is None:
            raise Objection.DoesNotExist
        return found


class TakeUpForm(ObjectionForm):
    """Who handles it, and whether a committee advises."""

    handler = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Wie behandelt het?"), empty_label=None)
    committee = forms.BooleanField(
        label=gettext_lazy("Een adviescommissie geeft advies (Awb 7:13)"),
        required=False,
        help_text=gettext_lazy("De termijn is dan twaalf weken, als de indiener dit op tijd hoort."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["handler"]
        assert isinstance(field, forms.ModelChoiceField)
        allowed = [user.pk for user in handlers(self.objection)]
        field.queryset = User.objects.filter(pk__in=allowed).order_by("name", "pk")
        field.initial = self.objection.handler_id or (self.user.pk if self.user.pk in allowed else None)
        self.fields["committee"].initial = self.objection.committee


class ReasonForm(ObjectionForm):
    """A reason, for the file or for the letter."""

    text = long_text(gettext_lazy("Waarom?"), rows=4, most=500)


class PostponeForm(ObjectionForm):
    """A later day still, with the consent that it rests on."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Waarop rust het uitstel?"), choices=PostponementGround.choices, widget=forms.RadioSelect
    )
    consent = forms.CharField(
        label=gettext_lazy("Wie stemde in, en hoe?"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "Alleen bij grond a en b. Bijvoorbeeld: de indiener, per e-mail. Bij grond a noemt u alle belanghebbenden. "
            "Dit staat in de brief."
        ),
    )
    consent_on = SplitDateField(label=gettext_lazy("Op welke dag?"), required=False)
    until = SplitDateField(label=gettext_lazy("Beslissen uiterlijk"), help_text=gettext_lazy("Een werkdag."))
    reason = long_text(gettext_lazy("Waarom komt de beslissing nog later?"), rows=4, most=1000)
    error_texts: ClassVar = {
        "ground": {"required": gettext_lazy("Kies waarop het uitstel rust")},
        "until": {"required": gettext_lazy("Vul de nieuwe laatste dag in")},
        "reason": {"required": gettext_lazy("Schrijf waarom de beslissing nog later komt")},
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("consent", "consent_on"):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]
        if self.objection.due_legal:
            self.fields["until"].help_text = _("Een werkdag na %(day)s: dat is de laatste dag die nu geldt.") % {
                "day": format_date(self.objection.due_legal, "l j F Y")
            }

    def clean(self) -> dict[str, Any]:
        """Whoever agreed is named, with the day."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("ground") in (PostponementGround.EVERYBODY, PostponementGround.OBJECTOR):
            if not cleaned.get("consent"):
                self.add_error("consent", _("Schrijf wie ermee instemde, en hoe"))
            if not cleaned.get("consent_on"):
                self.add_error("consent_on", _("Vul de dag in waarop dat gebeurde"))
        return cleaned


class WithdrawnForm(ObjectionForm):
    """How and when the objector took it back, in whose words."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Hoe trok de indiener het bezwaar in?"), choices=WITHDRAWN_BY, widget=forms.RadioSelect
    )
    received_on = SplitDateField(label=gettext_lazy("Op welke dag?"))
    text = long_text(gettext_lazy("Wat schreef of zei de indiener?"), rows=4, most=6000)
    files = FilesField(label=gettext_lazy("Scan van de brief, of het verslag"), required=False, max_files=8)
    error_texts: ClassVar = {
        "channel": {"required": gettext_lazy("Kies hoe de indiener het bezwaar introk")},
        "text": {"required": gettext_lazy("Schrijf wat de indiener schreef of zei")},
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = today()

    def clean(self) -> dict[str, Any]:
        """Without writing only at a hearing that was held (Awb article 6:21)."""
        cleaned = super().clean() or self.cleaned_data
        on = cleaned.get("received_on")
        if on and not self.objection.received_on <= on <= today():
            self.add_error("received_on", _("Kies een dag tussen de ontvangst van het bezwaar en vandaag"))
        if cleaned.get("channel") == Channel.HEARING and on and (why := why_not_at_hearing(self.objection, on)):
            self.add_error("channel", why)
        return cleaned


class RepairForm(ObjectionForm):
    """What is missing, and until when."""

    text = long_text(gettext_lazy("Wat ontbreekt er?"), rows=4)
    due_on = SplitDateField(label=gettext_lazy("Aanvullen op of vóór"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = today() + REPAIR


class RepairedForm(ObjectionForm):
    """When it came in."""

    received_on = SplitDateField(label=gettext_lazy("Ontvangen op"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = today()

    def clean_received_on(self) -> date:
        """Something came in on a day that has been."""
        day: date = self.cleaned_data["received_on"]
        if day > today():
            raise ValidationError(_("Vul de dag in waarop het binnenkwam, vandaag of eerder"))
        return day


class RecordForm(ObjectionForm):
    """What was said at the hearing."""

    text = long_text(
        gettext_lazy("Wie waren er, en wat zeiden zij?"),
        rows=10,
        most=6000,
        help_text=gettext_lazy("Dit verslag gaat mee met de beslissing. Kwam er niemand? Schrijf dat dan."),
    )
    error_texts: ClassVar = {"text": {"required": gettext_lazy("Schrijf wie er waren en wat zij zeiden")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = self.objection.hearing_record


class AdviceForm(ObjectionForm):
    """What the committee advises."""

    advised = forms.ChoiceField(
        label=gettext_lazy("Wat adviseert de commissie?"), choices=ObjectionOutcome.choices, widget=forms.RadioSelect
    )
    on = SplitDateField(label=gettext_lazy("Datum van het advies"))
    advice = long_text(
        gettext_lazy("Tekst van het advies"),
        rows=10,
        most=6000,
        help_text=gettext_lazy("Het advies gaat mee met de beslissing (Awb 7:13, zevende lid)."),
    )
    error_texts: ClassVar = {
        "advised": {"required": gettext_lazy("Kies wat de commissie adviseert")},
        "advice": {"required": gettext_lazy("Neem de tekst van het advies over")},
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.objection
        self.fields["advised"].initial = found.advised
        self.fields["on"].initial = found.advised_on or today()
        self.fields["advice"].initial = found.advice

    def clean_on(self) -> date:
        """An advice that is there."""
        day: date = self.cleaned_data["on"]
        if day > today():
            raise ValidationError(_("Vul de dag van het advies in, vandaag of eerder"))
        return day


class HearingForm(ObjectionForm):
    """When and where somebody is heard."""

    on = SplitDateField(label=gettext_lazy("Welke dag?"))
    place = forms.CharField(
        label=gettext_lazy("Hoe laat en waar?"),
        max_length=200,
        help_text=gettext_lazy("Bijvoorbeeld: 10.00 uur, gemeentehuis."),
    )


class ObjectionDecisionForm(TermsForm, ObjectionForm):
    """The decision on the objection; when it is founded with the decision that takes the place of the old one."""

    with_period = True
    verdict = forms.ChoiceField(
        label=gettext_lazy("Wat beslist u op het bezwaar?"),
        choices=ObjectionOutcome.choices,
        widget=forms.RadioSelect,
        initial=ObjectionOutcome.UNFOUNDED,
    )
    without_hearing = forms.CharField(
        label=gettext_lazy("Geen hoorzitting, omdat"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Alleen als niemand is gehoord (Awb 7:3). Deze woorden komen in de brief."),
    )

    deviates_because = long_text(
        gettext_lazy("Waarom wijkt u af van het advies van de commissie?"),
        rows=3,
        most=2000,
        required=False,
        help_text=gettext_lazy(
            "Alleen als u anders beslist dan de commissie adviseert. Deze woorden komen in de brief."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.objection.advised_on is None:
            del self.fields["deviates_because"]
        else:
            self.fields["deviates_because"].hide_optional = True  # type: ignore[attr-defined]
        self.fields["outcome"].label = _("Bij gegrond: welk besluit komt in de plaats?")
        self.fields["without_hearing"].hide_optional = True  # type: ignore[attr-defined]
        if self.objection.by_other and "amount" in self.fields:
            self.fields["amount"].help_text = _(
                "Lager dan nu kan: iemand anders maakte bezwaar. Dan is de aanvrager wel eerst gehoord (Awb 7:2, 7:11)."
            )
        if set(self.outcomes) <= {Outcome.PENALTY, Outcome.WAIVE, Outcome.INTEREST}:
            for name in ("obligations", "own_obligations", "execute_until", "report_due_on"):
                self.fields.pop(name, None)
        if not self.outcomes:
            for name in ("outcome", "amount", "obligations", "own_obligations", "execute_until", "report_due_on"):
                self.fields.pop(name, None)
        if self.outcomes == (Outcome.CHANGE,):
            keep_what_holds(self)
        self.order_fields(
            ["verdict", "motivation", "deviates_because", "without_hearing", "outcome", "amount", "grounds"]
        )

    def usual_amount(self) -> Decimal:
        """What was asked as far as the rules allow, or what was granted before it was settled lower.

        For an objection of somebody else what the applicant has now: less is for who decides to fill in.
        """
        if self.outcomes in ((Outcome.WAIVE,), (Outcome.INTEREST,)):
            return waivable(self.application) if self.outcomes == (Outcome.WAIVE,) else Decimal(0)
        if self.outcomes == (Outcome.PENALTY,):
            return self.objection.against.amount or Decimal(0)
        if self.objection.by_other:
            return promised(self.application)
        if set(self.outcomes) & set(GRANTS):
            return min(grounds.asked(self.application), grounds.most(self.application))
        return self.application.granted_amount or Decimal(0)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:  # type: ignore[override]
        """What can take the place of the decision that was objected to."""
        return in_its_place(self.objection)

    @property
    def new_terms(self) -> DecisionTerms | None:
        """The new decision on the application; None when the old one stands, or when nothing takes its place."""
        if self.cleaned_data["verdict"] != ObjectionOutcome.FOUNDED or not self.cleaned_data.get("outcome"):
            return None
        # Duties can come back in the words of before the change; more of them are refused all the same.
        return replace(self.terms, worse=False)

    @property
    def plan(self) -> ObjectionTerms:
        """The decision on the objection as it was filled in."""
        found = self.cleaned_data
        return ObjectionTerms(
            ObjectionOutcome(found["verdict"]),
            found["motivation"],
            self.new_terms,
            no_interest=bool(found["no_interest"]) and not found["interest"],
            interest=found["interest"],
            without_hearing=found["without_hearing"],
            deviates_because=found.get("deviates_because", ""),
        )

    def _offer_outcomes(self) -> None:
        if self.outcomes:
            super()._offer_outcomes()


class PenaltyForm(StepForm):
    """Set what is owed for being late."""

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
        self.fields["motivation"].initial = "Wij namen ons besluit later dan de wet toestaat."


class NoPenaltyForm(PenaltyForm):
    """Why nothing is owed; the words come in the letter."""

    error_texts: ClassVar = {
        **PenaltyForm.error_texts,
        "motivation": {"required": gettext_lazy("Schrijf waarom de aanvrager geen dwangsom krijgt")},
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        notice = self.application.default_notices.filter(decision=None).last()
        self.fields["motivation"].initial = notice.no_effect_because if notice else ""
