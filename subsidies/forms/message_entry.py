"""An official message that came by paper, at the desk, by phone or by e-mail, written down by a colleague."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.documents.forms import FilesField
from shared.terms.calendar import today
from shared.ui.fields import SplitDateField
from subsidies import offers
from subsidies.enums import Channel, MessageKind, ObjectorRole
from subsidies.forms.entry import BY_STAFF
from subsidies.forms.objector import ObjectorFields
from subsidies.forms.steps import StepForm, long_text
from subsidies.workflow.objection import SPOKEN, open_objection, why_not_at_hearing

# At a hearing too: there an objection can be taken back, and a view be given.
CHANNELS = [*BY_STAFF, (Channel.HEARING.value, Channel.HEARING.label)]


class MessageEntryForm(ObjectorFields, StepForm):
    """What came, how, and when: the day decides the terms."""

    submit_label = gettext_lazy("Bericht vastleggen en ontvangst bevestigen")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "kind": {"required": gettext_lazy("Kies wat voor bericht het is")},
        "channel": {"required": gettext_lazy("Kies hoe het bericht binnenkwam")},
        "received_on": {"required": gettext_lazy("Vul de dag in waarop het bericht binnenkwam")},
        "text": {"required": gettext_lazy("Schrijf op wat er in het bericht staat")},
    }

    kind = forms.ChoiceField(
        label=gettext_lazy("Wat voor bericht is het?"),
        choices=[(each.kind.value, each.kind.label) for each in offers.KINDS],
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(label=gettext_lazy("Hoe kwam het binnen?"), choices=CHANNELS, widget=forms.RadioSelect)
    received_on = SplitDateField(
        label=gettext_lazy("Op welke dag?"), help_text=gettext_lazy("Vanaf deze dag tellen de termijnen.")
    )
    posted_on = SplitDateField(
        label=gettext_lazy("Wanneer is het gepost?"),
        help_text=gettext_lazy("Alleen voor post: de datum van het poststempel (Awb 6:9)."),
        required=False,
    )
    text = long_text(gettext_lazy("Wat staat er in het bericht?"), rows=8, most=6000)
    files = FilesField(label=gettext_lazy("Scan of andere bijlage"), required=False, max_files=8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = today()
        self.order_fields(["kind", "channel", "received_on", "posted_on", "text", "files", "role"])
        self.fields["role"].label = _("Alleen bij bezwaar: wie maakt bezwaar?")

    def clean(self) -> dict[str, Any] | None:
        """The message came in, and asks what can be done now; a notice of default may also be too early."""
        cleaned = super().clean()
        received_on, posted_on = self.cleaned_data.get("received_on"), self.cleaned_data.get("posted_on")
        if received_on and not self.application.received_on <= received_on <= today():
            self.add_error("received_on", _("Kies een dag tussen de ontvangst van de aanvraag en vandaag"))
        if received_on and posted_on and posted_on > received_on:
            self.add_error("posted_on", _("Kies een dag die niet na de ontvangst ligt"))
        kind = self.cleaned_data.get("kind")
        if kind == MessageKind.OBJECTION:
            self.check_objector()
        elif self.cleaned_data.get("role") not in ("", None, ObjectorRole.APPLICANT):
            self.add_error("role", _("Alleen een bezwaar kan van iemand anders dan de aanvrager komen"))
        if kind and received_on and (why := self._why_not(MessageKind(kind), received_on)):
            self.add_error("kind", why)
        elif kind == MessageKind.NO_OBJECTION and received_on and self.cleaned_data.get("channel") in SPOKEN:
            found = open_objection(self.application, by_other=False)
            if found and (why := why_not_at_hearing(found, received_on)):
                self.add_error("channel", why)
        return cleaned

    def _why_not(self, kind: MessageKind, day: date) -> str:
        # What came too early still came: that it has no effect is for the decision on it (Awb article 4:17(6)).
        if kind in (MessageKind.DEFAULT_NOTICE, MessageKind.ADDITION, MessageKind.QUESTION, MessageKind.COMPLAINT):
            return ""
        if kind == MessageKind.OBJECTION and self.cleaned_data.get("role") == ObjectorRole.OTHER:
            # Of the applicant's own objection this says nothing; the step itself refuses what cannot be.
            return ""
        now = offers.standing(self.application, day)
        found = next(each for each in offers.offers(now) if each.kind == kind)
        return "" if found.may_now else found.why
