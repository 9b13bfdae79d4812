"""Each step as the file page offers it: its words, its form, and the workflow function that it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from initiatives import workflow
from initiatives.forms import review as forms
from initiatives.forms.finish import FinishForm
from initiatives.forms.steps import StepForm
from initiatives.models import Initiative
from initiatives.policies import Step, StepOption, steps
from shared.accounts.models import User

Text = str | Promise


@dataclass(frozen=True)
class Seen:
    """Who acts, and which version of the case they had before them."""

    by: User
    version: int | None

    def as_arguments(self) -> dict[str, Any]:
        """For a workflow function."""
        return {"by": self.by, "version": self.version}


Act = Callable[[Initiative, Any, Seen], object]


@dataclass(frozen=True)
class StepPage:
    """A step with its page. `verb` starts the button, an `at_once` step works with one click, `main` ones are first."""

    step: Step
    slug: str
    title: Text
    verb: Text
    act: Act
    form: type[StepForm] = forms.NothingForm
    explains: Text = ""
    at_once: bool = False
    main: bool = False


def _with(function: Callable[..., object], *names: str) -> Act:
    """Call a workflow function with these answers of the form, under the same names."""
    return lambda case, form, seen: function(
        case, **{name: form.cleaned_data[name] for name in names}, **seen.as_arguments()
    )


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


PAGES: dict[Step, StepPage] = {
    page.step: page
    for page in (
        StepPage(
            Step.CLEAR,
            "vrijgeven",
            _("Dit is een echt idee"),
            _("Vrijgeven"),
            _with(workflow.clear),
            explains=_("Het idee komt gewoon in uw werkvoorraad. De indiener kreeg al een ontvangstbevestiging."),
            main=True,
        ),
        StepPage(
            Step.CONFIRM_BY_PHONE,
            "telefonisch-bevestigen",
            _("Telefonisch bevestigen"),
            _("Bevestigen"),
            _with(workflow.confirm_by_phone),
            explains=_("U sprak de indiener. De link in de e-mail is dan niet meer nodig. De termijn begint nu."),
            main=True,
        ),
        StepPage(
            Step.TAKE_UP,
            "oppakken",
            _("Oppakken"),
            _("Oppakken"),
            _with(workflow.take_up),
            explains=_("U wordt het aanspreekpunt. De indiener hoort wie het idee bekijkt."),
            at_once=True,
            main=True,
        ),
        StepPage(
            Step.ACCEPT,
            "meehelpen",
            _("De gemeente helpt mee"),
            _("Meehelpen"),
            _with(workflow.accept, "text", "agreements", "next_step", "next_step_on"),
            forms.AcceptForm,
            main=True,
        ),
        StepPage(
            Step.ASK,
            "vraag-stellen",
            _("Vraag stellen"),
            _("Vraag stellen"),
            _with(workflow.ask, "text", "answer_by"),
            forms.QuestionForm,
            explains=_("De indiener antwoordt via het portaal. Het antwoord komt in dit dossier."),
            main=True,
        ),
        StepPage(
            Step.PASS_ON,
            "doorverwijzen",
            _("Doorverwijzen"),
            _("Doorverwijzen"),
            _with(workflow.pass_on, "text", "organisation", "contact", "department", "shares_contact"),
            forms.PassOnForm,
            main=True,
        ),
        StepPage(
            Step.DECLINE,
            "afwijzen",
            _("Afwijzen"),
            _("Afwijzen"),
            _decline,
            forms.DeclineForm,
            explains=_("Een nee komt altijd met de reden en met wat wel kan. Bellen vooraf helpt."),
            main=True,
        ),
        StepPage(
            Step.START,
            "uitvoering-begint",
            _("De uitvoering begint"),
            _("Uitvoering starten"),
            _with(workflow.start, "text", "next_step", "next_step_on"),
            forms.NextStepForm,
            main=True,
        ),
        StepPage(
            Step.FINISH,
            "afronden",
            _("Afronden"),
            _("Afronden"),
            _finish,
            FinishForm,
            explains=_("Het resultaat en de foto's staan daarna ook op de website, als het initiatief daar staat."),
            main=True,
        ),
        StepPage(
            Step.PUBLISH,
            "publiceren",
            _("Op de website zetten"),
            _("Publiceren"),
            _publish,
            forms.PublishForm,
            explains=_("Iedereen kan dit lezen. Laat namen, adressen en telefoonnummers weg."),
        ),
        StepPage(
            Step.UNPUBLISH,
            "van-de-website",
            _("Van de website halen"),
            _("Van de website halen"),
            _with(workflow.unpublish, "reason"),
            forms.ReasonForm,
            explains=_("Het dossier blijft bestaan. De reden staat alleen in het dossier."),
        ),
        StepPage(
            Step.MESSAGE,
            "bericht",
            _("Bericht sturen"),
            _("Bericht sturen"),
            _with(workflow.send_message, "text"),
            forms.TextForm,
            explains=_("De status blijft zoals die is."),
        ),
        StepPage(
            Step.ASSIGN,
            "toewijzen",
            _("Toewijzen"),
            _("Toewijzen"),
            _with(workflow.assign, "to"),
            forms.AssignForm,
        ),
        StepPage(
            Step.MERGE,
            "samenvoegen",
            _("Samenvoegen"),
            _("Samenvoegen"),
            _with(workflow.merge, "into"),
            forms.MergeForm,
            explains=_("De buren van beide ideeën blijven erbij. De indiener doet mee met het andere initiatief."),
        ),
        StepPage(
            Step.REOPEN,
            "heropenen",
            _("Opnieuw bekijken"),
            _("Opnieuw bekijken"),
            _with(workflow.reopen, "text"),
            forms.TextForm,
            explains=_("Het oude antwoord blijft in het dossier staan."),
            main=True,
        ),
        StepPage(
            Step.WITHDRAW,
            "intrekken",
            _("Intrekken op verzoek"),
            _("Intrekken"),
            _with(workflow.withdraw, "reason"),
            forms.ReasonForm,
            explains=_("Alleen als de indiener daarom vroeg."),
        ),
        StepPage(
            Step.SPAM,
            "ongewenst",
            _("Ongewenst bericht"),
            _("Wegleggen"),
            _with(workflow.mark_spam),
            explains=_("U kunt dit later terugdraaien."),
        ),
    )
}
BY_SLUG = {page.slug: page for page in PAGES.values()}


@dataclass(frozen=True)
class Offer:
    """A step on the file page: the page it leads to, and why not when it is not possible now."""

    page: StepPage
    option: StepOption
    title: Text


def offers(initiative: Initiative) -> dict[str, list[Offer]]:
    """The steps of a case: the main ones, the others, and those that are not possible now."""
    sorted_out: dict[str, list[Offer]] = {"main": [], "other": [], "closed": []}
    for option in steps(initiative):
        page = PAGES[option.step]
        kind = "closed" if not option.allowed else "main" if page.main else "other"
        sorted_out[kind].append(Offer(page, option, title_of(page, initiative)))
    return sorted_out


def title_of(page: StepPage, initiative: Initiative) -> Text:
    """What the step is called in this case."""
    if page.step is Step.PUBLISH and initiative.is_published:
        return _("Tekst op de website wijzigen")
    return page.title


def verb_of(page: StepPage, initiative: Initiative) -> Text:
    """What the button starts with in this case."""
    return _("Wijzigen") if page.step is Step.PUBLISH and initiative.is_published else page.verb
