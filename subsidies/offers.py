"""Which official messages an applicant can send now, and why another one not yet: for the page of the case."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from subsidies.enums import AWARDED, MessageKind, ObjectionStatus, Outcome, PaymentStatus, Status
from subsidies.models import (
    Application,
    Complaint,
    CompletionRequest,
    Decision,
    DefaultNotice,
    Hearing,
    Objection,
    Report,
)
from subsidies.policies import may_withdraw, open_to_objection
from subsidies.waiting import Awaited, what_waits


class Kind(NamedTuple):
    """A message as the applicant's page calls it; `slug` stands in its address."""

    kind: MessageKind
    slug: str
    label: StrOrPromise


# From this long before its last day on, the page of the case asks for the report.
REPORT_IS_NEAR = timedelta(days=28)

KINDS = [
    Kind(MessageKind.ADDITION, "toevoegen", gettext_lazy("Iets toevoegen")),
    Kind(MessageKind.QUESTION, "vraag", gettext_lazy("Een vraag stellen")),
    Kind(MessageKind.PRIOR_VIEW, "zienswijze", gettext_lazy("Reageren op wat wij van plan zijn (zienswijze)")),
    Kind(MessageKind.WITHDRAWAL, "intrekken", gettext_lazy("Uw aanvraag intrekken")),
    Kind(MessageKind.DEFAULT_NOTICE, "te-laat", gettext_lazy("Laten weten dat wij te laat zijn (ingebrekestelling)")),
    Kind(MessageKind.OBJECTION, "bezwaar", gettext_lazy("Bezwaar maken")),
    Kind(MessageKind.NO_OBJECTION, "bezwaar-intrekken", gettext_lazy("Uw bezwaar intrekken")),
    Kind(MessageKind.COMPLAINT, "klacht", gettext_lazy("Een klacht indienen over hoe wij met u omgaan")),
    Kind(MessageKind.REPORT, "verslag", gettext_lazy("Laten zien wat u deed (verslag)")),
]
BY_SLUG = {each.slug: each for each in KINDS}


@dataclass(frozen=True)
class Offer:
    """One message; `why` says what it is for, or from when it can be sent."""

    kind: MessageKind
    slug: str
    label: str
    may_now: bool
    why: str


@dataclass(frozen=True)
class Standing:
    """What the offers follow from; read once for a page."""

    application: Application
    request: CompletionRequest | None
    hearing: Hearing | None
    decision: Decision | None
    objection: Objection | None
    open_objection: Objection | None
    complaint: Complaint | None
    report: Report | None
    waits_for_account: bool
    # The decision that the applicant waits for now.
    awaited: Awaited | None
    # The notice of default that already runs for what is late now.
    notice: DefaultNotice | None
    today: date

    @property
    def asks_report(self) -> bool:
        """It is time to tell how it went: the activity was there, or the last day is near."""
        if self.report is None or self.application.status not in AWARDED:
            return False
        activity_on = self.application.ends_on or self.application.starts_on
        was_there = activity_on is not None and activity_on < self.today
        return was_there or self.report.last_day <= self.today + REPORT_IS_NEAR or self.report.returned_because != ""

    @property
    def undecided(self) -> bool:
        """No decision has been taken yet."""
        return self.application.is_undecided


def standing(application: Application, today: date) -> Standing:
    """Look up what waits for the applicant and what was decided."""
    decision = open_to_objection(application, today)
    awaited = what_waits(application)
    objections = list(
        Objection.objects.filter(against__application=application)
        .exclude(status=ObjectionStatus.WITHDRAWN)
        .from_others(False)
        .order_by("pk")
    )
    unanswered = [each for each in objections if each.status != ObjectionStatus.DECIDED]
    against_it = [each for each in objections if decision is not None and each.against_id == decision.pk]
    return Standing(
        application=application,
        request=application.completion_requests.filter(completed_on__isnull=True).last()
        if application.status == Status.INCOMPLETE
        else None,
        hearing=application.hearings.filter(ended_on__isnull=True).last()
        if application.status in (Status.HEARING, *AWARDED)
        else None,
        decision=decision,
        objection=next(iter((against_it or unanswered)[-1:]), None),
        open_objection=next(iter(unanswered), None),
        complaint=application.complaints.open().select_related("handler").first(),
        report=Report.objects.expected().filter(application=application).first(),
        waits_for_account=application.status in AWARDED
        and application.payments.filter(status=PaymentStatus.WAITING_FOR_IBAN).exists(),
        awaited=awaited,
        notice=_running_notice(application, awaited),
        today=today,
    )


