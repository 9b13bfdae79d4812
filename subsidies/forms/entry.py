"""The questions of an applicant, filled in by a colleague for somebody at the phone, at the desk, or on paper."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.terms.calendar import today
from shared.ui.fields import SplitDateField
from shared.ui.forms import PortalForm, Section
from shared.ui.once import OnceToken
from subsidies.enums import Channel
from subsidies.forms.application import ApplicationQuestions
from subsidies.forms.costs import AMOUNT, WHAT, changed
from subsidies.models import Scheme, SchemeVersion

BY_STAFF = [choice for choice in Channel.choices if choice[0] not in (Channel.WEB, Channel.HEARING)]


class SchemeForm(PortalForm):
    """Which scheme the application is for; asked only when there is more than one."""

    submit_label = gettext_lazy("Verder")

    regeling = forms.ModelChoiceField(
        Scheme.objects.none(),
        label=gettext_lazy("Voor welke regeling?"),
        to_field_name="code",
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regeling"].queryset = Scheme.objects.public()


class EntryForm(OnceToken, ApplicationQuestions):
    """The questions as an applicant reads them, so that they can be read aloud; and how it all reached us.

    What is not on the paper stays empty: the application counts all the same, and the rest is asked later.
    """

    submit_label = gettext_lazy("Aanvraag vastleggen en ontvangst bevestigen")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = ApplicationQuestions.error_texts | {
        "consent": {"required": gettext_lazy("Lees de tekst voor, of kijk of het papier ondertekend is")},
        "channel": {"required": gettext_lazy("Kies hoe de aanvraag binnenkwam")},
        "received_on": {"required": gettext_lazy("Vul de dag in waarop de aanvraag binnenkwam")},
    }

    channel = forms.ChoiceField(
        label=gettext_lazy("Hoe kwam de aanvraag binnen?"), choices=BY_STAFF, widget=forms.RadioSelect
    )
    received_on = SplitDateField(
        label=gettext_lazy("Op welke dag?"), help_text=gettext_lazy("Vanaf deze dag telt de termijn.")
    )
    consent = forms.BooleanField(
        label=gettext_lazy("De aanvrager heeft getekend, of vindt het goed nadat ik deze tekst voorlas"),
        help_text=gettext_lazy(
            "“Wij bewaren uw aanvraag, uw naam en hoe wij u bereiken, om over uw aanvraag te beslissen. Alleen "
            "medewerkers van de gemeente die daarbij helpen, zien uw gegevens. U kunt altijd vragen om uw gegevens te "
            "bekijken of te wijzigen. Klopt alles wat u vertelde, en vindt u dit goed?”"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, lenient=True, **kwargs)
        self.layout = [
            Section(gettext_lazy("Hoe kwam het binnen?"), "channel", "received_on"),
            *self.layout,
            Section(gettext_lazy("Ondertekening"), "consent"),
        ]
        for name in ("channel", "received_on", "consent"):
            self.fields[name].required = True
        self.fields["received_on"].initial = today()
        self.order_fields(["channel", "received_on"])

    @classmethod
    def with_other_rows(
        cls, data: QueryDict, files: MultiValueDict[str, Any], *, version: SchemeVersion, button: str
    ) -> "EntryForm":
        """The same answers with a cost line more or less, or the total again; nothing is wrong yet."""
        typed = data.copy()
        if button != "add_up":
            rows = changed(list(zip(typed.getlist(WHAT), typed.getlist(AMOUNT), strict=False)), button)
            typed.setlist(WHAT, [what for what, _amount in rows])
            typed.setlist(AMOUNT, [amount for _what, amount in rows])
        form = cls(typed, files, version=version)
        form.full_clean()
        form._errors = ErrorDict()
        return form

    def clean_received_on(self) -> date:
        """It has come in."""
        day: date = self.cleaned_data["received_on"]
        if day > today():
            raise ValidationError(_("Vul de dag in waarop de aanvraag binnenkwam, vandaag of eerder"))
        return day
