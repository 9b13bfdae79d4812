"""A message that came by paper, at the desk, by phone or by e-mail: as official as one from the website."""

from django.utils.translation import gettext_lazy as _

from shared.accounts.models import User
from subsidies.admin import registry
from subsidies.admin.registry import Seen, StepPage
from subsidies.enums import Channel, MessageKind
from subsidies.forms.message_entry import MessageEntryForm
from subsidies.models import Application
from subsidies.policies import is_applicant
from subsidies.workflow import messages
from subsidies.workflow.objector import APPLICANT


def _take_in(case: Application, form: MessageEntryForm, seen: Seen) -> object:
    given = form.cleaned_data
    return messages.receive_message(
        case,
        kind=MessageKind(given["kind"]),
        text=given["text"],
        files=given["files"],
        by=seen.by,
        channel=Channel(given["channel"]),
        received_on=given["received_on"],
        posted_on=given["posted_on"],
        objector=form.objector if given["kind"] == MessageKind.OBJECTION else APPLICANT,
    )


def _why_not(case: Application, user: User) -> str:
    return str(_("Dit is uw eigen aanvraag. Laat een collega dit doen.")) if is_applicant(user, case) else ""


registry.register(
    StepPage(
        "bericht-invoeren",
        _("Bericht van de aanvrager invoeren"),
        _("Bericht invoeren"),
        _take_in,
        why_not=_why_not,
        form=MessageEntryForm,
        explains=_(
            "Voor een brief, een gesprek aan de balie of telefoon, of een e-mail. De aanvrager krijgt een bevestiging "
            "met een kopie. De dag van ontvangst telt voor de termijnen."
        ),
        position=90,
    )
)
