"""Objections and notices of default in the admin: their steps and their part of the file page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.models import User
from shared.terms.calendar import today
from subsidies.admin import decide as deciding
from subsidies.admin import registry
from subsidies.admin.decide import DECIDE
from subsidies.admin.registry import Part, Seen, StepPage
from subsidies.enums import Channel, MessageKind, ObjectionOutcome, ObjectionStatus, PostponementGround
from subsidies.forms import objection as forms
from subsidies.forms.objector import ObjectorForm
from subsidies.models import Application, CaseMessage, DefaultNotice, Objection
from subsidies.policies import may_decide, may_handle_objection
from subsidies.workflow import (
    default_notice,
    messages,
    no_decision,
    objection,
    objection_file,
    objection_later,
    objector,
)
from subsidies.workflow.objection_proposal import open_proposal as proposal_of

KEPT = "_open_objection"
# What cannot be done while a decision waits for a second pair of eyes.
HANDLING = (ObjectionStatus.RECEIVED, ObjectionStatus.REPAIR, ObjectionStatus.HEARING)


def opened(case: Application) -> Objection | None:
    """The open objection of this case; looked up once for a page."""
    if KEPT not in case.__dict__:
        case.__dict__[KEPT] = objection.open_objection(case)
    found: Objection | None = case.__dict__[KEPT]
    return found


def concerns(case: Application, user: User) -> bool:
    """There is an open objection."""
    return opened(case) is not None


def why_not(case: Application, user: User) -> str:
    """Why this person may not touch the objection."""
    found = opened(case)
    if found is None:
        return _("Er is geen bezwaar dat op een beslissing wacht.")
    if not may_handle_objection(user, found):
        return _("U nam het besluit of bereidde het voor. Iemand anders behandelt het bezwaar (Awb 10:3, derde lid).")
    return ""


def to(status: ObjectionStatus) -> registry.WhyNot:
    """Why the open objection cannot go to this status now."""

    def check(case: Application, user: User) -> str:
        found = opened(case)
        if refusal := why_not(case, user):
            return refusal
        if found is not None and found.status == ObjectionStatus.PROPOSED and status in HANDLING:
            return _("Er ligt een voorstel voor de beslissing. Geef dat eerst terug.")
        if found is not None and not found.can_move_to(status):
            return _("Kan niet vanuit de status “%(status)s”.") % {"status": found.get_status_display()}
        return ""

    return check


def _excuse(case: Application, user: User) -> str:
    found = opened(case)
    refusal = why_not(case, user)
    if refusal or found is None:
        return refusal
    if not found.is_late:
        return _("Het bezwaar kwam op tijd.")
    return _("Het bezwaar is al toegelaten.") if found.excused_because else ""


def _extend(case: Application, user: User) -> str:
    found = opened(case)
    refusal = why_not(case, user)
    if refusal or found is None:
        return refusal
    return _("De beslissing is al een keer verdaagd.") if found.extended_on else ""


def _record(case: Application, user: User) -> str:
    found = opened(case)
    return why_not(case, user) or (objection_file.why_no_record(found) if found else "")


def _postpone(case: Application, user: User) -> str:
    found = opened(case)
    refusal = why_not(case, user)
    return refusal or (objection_later.why_not_postponed(found) if found else "")


def _withdraw(case: Application, form: Any, seen: Seen) -> object:
    answers = form.cleaned_data
    return messages.receive_message(
        case,
        kind=MessageKind.NO_OBJECTION,
        text=answers["text"],
        files=answers["files"],
        by=seen.by,
        channel=Channel(answers["channel"]),
        received_on=answers["received_on"],
        objector=objector.of(form.objection),
    )


def _take_up(case: Application, form: Any, seen: Seen) -> object:
    answers = form.cleaned_data
    return objection.take_up(
        form.objection, handler=answers["handler"], committee=answers["committee"], **seen.as_arguments()
    )


def notice_of(case: Application) -> DefaultNotice | None:
    """The notice of default that still asks for a penalty decision or a judgement."""
    found: DefaultNotice | None = case.default_notices.filter(decision=None, amount=None).exclude(first_day=None).last()
    return found


def _has_notice(case: Application, user: User) -> bool:
    return notice_of(case) is not None


def _may(case: Application, user: User) -> str:
    return "" if may_decide(user, case) else str(deciding.NOT_YOURS)


def _penalty(case: Application, form: Any, seen: Seen) -> object:
    answers = form.cleaned_data
    return default_notice.set_penalty(
        _notice(case), motivation=answers["motivation"], no_interest=answers["no_interest"], **seen.as_arguments()
    )


def _undecided_notice(case: Application) -> DefaultNotice | None:
    """The newest notice on which no decision was taken, with effect or without."""
    found: DefaultNotice | None = case.default_notices.filter(decision=None).last()
    return found


def _no_penalty(case: Application, form: Any, seen: Seen) -> object:
    return default_notice.deny(
        case.default_notices.filter(decision=None).latest("pk"),
        reason=form.cleaned_data["motivation"],
        no_interest=form.cleaned_data["no_interest"],
        **seen.as_arguments(),
    )


def _appeal(case: Application) -> CaseMessage:
    found = no_decision.to_forward(case)
    if found is None:
        raise CaseMessage.DoesNotExist
    return found


def _notice(case: Application) -> DefaultNotice:
    return case.default_notices.filter(decision=None, amount=None).exclude(first_day=None).latest("pk")


registry.register(
    StepPage(
        "bezwaar-toewijzen",
        gettext_lazy("Bezwaar: wie behandelt het"),
        gettext_lazy("Toewijzen"),
        _take_up,
        why_not,
        forms.TakeUpForm,
        explains=gettext_lazy("De indiener hoort wie het bezwaar behandelt en wanneer de beslissing komt."),
        main=True,
        main_when=lambda case, user: (found := opened(case)) is not None and found.status in HANDLING,
        position=70,
        concerns=lambda case, user: (found := opened(case)) is not None and found.handler is None,
    ),
    StepPage(
        "bezwaar-overdragen",
        gettext_lazy("Bezwaar: iemand anders behandelt het"),
        gettext_lazy("Overdragen"),
        _take_up,
        why_not,
        forms.TakeUpForm,
        explains=gettext_lazy("De indiener hoort wie het bezwaar behandelt en wanneer de beslissing komt."),
        position=70,
        concerns=lambda case, user: (found := opened(case)) is not None and found.handler is not None,
    ),
    StepPage(
        "bezwaar-toelaten",
        gettext_lazy("Bezwaar: te laat, toch toelaten"),
        gettext_lazy("Toelaten"),
        lambda case, form, seen: objection.excuse(
            form.objection, reason=form.cleaned_data["text"], **seen.as_arguments()
        ),
        _excuse,
        forms.ReasonForm,
        explains=gettext_lazy("Alleen als de indiener er niets aan kon doen (Awb 6:11)."),
        position=71,
        concerns=lambda case, user: (found := opened(case)) is not None and found.is_late,
    ),
    StepPage(
        "bezwaar-aanvullen",
        gettext_lazy("Bezwaar: om aanvulling vragen"),
        gettext_lazy("Vragen"),
        lambda case, form, seen: objection.ask_repair(
            form.objection,
            text=form.cleaned_data["text"],
            due_on=form.cleaned_data["due_on"],
            **seen.as_arguments(),
        ),
        to(ObjectionStatus.REPAIR),
        forms.RepairForm,
        explains=gettext_lazy("De termijn staat stil tot het er is (Awb 6:6)."),
        position=72,
        concerns=concerns,
    ),
    StepPage(
        "bezwaar-aangevuld",
        gettext_lazy("Bezwaar: de aanvulling is binnen"),
        gettext_lazy("Vastleggen"),
        lambda case, form, seen: objection.repaired(
            form.objection, received_on=form.cleaned_data["received_on"], **seen.as_arguments()
        ),
        to(ObjectionStatus.RECEIVED),
        forms.RepairedForm,
        position=73,
        concerns=concerns,
    ),
    StepPage(
        "hoorzitting",
        gettext_lazy("Bezwaar: uitnodigen voor de hoorzitting"),
        gettext_lazy("Uitnodigen"),
        lambda case, form, seen: objection.plan_hearing(
            form.objection, on=form.cleaned_data["on"], place=form.cleaned_data["place"], **seen.as_arguments()
        ),
        to(ObjectionStatus.HEARING),
        forms.HearingForm,
        main=True,
        position=74,
        concerns=concerns,
    ),
    StepPage(
        "hoorzitting-verslag",
        gettext_lazy("Bezwaar: verslag van de hoorzitting"),
        gettext_lazy("Vastleggen"),
        lambda case, form, seen: objection_file.record_hearing(
            form.objection, record=form.cleaned_data["text"], **seen.as_arguments()
        ),
        _record,
        forms.RecordForm,
        explains=gettext_lazy("Het verslag gaat mee met de beslissing (Awb 7:7)."),
        main=True,
        main_when=lambda case, user: not _record(case, user) and not (opened(case) or Objection()).hearing_record,
        position=75,
        concerns=lambda case, user: (found := opened(case)) is not None and found.hearing_on is not None,
    ),
    StepPage(
        "bezwaar-advies",
        gettext_lazy("Bezwaar: advies van de commissie"),
        gettext_lazy("Vastleggen"),
        lambda case, form, seen: objection_file.take_in_advice(
            form.objection,
            advised=ObjectionOutcome(form.cleaned_data["advised"]),
            advice=form.cleaned_data["advice"],
            on=form.cleaned_data["on"],
            **seen.as_arguments(),
        ),
        why_not,
        forms.AdviceForm,
        explains=gettext_lazy("Wijkt u straks af van het advies? Dan schrijft u waarom (Awb 7:13, zevende lid)."),
        position=75,
        concerns=lambda case, user: (found := opened(case)) is not None and found.committee,
    ),
    StepPage(
        "bezwaar-indiener",
        gettext_lazy("Bezwaar: wie is de indiener"),
        gettext_lazy("Vastleggen"),
        lambda case, form, seen: objector.correct(form.objection, objector=form.objector, **seen.as_arguments()),
        why_not,
        ObjectorForm,
        explains=gettext_lazy(
            "Voor een gemachtigde of een andere belanghebbende: die krijgt dan de brieven (Awb 2:1)."
        ),
        position=78,
        concerns=concerns,
    ),
    StepPage(
        "bezwaar-verdagen",
        gettext_lazy("Bezwaar: zes weken later beslissen"),
        gettext_lazy("Verdagen"),
        lambda case, form, seen: objection.extend(
            form.objection, reason=form.cleaned_data["text"], **seen.as_arguments()
        ),
        _extend,
        forms.ReasonForm,
        explains=gettext_lazy("Dit kan één keer, en alleen op tijd (Awb 7:10, derde lid)."),
        position=75,
        concerns=concerns,
    ),
    StepPage(
        "bezwaar-verder-uitstel",
        gettext_lazy("Bezwaar: verder uitstel met instemming"),
        gettext_lazy("Uitstellen"),
        lambda case, form, seen: objection_later.postpone(
            form.objection,
            ground=PostponementGround(form.cleaned_data["ground"]),
            **{name: form.cleaned_data[name] for name in ("until", "reason", "consent", "consent_on")},
            **seen.as_arguments(),
        ),
        _postpone,
        forms.PostponeForm,
        explains=gettext_lazy("Na de verdaging, en alleen met instemming of voor de procedure (Awb 7:10, vierde lid)."),
        position=76,
        concerns=concerns,
    ),
    StepPage(
        "bezwaar-ingetrokken",
        gettext_lazy("Bezwaar: ingetrokken door de indiener"),
        gettext_lazy("Vastleggen"),
        _withdraw,
        lambda case, user: "",
        forms.WithdrawnForm,
        explains=gettext_lazy(
            "Schriftelijk, of in woorden op de hoorzitting (Awb 6:21). De indiener krijgt een ontvangstbewijs en een "
            "bevestiging. De klok stopt."
        ),
        position=78,
        concerns=concerns,
    ),
    StepPage(
        "dwangsom",
        gettext_lazy("Dwangsom vaststellen"),
        gettext_lazy("Besluit nemen"),
        _penalty,
        lambda case, user: _may(case, user) or default_notice.why_not_set(_notice(case)),
        forms.PenaltyForm,
        explains=gettext_lazy("Binnen twee weken na de laatste dag waarover de dwangsom loopt (Awb 4:18)."),
        main=True,
        position=80,
        concerns=_has_notice,
        values=lambda case, user: {**deciding.values(case, user), "hints": ()},
        template=DECIDE,
    ),
    StepPage(
        "beroep-doorsturen",
        gettext_lazy("Beroep doorgestuurd aan de rechtbank"),
        gettext_lazy("Vastleggen"),
        lambda case, form, seen: no_decision.forward(_appeal(case), **seen.as_arguments()),
        lambda case, user: "",
        explains=gettext_lazy(
            "Voor een bezwaar omdat wij te laat beslissen: dat is een beroep (Awb 6:12). Stuur het eerst zelf door met "
            "de dag van ontvangst (Awb 6:15). De afzender krijgt bericht."
        ),
        position=82,
        concerns=lambda case, user: no_decision.to_forward(case) is not None,
    ),
    StepPage(
        "geen-dwangsom",
        gettext_lazy("Geen dwangsom"),
        gettext_lazy("Besluit nemen"),
        _no_penalty,
        _may,
        forms.NoPenaltyForm,
        explains=gettext_lazy(
            "Als de ingebrekestelling te vroeg of onredelijk laat kwam (Awb 4:17, zesde lid). De aanvrager kan bezwaar "
            "maken."
        ),
        position=81,
        concerns=lambda case, user: _undecided_notice(case) is not None,
        values=lambda case, user: {**deciding.values(case, user), "hints": ()},
        template=DECIDE,
    ),
)


def part(case: Application, request: HttpRequest) -> dict[str, Any]:
    """The objections and notices of a case, with their dates and what is owed today."""
    found = Objection.objects.filter(against__application=case).select_related("against", "handler", "message")
    found = found.prefetch_related("postponements", "repair_requests", "past_hearings")
    notices = case.default_notices.select_related("message", "decision", "objection")
    return {
        "objection_proposal": proposal_of(found_open) if (found_open := opened(case)) else None,
        "objections": [(each, objection.deadline(each)) for each in found.order_by("-pk")],
        "notices": [
            (each, default_notice.owed(each, today()), default_notice.penalty_due(each))
            for each in notices.order_by("-pk")
        ],
    }


registry.show_on_file(Part("bezwaar", "admin/subsidies/application/_objections.html", part, position=16))
