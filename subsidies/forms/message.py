"""The forms of official messages, one for each kind."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shared.documents.forms import FilesField
from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken
from subsidies.enums import MessageKind

# The question, the button, and what to do when the question stays open.
WORDS: dict[MessageKind, tuple[Promise, Promise, Promise]] = {
    MessageKind.ADDITION: (
        _("Wat wilt u toevoegen?"),
        _("Aanvulling versturen"),
        _("Schrijf op wat u toevoegt"),
    ),
    MessageKind.QUESTION: (_("Wat is uw vraag?"), _("Vraag versturen"), _("Schrijf eerst uw vraag")),
    MessageKind.PRIOR_VIEW: (
        _("Wat vindt u van wat wij van plan zijn?"),
        _("Reactie versturen"),
        _("Schrijf eerst uw reactie"),
    ),
    MessageKind.WITHDRAWAL: (_("Waarom stopt u?"), _("Aanvraag intrekken"), _("Schrijf eerst uw reden")),
    MessageKind.DEFAULT_NOTICE: (
        _("Wilt u er iets bij schrijven?"),
        _("Ingebrekestelling versturen"),
        _("Schrijf eerst uw bericht"),
    ),
    MessageKind.OBJECTION: (
        _("Waarom bent u het niet eens met het besluit?"),
        _("Bezwaar versturen"),
        _("Schrijf op waarom u het niet eens bent met het besluit"),
    ),
    MessageKind.NO_OBJECTION: (
        _("Wilt u er iets bij schrijven?"),
        _("Bezwaar intrekken"),
        _("Schrijf eerst uw bericht"),
    ),
    MessageKind.COMPLAINT: (
        _("Wat ging er niet goed, en wanneer was dat?"),
        _("Klacht versturen"),
        _("Schrijf op wat er niet goed ging"),
    ),
    MessageKind.REPORT: (
        _("Wat heeft u gedaan, wie deden er mee, en wat is er beter geworden?"),
        _("Verslag versturen"),
        _("Schrijf op wat u heeft gedaan"),
    ),
}
# What is clear without words.
SPEAKS_FOR_ITSELF = (MessageKind.WITHDRAWAL, MessageKind.DEFAULT_NOTICE, MessageKind.NO_OBJECTION)
WITHOUT_FILES = SPEAKS_FOR_ITSELF
DEFAULT_NOTICE_TEXT = _(
    "Ik stel u in gebreke: u heeft niet op tijd beslist op mijn aanvraag. Neem binnen twee weken een besluit."
)
# What such a message says by itself, before what somebody adds.
OPENINGS = {
    MessageKind.DEFAULT_NOTICE: DEFAULT_NOTICE_TEXT,
    MessageKind.NO_OBJECTION: _("Ik trek mijn bezwaar in. U hoeft er niet meer op te beslissen."),
}


class MessageForm(OnceToken, PortalForm):
    """One official message with its files; sending is signing."""

    text = forms.CharField(max_length=6000, widget=forms.Textarea(attrs={"rows": 6}))
    files = FilesField(label=_("Foto’s of bestanden"), required=False, max_files=8)

    def __init__(self, *args: Any, kind: MessageKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label, button, missing = WORDS[kind]
        self.kind = kind
        self.submit_label = button
        self.fields["text"].label = label
        self.fields["text"].required = kind not in SPEAKS_FOR_ITSELF
        self.fields["text"].error_messages["required"] = missing
        if kind in WITHOUT_FILES:
            del self.fields["files"]

    def clean(self) -> dict[str, Any] | None:
        """Files alone are an addition as well."""
        cleaned = super().clean()
        only_files = self.cleaned_data.get("files") and not self["text"].data
        if self.kind == MessageKind.ADDITION and only_files and "text" in self.errors:
            del self.errors["text"]
            self.cleaned_data["text"] = ""
        return cleaned

    @property
    def message(self) -> str:
        """The words of the message; some kinds say what they are by themselves."""
        typed: str = self.cleaned_data["text"]
        return f"{OPENINGS[self.kind]}\n\n{typed}".strip() if self.kind in OPENINGS else typed
