"""Mijn gegevens: a copy of everything, and what can be deleted now, what is kept, why, and until when (GDPR 15-20)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from initiatives import own_data as plans
from initiatives.models import Draft, Initiative, Involvement
from initiatives.workflow import discard_draft, forget_involvement
from participation.challenges import own_data as challenges
from participation.challenges.models import ChallengeDraft
from participation.challenges.workflow import discard_draft as discard_challenge_draft
from participation.moments import own_data as moments
from participation.moments import workflow as taking_part
from participation.moments.models import Contribution, SignUp
from partners import own_data as partners
from partners.models import HelpConsent
from partners.workflow import newsletter
from shared.accounts.models import User
from shared.audit import trail
from shared.notifications.models import Subscription
from shared.terms.calendar import today
from shared.terms.lengths import years
from subsidies import own_data as applications
from subsidies.enums import AWARDED, RetentionClass
from subsidies.models import Application, ApplicationDraft
from subsidies.workflow.after import closing
from subsidies.workflow.drafts import discard_draft as discard_application_draft


@dataclass(frozen=True)
class Kept:
    """A case that stays: why, and until when."""

    title: str
    url: str
    why: str


@dataclass(frozen=True)
class Deletable:
    """What nobody needs but the person: it goes with one button."""

    drafts: list[Draft]
    application_drafts: list[ApplicationDraft]
    involvements: list[Involvement]
    challenge_drafts: list[ChallengeDraft]
    sign_ups: list[SignUp]
    contributions: list[Contribution]
    help_consents: list[HelpConsent]
    letters: list[Subscription]
    followed: list[moments.Followed]

    def __bool__(self) -> bool:
        return any(vars(self).values())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    """What we keep of this person; the button deletes what can go."""
    found = deletable(request.user)
    if request.method == "POST":
        delete(request.user)
        messages.success(request, _("Verwijderd. Wat wij moeten bewaren, staat hieronder."))
        return redirect("own_data")
    values = {"deletable": found, "applications": kept_applications(request.user), "plans": own_plans(request.user)}
    return render(request, "portal/own_data.html", values)


@never_cache
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Everything in one file."""
    response = JsonResponse(copy_of(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return response


def copy_of(user: User) -> dict[str, Any]:
    """All that is kept under this address, as plain values."""
    found = deletable(user)
    return {
        "name": user.name,
        "email": user.email,
        "phone": user.phone,
        "ideas": [plans.copy_of(plan) for plan in own_plans(user)],
        "applications": [applications.copy_of(one) for one in own_applications(user)],
        "challenges": [challenges.copy_of(one) for one in challenges.challenges_of(user)],
        "drafts": [draft.answers for draft in [*found.drafts, *found.application_drafts, *found.challenge_drafts]],
        **moments.copy_of(user.email),
        "plans_of_others": [
            {"plan": one.initiative.public_title, "how": one.get_kind_display(), "since": one.confirmed_at}
            for one in found.involvements
        ],
        "working_together": partners.copy_of(user),
        "neighbourhood_letters": [
            {"wijk": vars(one)["wijk_name"], "how_often": one.get_frequency_display(), "since": one.confirmed_at}
            for one in found.letters
        ],
    }


def own_plans(user: User) -> list[Initiative]:
    """The plans of this person, newest first."""
    return list(Initiative.objects.of_resident(user).order_by("-submitted_at", "-pk"))


def own_applications(user: User) -> list[Application]:
    """The applications of this person, newest first."""
    found = Application.objects.of_applicant(user).select_related("scheme", "scheme_version")
    return list(found.order_by("-submitted_at", "-pk"))


def deletable(user: User) -> Deletable:
    """Drafts that were never sent, what this person joined or follows of others, and letters of wijken."""
    return Deletable(
        list(Draft.objects.of_email(user.email)),
        list(ApplicationDraft.objects.of_email(user.email).select_related("scheme")),
        list(Involvement.objects.active().filter(email__iexact=user.email).select_related("initiative")),
        list(ChallengeDraft.objects.of_email(user.email)),
        moments.sign_ups_of(user.email),
        moments.contributions_of(user.email),
        partners.consents_of(user),
        newsletter.read_by(user.email),
        moments.followed_by(user.email),
    )


def is_held(email: str) -> bool:
    """Whether anything is kept under this address, also of somebody who never had an account."""
    return any(
        found.exists()
        for found in (
            Draft.objects.of_email(email),
            ApplicationDraft.objects.of_email(email),
            ChallengeDraft.objects.of_email(email),
            Involvement.objects.active().filter(email__iexact=email),
            SignUp.objects.of_email(email),
            Contribution.objects.of_email(email),
            Subscription.objects.active().of(email),
        )
    )


@transaction.atomic
def delete(user: User) -> Deletable:
    """Delete what can go now; a case that the law makes us keep is never touched by this."""
    found = deletable(user)
    for draft in found.drafts:
        discard_draft(draft)
    for draft in found.application_drafts:
        discard_application_draft(draft)
    for involvement in found.involvements:
        forget_involvement(involvement)
    for challenge_draft in found.challenge_drafts:
        discard_challenge_draft(challenge_draft)
    for sign_up in found.sign_ups:
        taking_part.forget(sign_up)
    for contribution in found.contributions:
        taking_part.withdraw_address(contribution)
    partners.withdraw(found.help_consents, by=user)
    newsletter.forget_reader(found.letters)
    taking_part.forget_follows(one.subscription for one in found.followed)
    if found:
        trail.record("accounts.own_data_deleted", subject=user, by=user)
    return found


def kept_applications(user: User) -> list[Kept]:
    """Each application with why it stays and until when."""
    return [
        Kept(str(one), reverse("subsidies:case", args=[one.reference]), why_kept(one, today()))
        for one in own_applications(user)
    ]


def why_kept(application: Application, day: date) -> str:
    """The law that makes us keep the file, and for how long (Archiefwet, Selectielijst 2020, process 8)."""
    if application.closed_on and application.retention_class:
        until = years(RetentionClass(application.retention_class).years).after(application.closed_on)
        if until < day:
            return _("De bewaartermijn is voorbij. Wij verwijderen dit dossier na een laatste controle.")
        return _("Dit dossier moeten wij bewaren tot en met %(day)s. Daarna verwijderen wij het.") % {
            "day": format_date(until, "j F Y")
        }
    kept = _class_so_far(application)
    if kept is None:
        return _("Wij behandelen deze aanvraag nog. Na het besluit weet u hoe lang wij het dossier moeten bewaren.")
    return ngettext(
        "Dit dossier loopt nog. Na afloop moeten wij het nog %(years)d jaar bewaren.",
        "Dit dossier loopt nog. Na afloop moeten wij het nog %(years)d jaar bewaren.",
        kept.years,
    ) % {"years": kept.years}


def _class_so_far(application: Application) -> RetentionClass | None:
    if application.status in closing.CLOSABLE:
        return closing.retention_class(application)
    return RetentionClass.GRANTED if application.status in AWARDED else None