def _running_notice(application: Application, awaited: Awaited | None) -> DefaultNotice | None:
    if awaited is None:
        return None
    same = {"objection": awaited.objection, "about_settlement": awaited.is_settlement}
    found: DefaultNotice | None = application.default_notices.filter(no_effect_because="", **same).last()
    return found


def offers(now: Standing) -> list[Offer]:
    """Every message with whether it can be sent now, in the order of the page."""
    checks = {
        MessageKind.ADDITION: _addition,
        MessageKind.QUESTION: _question,
        MessageKind.PRIOR_VIEW: _prior_view,
        MessageKind.WITHDRAWAL: _withdrawal,
        MessageKind.DEFAULT_NOTICE: _default_notice,
        MessageKind.OBJECTION: _objection,
        MessageKind.NO_OBJECTION: _no_objection,
        MessageKind.COMPLAINT: _complaint,
        MessageKind.REPORT: _report,
    }
    found = []
    for each in KINDS:
        may_now, why = checks[each.kind](now)
        found.append(Offer(each.kind, each.slug, str(each.label), may_now, why))
    return found


def offer(now: Standing, slug: str) -> Offer | None:
    """The message with this address; None when there is no such message."""
    return next((each for each in offers(now) if each.slug == slug), None)


Verdict = tuple[bool, str]


def _addition(now: Standing) -> Verdict:
    if now.request:
        return True, _("Wij wachten op uw aanvulling. Stuur die vóór of op %(day)s.") % {
            "day": _day(now.request.last_day)
        }
    if now.objection and now.objection.status == ObjectionStatus.REPAIR:
        return True, _("Wij wachten op wat nog ontbreekt bij uw bezwaar.")
    if now.undecided and now.application.previous_id:
        return True, _("Schrijf wat er is veranderd sinds wij u eerder geen geld gaven. Of stuur iets anders na.")
    if now.undecided:
        return True, _("Bijvoorbeeld een offerte, een foto of iets dat is veranderd.")
    return False, _("Er is al een besluit genomen. Daarom kunt u niets meer toevoegen. Wel kunt u een vraag stellen.")


def _question(now: Standing) -> Verdict:
    return True, _("U krijgt antwoord van uw contactpersoon.")


def _prior_view(now: Standing) -> Verdict:
    if now.hearing:
        return True, _("U kunt reageren vóór of op %(day)s.") % {"day": _day(now.hearing.last_day)}
    return False, _("Dit kan als wij u hebben geschreven wat wij van plan zijn. U krijgt dan van ons een bericht.")


def _withdrawal(now: Standing) -> Verdict:
    if may_withdraw(now.application):
        return True, _("Wij stoppen dan met uw aanvraag en nemen geen besluit.")
    if now.application.status == Status.WITHDRAWN:
        return False, _("U heeft uw aanvraag al ingetrokken.")
    return False, _("Er is al een besluit genomen. Gaat uw plan niet door? Stel dan een vraag of bel ons.")


