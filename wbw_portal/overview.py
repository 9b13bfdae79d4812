"""Mijn overzicht: everything of one resident, from all programmes, what waits for them first."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from initiatives import letters
from initiatives.enums import Sender, Status
from initiatives.models import Draft, Initiative, Involvement, Message
from initiatives.timeline import next_moments
from initiatives.ways import Way
from partners.policies.organisations import is_partner
from shared import links
from shared.accounts.models import User
from shared.accounts.policies import is_staff_member
from shared.notifications import digest
from shared.notifications.forms import FrequencyForm
from subsidies.models import ApplicationDraft
from wbw_portal import own_applications, own_matches, own_participation
from wbw_portal.overview_rows import Case, Waiting

RECENT_MESSAGES = 5


@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for the resident, drafts, plans, messages, and the plans of others that they joined."""
    user = request.user
    initiatives = list(Initiative.objects.of_resident(user).order_by("-submitted_at", "-pk"))
    applications = own_applications.own(user)
    ways = own_applications.ways_to_money(initiatives)
    return render(
        request,
        "portal/overview.html",
        {
            # An address that is not confirmed holds everything up; then whatever has the nearest last day.
            "waiting": [
                *_unconfirmed(user),
                *sorted(
                    [*_questions(user), *own_applications.waiting(applications), *own_matches.waiting(user)],
                    key=lambda item: item.due_on or date.max,
                ),
            ],
            "applications": [own_applications.case(application) for application in applications],
            "application_drafts": list(ApplicationDraft.objects.of_email(user.email).select_related("scheme")),
            "drafts": list(Draft.objects.of_email(user.email)),
            "cases": [_case(initiative, ways.get(initiative.pk, [])) for initiative in initiatives],
            "recent": list(_recent_messages(user)),
            "involvements": list(
                Involvement.objects.active()
                .filter(email__iexact=user.email, initiative__published_at__isnull=False)
                .select_related("initiative")
            ),
            "taking_part": own_participation.own(user),
            "frequency_form": _frequency_form(user),
            "is_staff_member": is_staff_member(user),
            "is_partner": is_partner(user),
        },
    )


@never_cache
@require_POST
def choose_frequency(request: HttpRequest) -> HttpResponse:
    """How often the resident gets news about the plans of others."""
    form = FrequencyForm(request.POST)
    if form.is_valid():
        digest.choose_frequency(request.user.email, form.cleaned_data["frequency"])
        messages.success(request, _("Uw keuze is bewaard. Zij geldt vanaf het volgende bericht."))
    else:
        messages.error(request, _("Kies eerst hoe vaak u nieuws wilt."))
    return redirect(f"{reverse('overview')}#nieuws")


def _frequency_form(user: User) -> FrequencyForm | None:
    """Only for who gets news."""
    chosen = digest.frequencies_of(user.email)
    return FrequencyForm.about(chosen) if chosen else None


def _unconfirmed(user: User) -> list[Waiting]:
    """Whoever signed in with a code has this address, so one button is enough."""
    found = Initiative.objects.filter(status=Status.UNCONFIRMED, email__iexact=user.email).order_by(
        "submitted_at", "pk"
    )
    return [
        Waiting(
            title=initiative.title,
            text=_("Bevestig uw e-mailadres. Daarna lezen wij uw idee."),
            button=_("Bevestigen"),
            url=reverse(
                "initiatives:confirm",
                args=[links.sign(letters.CONFIRM, initiative=initiative.pk, email=initiative.email)],
            ),
        )
        for initiative in found
    ]


def _questions(user: User) -> list[Waiting]:
    own = Initiative.objects.of_resident(user).filter(status=Status.QUESTION)
    found = Message.objects.filter(initiative__in=own, is_question=True, answered_at__isnull=True)
    return [
        Waiting(
            title=question.initiative.title,
            text=_about(question),
            button=_("Antwoorden"),
            url=reverse("initiatives:mine", args=[question.initiative.reference]) + "#bericht",
            due_on=question.answer_by,
        )
        for question in found.select_related("initiative").order_by("sent_at", "pk")
    ]


def _about(question: Message) -> str:
    if question.is_overdue:
        return _("Wij wachten nog op uw antwoord. Lukt het niet, bel ons dan.")
    if question.answer_by:
        day = format_date(question.answer_by, "l j F")
        return _("Wij hebben een vraag. Wilt u antwoorden vóór of op %(day)s?") % {"day": day}
    return _("Wij hebben een vraag voor u.")


def _recent_messages(user: User) -> list[Message]:
    own = Initiative.objects.of_resident(user)
    found = Message.objects.filter(initiative__in=own, sender=Sender.STAFF).select_related("initiative")
    return list(found.order_by("-sent_at", "-pk")[:RECENT_MESSAGES])


def _case(initiative: Initiative, ways: list[Way]) -> Case:
    coming = next(iter(next_moments(initiative)), None)
    when = f" ({format_date(coming.when, 'l j F')})" if coming and coming.when else ""
    return Case(
        title=initiative.title,
        reference=initiative.reference,
        status=initiative.status,
        status_label=initiative.public_status,
        next=f"{coming.label}{when}" if coming else "",
        url=reverse("initiatives:mine", args=[initiative.reference]),
        ways=ways,
    )
