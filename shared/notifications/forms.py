"""What staff fill in about a message, and readers about how often they get news."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.notifications.enums import HOW_OFTEN
from shared.notifications.models import OutboxMessage
from shared.ui.fields import EmailField
from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken


class SendAgainForm(OnceToken, PortalForm):
    """To which address; only asked when it goes by e-mail."""

    submit_label = _("Opnieuw versturen")
    email = EmailField(
        label=_("Naar welk e-mailadres?"),
        help_text=_("Verbeter het adres als het niet klopt. Het adres bij de zaak zelf verandert hiermee niet."),
    )

    def __init__(self, *args: object, message: OutboxMessage, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].initial = message.recipient_email
        # A colleague fills in somebody else's address: the browser must not offer their own.
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        if not message.recipient_email:
            self.fields["email"].required = False


class FrequencyForm(PortalForm):
    """How often one gets news, all of it."""

    submit_label = _("Bewaren")
    frequency = forms.ChoiceField(
        label=_("Hoe vaak wilt u nieuws?"),
        help_text=_("Is er geen nieuws? Dan krijgt u niets. Berichten over uw eigen idee komen altijd meteen."),
        choices=HOW_OFTEN,
        widget=forms.RadioSelect,
    )

    @classmethod
    def about(cls, chosen: set[str], data: Any = None) -> "FrequencyForm":
        """The form with what was chosen before, when that is one thing."""
        return cls(data, initial={"frequency": next(iter(chosen)) if len(chosen) == 1 else ""})


class CancelForm(PortalForm):
    """Why a message need not leave any more."""

    submit_label = _("Niet meer versturen")
    reason = forms.CharField(
        label=_("Waarom hoeft dit bericht niet meer weg?"),
        help_text=_("Bijvoorbeeld: ik heb mevrouw gebeld. Dit komt in het logboek."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