def _default_notice(now: Standing) -> Verdict:
    due = now.awaited.due_on if now.awaited else None
    if now.awaited is None or due is None:
        return False, _("Dit kan alleen als wij te laat zijn met een besluit.")
    if now.today <= due:
        return False, _("U kunt ons pas in gebreke stellen na %(day)s. Tot en met die dag hebben wij de tijd.") % {
            "day": _day(due)
        }
    if now.notice is not None and now.notice.first_day is not None:
        return False, _(
            "U stelde ons al in gebreke op %(day)s. Vanaf %(first)s krijgt u een vergoeding voor elke dag dat wij "
            "te laat zijn."
        ) % {"day": _day(now.notice.received_on), "first": _day(now.notice.first_day)}
    if now.awaited.is_ex_officio:
        return True, _(
            "Wij hadden het bedrag uiterlijk %(day)s moeten vaststellen. U stuurde geen verslag. Daarom krijgt u geen "
            "vergoeding als wij te laat zijn."
        ) % {"day": _day(due)}
    if now.awaited.is_settlement:
        return True, _(
            "Wij hadden het bedrag uiterlijk %(day)s moeten vaststellen. Stelt u ons in gebreke? Dan hebben wij nog "
            "twee weken. Daarna krijgt u een vergoeding voor elke dag dat wij te laat zijn."
        ) % {"day": _day(due)}
    return True, _(
        "Wij hadden uiterlijk %(day)s moeten beslissen. Stelt u ons in gebreke? Dan hebben wij nog twee weken. "
        "Daarna krijgt u een vergoeding voor elke dag dat wij te laat zijn."
    ) % {"day": _day(due)}


def _objection(now: Standing) -> Verdict:
    if now.decision is None:
        return _instead_of_deciding(now)
    if now.decision.outcome == Outcome.OBJECTION:
        return False, _("Wij hebben over uw bezwaar beslist. Bent u het niet eens? Dan kunt u naar de rechter.")
    if now.objection and now.objection.against_id == now.decision.pk:
        return False, _("U heeft al bezwaar gemaakt tegen dit besluit. Wilt u iets toevoegen? Stel dan een vraag.")
    values = {
        "day": _day(now.decision.last_day_to_object),
        "taken": _day(now.decision.notified_on),
        "what": now.decision.get_outcome_display(),
    }
    if now.today > now.decision.last_day_to_object:
        return True, _(
            "Dat kon tot en met %(day)s. Bent u te laat en kunt u daar niets aan doen? Schrijf dan op hoe dat komt."
        ) % values
    return (
        True,
        _("Dit gaat over ons besluit van %(taken)s: %(what)s. Bezwaar kan tot en met %(day)s en is gratis.") % values,
    )


def _instead_of_deciding(now: Standing) -> Verdict:
    """Against no decision there is an appeal and no objection; what comes all the same is passed on (Awb 6:15, 7:1)."""
    due = now.application.due_safe or now.application.due_legal
    if not now.undecided or due is None or now.today <= due:
        return False, _("Dit kan als wij een besluit hebben genomen.")
    return True, _(
        "Wij zijn te laat met ons besluit. Daartegen maakt u geen bezwaar: u stelt ons in gebreke, en twee weken later "
        "kunt u naar de rechter. Stuurt u toch bezwaar? Dan zorgen wij dat het op de goede plek komt."
    )


def _no_objection(now: Standing) -> Verdict:
    if now.open_objection is None:
        return False, _("Dit kan als u bezwaar heeft gemaakt en wij daar nog niet op hebben beslist.")
    return True, _("Wij beslissen dan niet meer op uw bezwaar van %(day)s. Ons besluit blijft zoals het is.") % {
        "day": _day(now.open_objection.received_on)
    }


def _complaint(now: Standing) -> Verdict:
    if now.complaint is not None:
        return False, _("Wij behandelen uw klacht. U krijgt uiterlijk %(day)s ons antwoord.") % {
            "day": _day(now.complaint.due_on)
        }
    return True, _(
        "Bijvoorbeeld als iemand u niet netjes behandelde of niet terugbelde. Bent u het niet eens met een besluit? "
        "Maak dan bezwaar. U krijgt binnen zes weken antwoord van iemand die er niet bij betrokken was, of binnen tien "
        "weken als een klachtadviseur meekijkt."
    )


def _report(now: Standing) -> Verdict:
    if now.report is None:
        return False, _("Dit kan als u geld heeft gekregen. In de brief over uw geld staat of wij een verslag vragen.")
    return True, _("Stuur ons uiterlijk %(day)s een foto en schrijf op hoe het ging.") % {
        "day": _day(now.report.last_day)
    }


def _day(day: date) -> str:
    return format_date(day, "l j F Y")
