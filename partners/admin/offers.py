"""Offers, needs and matches as staff read them; the coordinator chooses what stands on the website."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import Listing, Match
from partners.policies.offers import may_choose
from partners.workflow import listings
from shared.accounts.policies import wijken_of
from shared.lifecycle import WorkflowError
from shared.ui.record_admin import ReadOnly


@admin.register(Listing)
class ListingAdmin(ReadOnly, admin.ModelAdmin):
    """Everything that was ever on the list in one's own wijken."""

    list_display = ["title", "direction", "kind", "owner_name", "where", "status", "ends_on", "is_public"]
    list_filter = ["direction", "status", "kind", "wijken"]
    search_fields = ["title", "partner__name"]
    actions = ["publish", "unpublish"]
    exclude = ["version"]
    readonly_fields = ["take_out"]

    @admin.display(description=gettext_lazy("persoonsgegevens"))
    def take_out(self, listing: Listing) -> str:
        """Where words about persons are taken out."""
        return _take_out("aanbod", listing.pk)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Listing]:
        """One's own wijken."""
        return Listing.objects.in_wijken(wijken_of(request.user)).with_owners()

    @admin.display(description=gettext_lazy("van wie"))
    def owner_name(self, listing: Listing) -> str:
        """The organisation, department or plan."""
        return listing.owner_name

    @admin.display(description=gettext_lazy("waar"))
    def where(self, listing: Listing) -> str:
        """The place in words."""
        return listing.where

    @admin.display(description=gettext_lazy("op de website"), boolean=True)
    def is_public(self, listing: Listing) -> bool:
        """Whether it was chosen."""
        return listing.published_at is not None

    @admin.action(description=gettext_lazy("Zet op de website"), permissions=["choose"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Listing]) -> None:
        """One by one; a refusal says which."""
        _each(request, queryset, listings.publish, _("Op de website: %(title)s"))

    @admin.action(description=gettext_lazy("Haal van de website"), permissions=["choose"])
    def unpublish(self, request: HttpRequest, queryset: QuerySet[Listing]) -> None:
        """One by one."""
        _each(request, queryset, listings.unpublish, _("Van de website: %(title)s"))

    def has_choose_permission(self, request: HttpRequest) -> bool:
        """Who keeps the list."""
        return bool(request.user.has_perm("partners.change_listing"))


@admin.register(Match)
class MatchAdmin(ReadOnly, admin.ModelAdmin):
    """What was brought together, and what came of it."""

    list_display = ["offer", "need", "status", "points", "proposed_at", "later_on", "closed_at"]
    list_filter = ["status", "need__wijken"]
    search_fields = ["offer__title", "need__title", "offer__partner__name"]
    list_select_related = ["offer", "need"]
    fields = ["status", "offer", "need", "why", "points", "proposed_at"]
    # What is shown once it is so.
    later_fields = (
        "reminded_at",
        "later_on",
        "offer_agreed_at",
        "need_agreed_at",
        "contact_at",
        "result_asked_at",
        "result_by",
        "result",
        "take_out",
        "closed_at",
    )
    readonly_fields = ["why", "take_out"]

    @admin.display(description=gettext_lazy("persoonsgegevens"))
    def take_out(self, match: Match) -> str:
        """Where words about persons are taken out; only a result has words."""
        return _take_out("match", match.pk)

    def get_fields(self, request: HttpRequest, obj: Match | None = None) -> list[str]:
        """What there is to read, without the lines for what did not happen."""
        said = {"take_out": bool(obj and obj.result)}
        return [*self.fields, *(name for name in self.later_fields if said.get(name, getattr(obj, name, None)))]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Match]:
        """One's own wijken."""
        return Match.objects.in_wijken(wijken_of(request.user)).with_sides()

    @admin.display(description=gettext_lazy("waarom dit past"))
    def why(self, match: Match) -> str:
        """The rule in a sentence."""
        return match.why


def _take_out(kind: str, pk: int) -> str:
    address = reverse("partners:take_out", args=[kind, pk])
    return format_html('<a href="{}">{}</a>', address, _("Persoonsgegevens weghalen"))


def _each(request: HttpRequest, rows: QuerySet[Listing], step: Callable[..., Any], done: str) -> None:
    for listing in rows:
        if not may_choose(request.user, listing):
            continue
        try:
            step(listing, by=request.user)
        except WorkflowError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done % {"title": listing})
