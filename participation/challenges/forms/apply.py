"""The questions to a group that wants to take over a task: one form for residents and for staff who write it down."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.enums import Channel
from initiatives.forms.plan import LONGEST_ANSWER, AreaRadio, buurten_to_choose
from participation.challenges.workflow import Group, Task
from shared.terms.calendar import today
from shared.ui.fields import EmailField, PhoneField, SplitDateField
from shared.ui.forms import PortalForm, Section
from shared.ui.once import OnceToken
from shared.ui.spam import SpamTrap

BY_STAFF = [choice for choice in Channel.choices if choice[0] in (Channel.PHONE, Channel.DESK, Channel.PAPER)]
SMALLEST_GROUP, LARGEST_GROUP = 2, 500


def _long(label: Any, rows: int, longest: int, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=longest, widget=widget, required=required)


class TaskForm(PortalForm):
    """What the group wants to take over, and who speaks for it."""

    submit_label = gettext_lazy("Controleer uw verzoek")
    layout = [
        Section(gettext_lazy("De taak"), "title", "now", "plan", "value", "costs"),
        Section(gettext_lazy("Waar"), "buurt", "place"),
        Section(gettext_lazy("De groep"), "group_name", "members", "support"),
        Section(gettext_lazy("Wie spreekt namens de groep?"), "name", "email", "phone", "may_publish"),
    ]
    error_texts = {
        "title": {"required": gettext_lazy("Vul in welke taak u wilt overnemen")},
        "members": {
            "min_value": gettext_lazy("Vul het aantal mensen in: een groep heeft er twee of meer"),
            "max_value": gettext_lazy("Vul het aantal mensen in dat echt meedoet, hooguit 500"),
        },
        "buurt": {"required": gettext_lazy("Kies de buurt waar het om gaat")},
    }

    title = forms.CharField(
        label=gettext_lazy("Welke taak van de gemeente wilt u overnemen?"),
        help_text=gettext_lazy("Bijvoorbeeld: het groen in de Kerkstraat onderhouden."),
        max_length=120,
    )
    now = _long(gettext_lazy("Waarom? Wat kan er nu beter?"), 4, 2000)
    plan = _long(gettext_lazy("Hoe wilt u het doen?"), 6, 3000, gettext_lazy("Wie doet wat, hoe vaak, en waarmee?"))
    value = _long(gettext_lazy("Wat wordt er beter, en voor wie?"), 4, 1500)
    costs = _long(
        gettext_lazy("Wat heeft u nodig van de gemeente?"),
        3,
        1500,
        gettext_lazy("Geld, spullen of hulp. Een schatting is genoeg."),
        required=False,
    )
    buurt = forms.TypedChoiceField(
        label=gettext_lazy("In welke buurt?"),
        widget=AreaRadio(attrs={"class": "utrecht-radio-button utrecht-radio-button--html-input"}),
        empty_value=None,
    )
    place = forms.CharField(label=gettext_lazy("Straat of plek"), max_length=120, required=False)
    group_name = forms.CharField(label=gettext_lazy("Hoe heet uw groep?"), max_length=120)
    members = forms.IntegerField(
        label=gettext_lazy("Met hoeveel mensen bent u?"),
        min_value=SMALLEST_GROUP,
        max_value=LARGEST_GROUP,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "portal-width-8"}),
    )
    support = _long(
        gettext_lazy("Wie in de buurt staat erachter?"),
        3,
        1500,
        gettext_lazy("Bijvoorbeeld: wij spraken met alle bewoners van de straat. Noem geen namen."),
    )
    name = forms.CharField(
        label=gettext_lazy("Uw naam"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = EmailField(
        label=gettext_lazy("Uw e-mailadres"),
        help_text=gettext_lazy("Heeft u dat niet? Vul dan uw telefoonnummer in."),
        required=False,
    )
    phone = PhoneField(label=gettext_lazy("Uw telefoonnummer"), required=False)
    may_publish = forms.BooleanField(
        label=gettext_lazy("De taak, de groepsnaam en hoe het ervoor staat mogen op de website"),
        help_text=gettext_lazy("Pas als er een voorstel ligt. Uw naam en adres ziet niemand, alleen de gemeente."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["buurt"]
        field.choices, buurten = buurten_to_choose()
        field.coerce = buurten.__getitem__
        # One of the two is needed, so neither is called "niet verplicht".
        for name in ("email", "phone"):
            self.fields[name].hide_optional = True

    def clean(self) -> dict[str, Any] | None:
        """There must be a way to reach the group."""
        cleaned = super().clean()
        if not {"email", "phone"} & set(self.errors) and not any(self.cleaned_data.get(n) for n in ("email", "phone")):
            self.add_error("email", _("Vul uw e-mailadres of uw telefoonnummer in"))
        return cleaned

    def task(self) -> Task:
        """The answers about the task."""
        names = ("title", "now", "plan", "value", "support", "buurt", "place", "costs")
        answers = {name: self.cleaned_data[name] for name in names}
        return Task(wijk=answers["buurt"].wijk, **answers)

    def group(self) -> Group:
        """The answers about the group."""
        return Group(**{name: self.cleaned_data[name] for name in self._group_fields()})

    def _group_fields(self) -> tuple[str, ...]:
        return ("group_name", "members", "name", "email", "phone", "may_publish")


class ApplyForm(SpamTrap, TaskForm):
    """The form on the website; what was typed can be kept as a draft, right or wrong."""

    @classmethod
    def from_answers(cls, answers: dict[str, str], *, blame: bool = False) -> "ApplyForm":
        """The form as it was left. Without `blame` it does not tell yet what is wrong or missing."""
        data = QueryDict(mutable=True)
        data.update(answers)
        form = cls(data)
        if not blame:
            form._errors = ErrorDict()
        return form

    def answers(self) -> dict[str, str]:
        """Everything typed and chosen, as it must come back."""
        keys = [key for key in self.data if key in self.fields and key != "homepage"]
        return {key: self.data[key].replace("\x00", "")[:LONGEST_ANSWER] for key in keys}


class SendForm(OnceToken, PortalForm):
    """The button below the check page."""

    submit_label = gettext_lazy("Verzoek versturen")


class LinkForm(SpamTrap, PortalForm):
    """Where to send the way back to a draft."""

    submit_label = gettext_lazy("Stuur mij de link")

    email = EmailField(label=gettext_lazy("Uw e-mailadres"))


class EntryForm(OnceToken, TaskForm):
    """The same questions, filled in by a colleague; with how and when the request came."""

    submit_label = gettext_lazy("Verzoek vastleggen en ontvangst bevestigen")
    layout = [
        Section(gettext_lazy("Hoe kwam het binnen?"), "channel", "received_on"),
        *TaskForm.layout[:3],
        Section(
            gettext_lazy("Wie spreekt namens de groep?"), "name", "email", "phone", "postal_address", "may_publish"
        ),
    ]

    channel = forms.ChoiceField(
        label=gettext_lazy("Hoe kwam het verzoek binnen?"), choices=BY_STAFF, widget=forms.RadioSelect
    )
    received_on = SplitDateField(
        label=gettext_lazy("Op welke dag?"), help_text=gettext_lazy("Vanaf deze dag telt de termijn.")
    )
    postal_address = forms.CharField(
        label=gettext_lazy("Postadres"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Zonder e-mailadres sturen wij brieven. Straat en nummer, postcode en plaats."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = today()

    def clean_received_on(self) -> date:
        """It has come in."""
        day: date = self.cleaned_data["received_on"]
        if day > today():
            raise ValidationError(_("Vul de dag in waarop het verzoek binnenkwam, vandaag of eerder"))
        return day

    def _group_fields(self) -> tuple[str, ...]:
        return (*super()._group_fields(), "postal_address")


class MessageForm(OnceToken, PortalForm):
    """The group writes to who handles its request."""

    submit_label = gettext_lazy("Bericht versturen")
    error_texts = {"text": {"required": gettext_lazy("Schrijf eerst uw bericht")}}

    text = _long(gettext_lazy("Uw bericht"), 5, 4000)


class WithdrawForm(PortalForm):
    """Why the group stops, if it wants to tell."""

    submit_label = gettext_lazy("Ja, trek het verzoek in")

    reason = _long(gettext_lazy("Wilt u zeggen waarom?"), 3, 500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
