"""Being a contact person: accepting the invitation, and leaving with a hand-over."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partners.forms.contacts import LeaveForm
from partners.letters.organisations import INVITATION
from partners.models import PartnerContact
from partners.policies.organisations import organisations_of
from partners.views.door import network_page
from partners.workflow import contacts
from shared import links, municipality


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the invitation: a button, since mail programs open links too; then how to sign in.

    Raises:
        LinkInvalid: the portal did not make this address, or it was for another e-mail address.
        LinkExpired: it is too old.
    """
    days = municipality.current().periods.partner_invitation_days
    values = links.read(INVITATION, token, max_age=timedelta(days=days))
    found = PartnerContact.objects.select_related("partner", "user", "invited_by")
    contact = get_object_or_404(found, pk=values["contact"], user__email__iexact=values["email"])
    if request.method == "POST":
        contacts.accept(contact)
        return redirect(request.path)
    return render(request, "partners/invitation.html", {"contact": contact, "is_active": contact.stands})


@network_page
@require_safe
def colleagues(request: HttpRequest) -> HttpResponse:
    """Who else speaks for my organisations."""
    own = list(organisations_of(request.user).prefetch_related("wijken"))
    speaking = PartnerContact.objects.speaking().filter(partner__in=own).select_related("user", "partner")
    rows = [(partner, [each for each in speaking if each.partner_id == partner.pk]) for partner in own]
    return render(request, "partners/colleagues.html", {"rows": rows})


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop speaking for an organisation; one's own only."""
    own = PartnerContact.objects.speaking().filter(user=request.user).select_related("partner", "user")
    contact = get_object_or_404(own, pk=pk)
    form = LeaveForm(request.POST or None, contact=contact)
    if request.method == "POST" and form.is_valid():
        contacts.leave(contact, by=request.user, **form.cleaned_data)
        messages.success(request, _("Uw laatste dag is genoteerd. U krijgt er een bericht over."))
        return redirect("overview")
    return render(request, "partners/leave.html", {"form": form, "contact": contact})
