"""What the reviewer fills in at each step before the decision. The forms validate; the workflow acts."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.enums import ContactKind
from initiatives.forms.review import colleagues
from shared.accounts.models import User
from shared.terms.calendar import today
from shared.ui.fields import SplitDateField
from shared.wijken.models import Buurt
from subsidies import dates
from subsidies.completeness import missing
from subsidies.enums import SuspensionGround
from subsidies.forms.steps import StepForm, long_text
from subsidies.models import CaseMessage
from subsidies.workflow.review import running_term


class AssignForm(StepForm):
    """Choose the colleague who goes on."""

    to = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Naar wie?"), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues()
        self.fields["to"].initial = self.user.pk


class BuurtForm(StepForm):
    """Where it is."""

    buurt = forms.ModelChoiceField(Buurt.objects.none(), label=gettext_lazy("In welke buurt is het?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Buurt.objects.current().defer("geometry", "wijk__geometry").select_related("wijk")
        self.fields["buurt"].queryset = found.order_by("wijk__code", "code")
        self.fields["buurt"].label_from_instance = lambda buurt: f"{buurt.wijk}: {buurt}"
        self.fields["buurt"].initial = self.application.buurt_id


class CompletionForm(StepForm):
    """What is missing, and until when; the list starts with what the portal misses itself."""

    items = long_text(
        gettext_lazy("Wat ontbreekt er?"),
        most=3000,
        help_text=gettext_lazy("Eén ding per regel. De aanvrager leest dit als lijst."),
    )
    text = long_text(gettext_lazy("Toelichting voor de aanvrager"), required=False)
    due_on = SplitDateField(
        label=gettext_lazy("Aanvullen tot en met"),
        help_text=gettext_lazy("Een werkdag. Zonder deze dag zou de klok niet stilstaan (Awb 4:15)."),
    )
    longer_because = forms.CharField(
        label=gettext_lazy("Waarom langer dan de regeling?"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Alleen voor het dossier. Invullen als de aanvrager meer tijd krijgt."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.application
        lacks = missing(
            case,
            case.scheme_version,
            has_costs=case.cost_lines.exists(),
            files=set(case.files.values_list("purpose", flat=True)),
        )
        self.fields["items"].initial = "\n".join(lacks)
        self.fields["due_on"].initial = dates.completion_due(case.scheme_version, today())

    def clean_items(self) -> list[str]:
        """One item on each line."""
        items = [line.strip(" -•\t") for line in self.cleaned_data["items"].splitlines()]
        items = [item for item in items if item]
        if any(len(item) > 300 for item in items):
            raise ValidationError(_("Maak elke regel korter dan 300 tekens"))
        return items


class ResumeForm(StepForm):
    """Since when everything is there."""

    completed_on = SplitDateField(label=gettext_lazy("Volledig sinds"))
    text = long_text(gettext_lazy("Hoe kwam het binnen, of waarom is het niet meer nodig?"), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["completed_on"].initial = today()


class LackingForm(StepForm):
    """What lacks after the applicant sent something."""

    text = long_text(gettext_lazy("Wat ontbreekt er nog?"), rows=3)


class EndHearingForm(StepForm):
    """How the applicant reacted outside the portal."""

    text = long_text(gettext_lazy("Wat zei de aanvrager? Of: waarom komt er geen reactie?"))


class ExtendForm(StepForm):
    """A longer term; in weeks on top by the scheme, or in all by the law."""

    weeks = forms.IntegerField(label=gettext_lazy("Hoeveel weken erbij?"), min_value=1, max_value=52)
    reason = long_text(gettext_lazy("Waarom komt het besluit later?"), rows=3, most=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        term = running_term(self.application)
        if term is None or not term.is_own:
            self.fields["weeks"].label = (
                _("Hoeveel weken in totaal, vanaf de ontvangst van het verslag?")
                if term is not None and term.is_settlement
                else _("Hoeveel weken in totaal, vanaf de ontvangst?")
            )
            self.fields["weeks"].help_text = _("Meer dan 8, en niet langer dan redelijk is (Awb 4:14, derde lid).")
        else:
            self.fields["weeks"].initial = self.application.scheme_version.extension_weeks or None


class LaterForm(StepForm):
    """A decision that comes after the legal date."""

    expected_on = SplitDateField(label=gettext_lazy("Wanneer komt het besluit?"))
    reason = long_text(gettext_lazy("Waarom komt het besluit later?"), rows=3, most=1000)


class PauseForm(StepForm):
    """Days on which the clock stands still, with their ground."""

    ground = forms.ChoiceField(label=gettext_lazy("Grond"), choices=SuspensionGround.choices, widget=forms.RadioSelect)
    first_day = SplitDateField(label=gettext_lazy("Eerste dag waarop de klok stilstaat"))
    last_day = SplitDateField(label=gettext_lazy("Laatste dag waarop de klok stilstaat"))
    text = forms.CharField(
        label=gettext_lazy("Waaruit blijkt dit?"),
        max_length=300,
        help_text=gettext_lazy("Bij instemming: wanneer en hoe de aanvrager schriftelijk instemde."),
    )


class ReplyForm(StepForm):
    """A message to the applicant, in answer to one of theirs or not."""

    message = forms.ModelChoiceField(
        CaseMessage.objects.none(),
        label=gettext_lazy("Op welk bericht antwoordt u?"),
        required=False,
        empty_label=gettext_lazy("Geen: een nieuw bericht"),
    )
    text = long_text(gettext_lazy("Uw bericht"), rows=8, most=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unanswered = self.application.messages.filter(answered_at__isnull=True)
        field = self.fields["message"]
        field.queryset = self.application.messages.all()
        field.initial = unanswered.last()
        field.label_from_instance = lambda message: (
            f"{message.get_kind_display()}, {message.received_on:%d-%m-%Y}: {message.text[:60]}"
        )
        field.hide_optional = True
        if not field.queryset.exists():
            del self.fields["message"]

    def clean(self) -> dict[str, Any]:
        """Without messages there is nothing to answer."""
        cleaned = super().clean() or self.cleaned_data
        cleaned.setdefault("message", None)
        return cleaned


class ContactForm(StepForm):
    """A conversation outside the portal, in a few words."""

    kind = forms.ChoiceField(label=gettext_lazy("Soort contact"), choices=ContactKind.choices)
    on = SplitDateField(label=gettext_lazy("Wanneer?"))
    text = long_text(gettext_lazy("Waar ging het over?"), most=4000)
    error_texts: ClassVar = {"text": {"required": gettext_lazy("Schrijf waar het over ging")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()

    def clean_on(self) -> date:
        """A conversation has been held."""
        day: date = self.cleaned_data["on"]
        if day > today():
            raise ValidationError(_("Vul de dag in waarop u de aanvrager sprak, vandaag of eerder"))
        return day
