"""The questions of the noticeboard: what, until when, and who has to know."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.enums.noticeboard import MailChoice
from partners.forms.together import NO_PERSONS, PeopleField, ReasonForm, WithoutPersons, let_choose
from partners.policies.people import people_of
from shared.accounts.models import User
from shared.ui.fields import SplitDateField
from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken
from shared.wijken.models import Wijk


class ReplyForm(WithoutPersons, OnceToken, PortalForm):
    """An answer, and who has to know of it."""

    because_help = gettext_lazy("Alleen de wijkcoördinator ziet dit. Pas de tekst liever aan.")
    submit_label = gettext_lazy("Antwoord plaatsen")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {"text": {"required": gettext_lazy("Schrijf eerst uw bericht")}}

    text = forms.CharField(
        label=gettext_lazy("Uw antwoord"),
        help_text=NO_PERSONS,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mentioned = PeopleField(
        User.objects.none(),
        label=gettext_lazy("Wie moet dit meteen weten?"),
        help_text=gettext_lazy("Zij krijgen nu een e-mail. De anderen lezen het in hun overzicht."),
        required=False,
    )

    def __init__(self, *args: Any, wijk: Wijk, user: User, **kwargs: Any) -> None:
        super().__init__(*args, wijk=wijk, **kwargs)
        let_choose(self.fields["mentioned"], people_of(wijk).exclude(pk=user.pk))


class NoticeForm(ReplyForm):
    """A message."""

    submit_label = gettext_lazy("Op het prikbord zetten")

    until_on = SplitDateField(
        label=gettext_lazy("Tot wanneer geldt dit?"),
        help_text=gettext_lazy("Daarna staat het onderaan."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Uw bericht")

    def clean_until_on(self) -> date | None:
        """A day that still comes."""
        until_on: date | None = self.cleaned_data["until_on"]
        if until_on and until_on < timezone.localdate():
            raise forms.ValidationError(_("Kies een dag die nog komt"))
        return until_on


class TakeDownForm(ReasonForm):
    """Why a message is taken off the board."""

    submit_label = gettext_lazy("Van het prikbord halen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _("Dit blijft in het logboek staan. Herhaal niet wat er in het bericht stond.")


class MailForm(PortalForm):
    """How often news of the board comes by e-mail."""

    submit_label = gettext_lazy("Bewaren")

    frequency = forms.ChoiceField(
        label=gettext_lazy("Hoe vaak wilt u een e-mail over het prikbord?"),
        help_text=gettext_lazy("Noemt iemand u? Dan krijgt u altijd meteen bericht."),
        choices=MailChoice,
        widget=forms.RadioSelect,
    )
