"""Each step as the file page offers it: its words, its form, and the workflow function that it calls."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambassadors.desk import offer_advice
from initiatives import workflow
from initiatives.forms import review as forms
from initiatives.forms.finish import FinishForm
from initiatives.forms.steps import StepForm
from initiatives.models import Initiative
from initiatives.policies import Step, why_not
from initiatives.rules import private_details
from shared.accounts.models import User
from shared.review.desk import Act, Desk, Seen, StepPage, with_answers

Text = str | Promise

DESK = Desk("initiatives_initiative")
TEMPLATE = "admin/initiatives/initiative/step.html"


def _page(
    step: Step, slug: str, title: Text, verb: Text, act: Act, form: type[StepForm] = forms.NothingForm, **rest: Any
) -> tuple[Step, StepPage]:
    def refusal(case: Initiative, user: User) -> str:
        return why_not(case, step)

    return step, StepPage(slug, title, verb, act, refusal, form, template=TEMPLATE, **rest)


def _conversation(case: Initiative, user: User) -> dict[str, Any]:
    return {"conversation": case.messages.all()}


def _private(form: StepForm) -> list[str]:
    """What looks like personal data in words that everybody will read."""
    words = " ".join(str(form[name].value() or "") for name in ("title", "text") if name in form.fields)
    return private_details(words)


def _when_published(changed: Text, first: Text) -> Callable[..., Text]:
    """Other words once the plan is on the website."""
    return lambda case, *_others: changed if case.is_published else first


def _decline(case: Initiative, form: Any, seen: Seen) -> object:
    answers = form.cleaned_data
    return workflow.decline(case, reason=answers["text"], alternative=answers["alternative"], **seen.as_arguments())


def _finish(case: Initiative, form: Any, seen: Seen) -> object:
    return workflow.finish(case, result=form.cleaned_data["text"], photos=form.photos, **seen.as_arguments())


def _publish(case: Initiative, form: Any, seen: Seen) -> object:
    answers = form.cleaned_data
    return workflow.publish(
        case, title=answers["title"], text=answers["text"], alt_texts=form.alt_texts, **seen.as_arguments()
    )


PAGES: dict[Step, StepPage] = dict(
    (
        _page(
            Step.CLEAR,
            "vrijgeven",
            _("Dit is een echt idee"),
            _("Vrijgeven"),
            with_answers(workflow.clear),
            explains=_("Het idee komt gewoon in uw werkvoorraad. De indiener kreeg al een ontvangstbevestiging."),
            main=True,
        ),
        _page(
            Step.CONFIRM_BY_PHONE,
            "telefonisch-bevestigen",
            _("Telefonisch bevestigen"),
            _("Bevestigen"),
            with_answers(workflow.confirm_by_phone),
            explains=_("U sprak de indiener. De link in de e-mail is dan niet meer nodig. De termijn begint nu."),
            main=True,
        ),
        _page(
            Step.TAKE_UP,
            "oppakken",
            _("Oppakken"),
            _("Oppakken"),
            with_answers(workflow.take_up),
            explains=_("U wordt het aanspreekpunt. De indiener hoort wie het idee bekijkt."),
            at_once=True,
            main=True,
        ),
        _page(
            Step.ACCEPT,
            "meehelpen",
            _("De gemeente helpt mee"),
            _("Meehelpen"),
            with_answers(workflow.accept, "text", "agreements", "next_step", "next_step_on"),
            forms.AcceptForm,
            main=True,
        ),
        _page(
            Step.ASK,
            "vraag-stellen",
            _("Vraag stellen"),
            _("Vraag stellen"),
            with_answers(workflow.ask, "text", "answer_by"),
            forms.QuestionForm,
            explains=_("De indiener antwoordt via het portaal. Het antwoord komt in dit dossier."),
            main=True,
            values=_conversation,
        ),
        _page(
            Step.PASS_ON,
            "doorverwijzen",
            _("Doorverwijzen"),
            _("Doorverwijzen"),
            with_answers(workflow.pass_on, "text", "organisation", "contact", "department", "shares_contact"),
            forms.PassOnForm,
            main=True,
        ),
        _page(
            Step.DECLINE,
            "afwijzen",
            _("Afwijzen"),
            _("Afwijzen"),
            _decline,
            forms.DeclineForm,
            explains=_("Een nee komt altijd met de reden en met wat wel kan. Bellen vooraf helpt."),
            main=True,
        ),
        _page(
            Step.START,
            "uitvoering-begint",
            _("De uitvoering begint"),
            _("Uitvoering starten"),
            with_answers(workflow.start, "text", "next_step", "next_step_on"),
            forms.NextStepForm,
            main=True,
        ),
        _page(
            Step.FINISH,
            "afronden",
            _("Afronden"),
            _("Afronden"),
            _finish,
            FinishForm,
            explains=_("Het resultaat en de foto's staan daarna ook op de website, als het initiatief daar staat."),
            main=True,
            warnings=_private,
        ),
        _page(
            Step.PUBLISH,
            "publiceren",
            _("Op de website zetten"),
            _("Publiceren"),
            _publish,
            forms.PublishForm,
            explains=_("Iedereen kan dit lezen. Laat namen, adressen en telefoonnummers weg."),
            title_for=_when_published(_("Tekst op de website wijzigen"), _("Op de website zetten")),
            verb_for=_when_published(_("Wijzigen"), _("Publiceren")),
            warnings=_private,
        ),
        _page(
            Step.UNPUBLISH,
            "van-de-website",
            _("Van de website halen"),
            _("Van de website halen"),
            with_answers(workflow.unpublish, "reason"),
            forms.ReasonForm,
            explains=_("Het dossier blijft bestaan. De reden staat alleen in het dossier."),
        ),
        _page(
            Step.MESSAGE,
            "bericht",
            _("Bericht sturen"),
            _("Bericht sturen"),
            with_answers(workflow.send_message, "text"),
            forms.TextForm,
            explains=_("De status blijft zoals die is."),
            values=_conversation,
        ),
        _page(
            Step.ASSIGN,
            "toewijzen",
            _("Toewijzen"),
            _("Toewijzen"),
            with_answers(workflow.assign, "to"),
            forms.AssignForm,
        ),
        _page(
            Step.MERGE,
            "samenvoegen",
            _("Samenvoegen"),
            _("Samenvoegen"),
            with_answers(workflow.merge, "into"),
            forms.MergeForm,
            explains=_("De buren van beide ideeën blijven erbij. De indiener doet mee met het andere initiatief."),
        ),
        _page(
            Step.REOPEN,
            "heropenen",
            _("Opnieuw bekijken"),
            _("Opnieuw bekijken"),
            with_answers(workflow.reopen, "text"),
            forms.TextForm,
            explains=_("Het oude antwoord blijft in het dossier staan."),
            main=True,
        ),
        _page(
            Step.WITHDRAW,
            "intrekken",
            _("Intrekken op verzoek"),
            _("Intrekken"),
            with_answers(workflow.withdraw, "reason"),
            forms.ReasonForm,
            explains=_("Alleen als de indiener daarom vroeg."),
        ),
        _page(
            Step.SPAM,
            "ongewenst",
            _("Ongewenst bericht"),
            _("Wegleggen"),
            with_answers(workflow.mark_spam),
            explains=_("U kunt dit later terugdraaien."),
        ),
    )
)
DESK.register(*PAGES.values())
offer_advice(DESK)
