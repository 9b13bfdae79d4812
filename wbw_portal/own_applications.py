"""The part of Mijn overzicht about money for plans: what waits, how each application stands, and where to apply."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from initiatives.enums import Status as PlanStatus
from initiatives.models import Initiative
from initiatives.ways import Way
from shared.accounts.models import User
from shared.terms import legal_days
from shared.terms.calendar import today
from subsidies.enums import AWARDED, PaymentStatus, Status
from subsidies.letters.payment import account_url
from subsidies.models import Application, CompletionRequest, Hearing, Report, Scheme
from wbw_portal.overview_rows import Case, Waiting

# Plans that end here need no money any more.
OVER = (PlanStatus.DONE, PlanStatus.DECLINED, PlanStatus.WITHDRAWN, PlanStatus.MERGED, PlanStatus.SPAM)


def waiting(applications: Sequence[Application]) -> list[Waiting]:
    """What the applicant has to do: complete, react, give an account, show what was done; six queries."""
    return [*_additions(applications), *_views(applications), *_accounts(applications), *_reports(applications)]


def own(user: User) -> list[Application]:
    """The applications of this person, newest first."""
    found = Application.objects.of_applicant(user).select_related("scheme")
    return list(found.order_by("-submitted_at", "-pk"))


def case(application: Application) -> Case:
    """An application in the list."""
    return Case(
        title=application.title,
        reference=application.reference,
        status=application.status,
        status_label=application.public_status,
        next=_next(application),
        url=_url(application),
        kind=str(application.scheme),
    )


def ways_to_money(plans: Iterable[Initiative]) -> dict[int, list[Way]]:
    """For each plan that goes on and has no application yet: the open schemes, with the plan taken along."""
    schemes = list(Scheme.objects.open(today()).order_by("name"))
    going_on = [plan for plan in plans if plan.status not in OVER]
    asked = set(Application.objects.filter(initiative__in=going_on).values_list("initiative", flat=True))
    return {
        plan.pk: [
            Way(
                _("Vraag %(scheme)s aan voor dit plan") % {"scheme": scheme},
                f"{reverse('subsidies:apply', args=[scheme.code])}?{urlencode({'initiatief': plan.reference})}",
            )
            for scheme in schemes
        ]
        for plan in going_on
        if plan.pk not in asked
    }


def ways_on_plan(plan: Initiative) -> list[Way]:
    """The same for one plan, on its own page."""
    return ways_to_money([plan]).get(plan.pk, [])


def _additions(applications: Sequence[Application]) -> list[Waiting]:
    incomplete = [one for one in applications if one.status == Status.INCOMPLETE]
    found = CompletionRequest.objects.filter(application__in=incomplete, completed_on__isnull=True)
    outages = legal_days.outages()
    return [
        Waiting(
            title=request.application.title,
            text=_("Vul uw aanvraag aan vóór of op %(day)s: %(items)s.")
            % {"day": format_date(day, "l j F"), "items": ", ".join(request.items)},
            button=_("Aanvullen"),
            url=_url(request.application, "toevoegen"),
            due_on=day,
        )
        for request in found.select_related("application").order_by("due_on", "pk")
        for day in [legal_days.last_day_for_residents(request.due_on, outages)]
    ]


def _views(applications: Sequence[Application]) -> list[Waiting]:
    heard = [one for one in applications if one.status in (Status.HEARING, *AWARDED)]
    found = Hearing.objects.filter(application__in=heard, ended_on__isnull=True)
    outages = legal_days.outages()
    return [
        Waiting(
            title=hearing.application.title,
            text=_("U kunt reageren op wat wij van plan zijn, vóór of op %(day)s.")
            % {"day": format_date(day, "l j F")},
            button=_("Reageren"),
            url=_url(hearing.application, "zienswijze"),
            due_on=day,
        )
        for hearing in found.select_related("application").order_by("due_on", "pk")
        for day in [legal_days.last_day_for_residents(hearing.due_on, outages)]
    ]


def _accounts(applications: Sequence[Application]) -> list[Waiting]:
    own_ones = [one.pk for one in applications]
    found = Application.objects.filter(pk__in=own_ones, payments__status=PaymentStatus.WAITING_FOR_IBAN).distinct()
    return [
        Waiting(
            title=application.title,
            text=_("U krijgt geld. Op welke rekening mogen wij betalen?"),
            button=_("Rekeningnummer doorgeven"),
            url=account_url(application),
        )
        for application in found.order_by("pk")
        if application.email
    ]


def _reports(applications: Sequence[Application]) -> list[Waiting]:
    awarded = [one for one in applications if one.status in AWARDED]
    found = Report.objects.expected().filter(application__in=awarded)
    return [
        Waiting(
            title=report.application.title,
            text=_("Laat ons uiterlijk %(day)s zien wat u deed.") % {"day": format_date(report.last_day, "l j F")},
            button=_("Verslag sturen"),
            url=_url(report.application, "verslag"),
            due_on=report.last_day,
        )
        for report in found.select_related("application").order_by("due_on", "pk")
    ]


def _next(application: Application) -> str:
    if application.is_to_settle and application.settle_due_legal:
        return _next_settlement(application.settle_due_legal)
    if not application.is_undecided or application.due_legal is None:
        return ""
    if application.due_legal < today():
        return _("Wij zijn te laat met ons besluit. Bel ons gerust.")
    return _("Wij beslissen uiterlijk %(day)s.") % {"day": format_date(application.due_legal, "l j F Y")}


def _next_settlement(due_on: date) -> str:
    if due_on < today():
        return _("Wij zijn te laat met het vaststellen. Bel ons gerust.")
    return _("Wij stellen het bedrag uiterlijk %(day)s vast.") % {"day": format_date(due_on, "l j F Y")}


def _url(application: Application, message: str = "") -> str:
    if message:
        return reverse("subsidies:case_message", args=[application.reference, message])
    return reverse("subsidies:case", args=[application.reference])
