"""The steps of who reviews, up to the decision."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.desk import offer_advice
from shared.accounts.models import User
from shared.terms.calendar import today
from subsidies.admin.registry import DESK, Seen, StepPage, WhyNot, register, with_answers
from subsidies.enums import AWARDED, UNDECIDED, Distribution, ExtensionKind, Status
from subsidies.forms import judging
from subsidies.forms import review as forms
from subsidies.forms.contact import ContactStepForm
from subsidies.forms.hearing import HearingForm
from subsidies.models import Application
from subsidies.policies import is_applicant
from subsidies.workflow import review
from subsidies.workflow.contact import change_contact


def undecided(case: Application, user: User) -> bool:
    """There is no decision yet."""
    return case.is_undecided


def _term_runs(case: Application, user: User) -> bool:
    """To decide, or to settle what the recipient accounted for."""
    return case.is_undecided or review.running_term(case) is not None


def _not_proposed(case: Application, user: User) -> bool:
    # While a decision is proposed, the next step is that of the second pair of eyes.
    return case.status != Status.PROPOSED


def why_not_own(case: Application, user: User) -> str:
    """Nobody handles an application of their own."""
    if is_applicant(user, case):
        return _("Dit is uw eigen aanvraag. Laat een collega haar behandelen (Awb 2:4).")
    return ""


def _only_from(*statuses: Status) -> WhyNot:
    def why_not(case: Application, user: User) -> str:
        if case.status not in statuses:
            return _("Past niet bij de status “%(status)s”.") % {"status": case.get_status_display()}
        return why_not_own(case, user)

    return why_not


def _why_not_moved(case: Application, user: User) -> str:
    if case.status == Status.PROPOSED:
        return _("Past niet bij de status “%(status)s”.") % {"status": case.get_status_display()}
    return why_not_own(case, user)


def _why_no_completion(case: Application, user: User) -> str:
    if not case.can_move_to(Status.INCOMPLETE):
        return _("Past niet bij de status “%(status)s”.") % {"status": case.get_status_display()}
    return why_not_own(case, user)


def _why_not_complete(case: Application, user: User) -> str:
    if case.status != Status.INCOMPLETE and case.complete_on is not None:
        return _("De aanvraag is al volledig.")
    if case.status in (Status.HEARING, Status.PROPOSED):
        return _("Past niet bij de status “%(status)s”.") % {"status": case.get_status_display()}
    return why_not_own(case, user)


def _why_not_lacking(case: Application, user: User) -> str:
    if case.status != Status.IN_REVIEW or case.complete_on is None or not case.completion_requests.exists():
        return _("Kan alleen nadat de aanvrager iets heeft aangevuld.")
    return why_not_own(case, user)


def _why_not_extended(case: Application, user: User) -> str:
    return review.why_not_extended(case) or why_not_own(case, user)


def _why_no_hearing(case: Application, user: User) -> str:
    if case.status not in (Status.IN_REVIEW, *AWARDED):
        return _("Past niet bij de status “%(status)s”.") % {"status": case.get_status_display()}
    if case.hearings.filter(ended_on__isnull=True).exists():
        return _("Er is al om een zienswijze gevraagd.")
    return why_not_own(case, user)


def _why_no_end(case: Application, user: User) -> str:
    if not case.hearings.filter(ended_on__isnull=True).exists():
        return _("Er is geen zienswijze gevraagd.")
    return why_not_own(case, user)


def _before_decision_or_settlement(case: Application, user: User) -> bool:
    return case.status in (*UNDECIDED, *AWARDED)


def _why_nothing_to_read(case: Application, user: User) -> str:
    return "" if case.unread_since else _("Er is geen ongelezen bericht.")


def _extend(case: Application, form: forms.ExtendForm, seen: Seen) -> object:
    answers = form.cleaned_data
    return review.extend(
        case, kind=ExtensionKind.EXTENSION, weeks=answers["weeks"], reason=answers["reason"], **seen.as_arguments()
    )


def _announce(case: Application, form: forms.LaterForm, seen: Seen) -> object:
    answers = form.cleaned_data
    return review.extend(
        case,
        kind=ExtensionKind.NOTICE,
        expected_on=answers["expected_on"],
        reason=answers["reason"],
        **seen.as_arguments(),
    )


def _judge(case: Application, form: judging.JudgeForm, seen: Seen) -> object:
    return review.judge(case, checklist=form.checklist, cost_lines=form.verdicts, **seen.as_arguments())


def _score(case: Application, form: judging.ScoreForm, seen: Seen) -> object:
    return review.score(case, scores=form.scores, **seen.as_arguments())


def _count_votes(case: Application, form: judging.VotesForm, seen: Seen) -> object:
    answers = form.cleaned_data
    return review.count_votes(
        case, votes=answers["votes"], held_on=answers["held_on"], how=answers["how"], **seen.as_arguments()
    )


def _change_contact(case: Application, form: ContactStepForm, seen: Seen) -> object:
    return change_contact(case, form.contact, **seen.as_arguments())


def _record_contact(case: Application, form: forms.ContactForm, seen: Seen) -> object:
    answers = form.cleaned_data
    return review.record_contact(case, kind=answers["kind"], on=answers["on"], text=answers["text"], by=seen.by)


def _ranks(case: Application, user: User) -> bool:
    return undecided(case, user) and bool(case.scheme_version.score_lines)


def _votes(case: Application, user: User) -> bool:
    return undecided(case, user) and case.scheme_version.distribution == Distribution.VOTE


def _why_no_votes(case: Application, user: User) -> str:
    if case.round is None:
        return _("Deze aanvraag hoort niet bij een ronde.")
    if today() <= case.round.last_day:
        return _("De ronde is nog open. De buurt stemt daarna.")
    return why_not_own(case, user)


T = gettext_lazy
register(
    StepPage(
        "oppakken",
        T("Oppakken"),
        T("Oppakken"),
        with_answers(review.take_up),
        _only_from(Status.RECEIVED),
        explains=T("U wordt het aanspreekpunt. De aanvrager hoort wie de aanvraag behandelt."),
        at_once=True,
        main=True,
        position=10,
        concerns=undecided,
    ),
    StepPage(
        "toetsen",
        T("Toetsen"),
        T("Toetsing bewaren"),
        _judge,
        why_not_own,
        judging.JudgeForm,
        explains=T("U kunt later verdergaan: wat u openlaat, telt als nog niet bekeken."),
        main=True,
        main_when=_not_proposed,
        silent=True,
        position=20,
        concerns=undecided,
    ),
    StepPage(
        "score",
        T("Score geven"),
        T("Score bewaren"),
        _score,
        why_not_own,
        judging.ScoreForm,
        main=True,
        main_when=_not_proposed,
        silent=True,
        position=22,
        concerns=_ranks,
    ),
    StepPage(
        "stemmen",
        T("Stemmen invullen"),
        T("Stemmen bewaren"),
        _count_votes,
        _why_no_votes,
        judging.VotesForm,
        explains=T("De buurt stemt na de ronde, buiten dit portaal. Het plan met de meeste stemmen komt als eerste."),
        main=True,
        main_when=_not_proposed,
        silent=True,
        position=22,
        concerns=_votes,
    ),
    StepPage(
        "aanvulling-vragen",
        T("Aanvulling vragen"),
        T("Aanvulling vragen"),
        with_answers(review.request_completion, "items", "text", "due_on", "longer_because"),
        _why_no_completion,
        forms.CompletionForm,
        explains=T("Vanaf morgen staat de klok stil, tot de aanvulling er is of de laatste dag voorbij is."),
        main=True,
        position=24,
        concerns=undecided,
    ),
    StepPage(
        "volledig",
        T("De aanvraag is volledig"),
        T("Volledig verklaren"),
        with_answers(review.resume, "completed_on", "text"),
        _why_not_complete,
        forms.ResumeForm,
        explains=T("Voor wat niet via het portaal kwam, of toch niet nodig is. De klok loopt daarna weer."),
        position=30,
        concerns=undecided,
    ),
    StepPage(
        "niet-genoeg",
        T("De aanvulling is niet genoeg"),
        T("Bewaren"),
        with_answers(review.still_lacking, "text"),
        _why_not_lacking,
        forms.LackingForm,
        explains=T("De aanvraag telt dan niet als volledig. U kunt opnieuw vragen, of buiten behandeling stellen."),
        silent=True,
        position=31,
        concerns=undecided,
    ),
    StepPage(
        "zienswijze-vragen",
        T("Zienswijze vragen"),
        T("Zienswijze vragen"),
        with_answers(review.ask_hearing, "outcome", "grounds", "amount", "intended", "due_on"),
        _why_no_hearing,
        HearingForm,
        explains=T(
            "Verplicht vóór sommige weigeringen, en vóór elk besluit in het nadeel (Awb 4:12). De klok loopt door."
        ),
        position=32,
        concerns=_before_decision_or_settlement,
    ),
    StepPage(
        "zienswijze-afronden",
        T("Zienswijze afronden"),
        T("Zienswijze afronden"),
        with_answers(review.end_hearing, "text"),
        _why_no_end,
        forms.EndHearingForm,
        explains=T("Als de aanvrager mondeling reageerde, of liet weten niet te reageren."),
        silent=True,
        position=33,
        concerns=_before_decision_or_settlement,
    ),
    StepPage(
        "verlengen",
        T("Termijn verlengen"),
        T("Termijn verlengen"),
        _extend,
        _why_not_extended,
        forms.ExtendForm,
        explains=T("Eén keer, en alleen zolang de termijn loopt."),
        position=40,
        concerns=_term_runs,
    ),
    StepPage(
        "later-besluit",
        T("Later besluit aankondigen"),
        T("Laten weten"),
        _announce,
        why_not_own,
        forms.LaterForm,
        explains=T("De wettelijke datum blijft staan (Awb 4:14, eerste lid). U noemt de dag waarop het besluit komt."),
        position=41,
        concerns=_term_runs,
    ),
    StepPage(
        "opschorten",
        T("Klok stilzetten"),
        T("Klok stilzetten"),
        with_answers(review.pause, "ground", "first_day", "last_day", "text"),
        why_not_own,
        forms.PauseForm,
        explains=T("Om een andere reden dan een aanvulling (Awb 4:15, tweede lid)."),
        position=42,
        concerns=undecided,
    ),
    StepPage(
        "bericht",
        T("Bericht sturen"),
        T("Bericht sturen"),
        with_answers(review.reply, "text", "message"),
        why_not_own,
        forms.ReplyForm,
        explains=T("Een antwoord op een vraag, of een nieuw bericht. De status blijft zoals die is."),
        position=45,
    ),
    StepPage(
        "gelezen",
        T("Bericht gelezen"),
        T("Markeren als gelezen"),
        with_answers(review.mark_read),
        _why_nothing_to_read,
        silent=True,
        position=46,
        concerns=lambda case, user: case.unread_since is not None,
    ),
    StepPage(
        "contact",
        T("Contact vastleggen"),
        T("Contact vastleggen"),
        _record_contact,
        why_not_own,
        forms.ContactForm,
        silent=True,
        position=47,
    ),
    StepPage(
        "gegevens",
        T("Gegevens van de aanvrager wijzigen"),
        T("Bewaren"),
        _change_contact,
        why_not_own,
        ContactStepForm,
        explains=T(
            "Een ander e-mailadres geldt pas als de aanvrager het bevestigt met de link die daarheen gaat. Maakt u het "
            "leeg, dan gaan berichten op papier."
        ),
        position=47,
    ),
    StepPage(
        "buurt",
        T("Buurt kiezen"),
        T("Bewaren"),
        with_answers(review.choose_buurt, "buurt"),
        _why_not_moved,
        forms.BuurtForm,
        explains=T("Ligt het in een andere wijk? Dan krijgt de wijkcoördinator van die wijk bericht."),
        position=47,
        concerns=undecided,
    ),
    StepPage(
        "toewijzen",
        T("Toewijzen"),
        T("Toewijzen"),
        with_answers(review.assign, "to"),
        why_not_own,
        forms.AssignForm,
        position=48,
    ),
)
offer_advice(DESK, main=True, main_when=_not_proposed, position=26, part_position=40, why_not=why_not_own)
