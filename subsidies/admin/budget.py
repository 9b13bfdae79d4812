"""Ceilings with their ledger, and the draws: nothing here is edited by hand, each change is a booking."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.lifecycle import WorkflowError
from shared.ui.templatetags.ui import euro
from subsidies import budget
from subsidies.admin.scheme import NeverDeleted
from subsidies.forms.budget import LOWER, MOVE, ChangeCeilingForm, NewCeilingForm
from subsidies.models import Ceiling, Lottery
from subsidies.workflow import scheme as workflow

SHOWN = 100


@admin.register(Ceiling)
class CeilingAdmin(NeverDeleted, admin.ModelAdmin[Ceiling]):
    """The ceilings; the amount follows from the ledger."""

    form = NewCeilingForm
    list_display = ["__str__", "left", "published_on"]
    list_filter = ["scheme"]
    list_select_related = ["scheme", "wijk"]
    change_form_template = "admin/subsidies/ceiling/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Changing a ceiling and drawing lots."""
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/bedrag/", view(self.amount_view), name="subsidies_ceiling_amount"),
            path("<int:pk>/loten/", view(self.draw_view), name="subsidies_ceiling_draw"),
        ]
        return own + super().get_urls()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A new one has an amount; afterwards only the publication is written down here."""
        period = ["scheme", "wijk", "period_from", "period_to"]
        return [*period, *([] if obj else ["amount"]), "published_on", "published_where"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The amount is asked once."""
        if obj is not None:
            kwargs["form"] = admin.ModelAdmin.form
        return super().get_form(request, obj, change=change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The period and the place stay; a publication too, since people may count on it."""
        fixed = ["scheme", "wijk", "period_from", "period_to"] if obj else []
        return [*fixed, *(["published_on"] if obj and obj.published_on else [])]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A refusal by the ledger is a message, not an error."""
        try:
            with transaction.atomic():
                return super().add_view(request, form_url, extra_context)
        except WorkflowError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:subsidies_ceiling_changelist"))

    def save_model(self, request: HttpRequest, obj: Ceiling, form: Any, change: bool) -> None:
        """A new one is filled through the ledger; of an old one only the publication is saved."""
        if change:
            workflow.publish_ceiling(obj, by=request.user)
        else:
            workflow.set_ceiling(obj, form.cleaned_data["amount"], by=request.user)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The ceiling with its ledger."""
        related = Ceiling.objects.select_related("scheme", "wijk")
        found = related.filter(pk=object_id).first() if object_id.isdecimal() else None
        values: dict[str, Any] = {}
        if found is not None:
            values = {
                "ceiling": found,
                "entries": found.entries.select_related("application")[:SHOWN],
                "may_change": self.has_change_permission(request),
                "places": budget.places_to_draw(found),
            }
        return super().change_view(request, object_id, form_url, {**values, **(extra_context or {})})

    def amount_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Raise, lower or move."""
        ceiling = self._ceiling(request, pk)
        form = ChangeCeilingForm(request.POST or None, ceiling=ceiling)
        back = reverse("admin:subsidies_ceiling_change", args=[pk])
        if request.method == "POST" and form.is_valid():
            try:
                _change(ceiling, form.cleaned_data, request.user)
            except WorkflowError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Het plafond is gewijzigd."))
                return HttpResponseRedirect(back)
        values = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": _("Plafond wijzigen"),
            "ceiling": ceiling,
            "form": form,
            "list_url": reverse("admin:subsidies_ceiling_changelist"),
            "back": back,
        }
        return TemplateResponse(request, "admin/subsidies/ceiling/amount.html", values)

    def draw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draw between the applications of one day or score."""
        ceiling = self._ceiling(request, pk)
        wanted = request.POST.get("place", "")
        chosen = next((place for place in budget.places_to_draw(ceiling) if place.key == wanted), None)
        back = reverse("admin:subsidies_ceiling_change", args=[pk])
        if chosen is None:
            messages.error(request, _("Hier valt nu niets te loten: er is genoeg geld, of er is al geloot."))
            return HttpResponseRedirect(back)
        try:
            lottery = workflow.draw_lots(ceiling, chosen, by=request.user)
        except WorkflowError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(back)
        messages.success(request, _("Er is geloot. De uitkomst is bewaard en na te rekenen."))
        return HttpResponseRedirect(reverse("admin:subsidies_lottery_change", args=[lottery.pk]))

    def _ceiling(self, request: HttpRequest, pk: int) -> Ceiling:
        if not self.has_change_permission(request):
            raise PermissionDenied
        found: Ceiling = get_object_or_404(Ceiling.objects.select_related("scheme", "wijk"), pk=pk)
        return found

    @admin.display(description=gettext_lazy("beschikbaar"), ordering="available")
    def left(self, ceiling: Ceiling) -> str:
        """What is left now."""
        return euro(ceiling.available)


@admin.register(Lottery)
class LotteryAdmin(NeverDeleted, admin.ModelAdmin[Lottery]):
    """The draws, each with the check that the seed gives this outcome."""

    list_display = ["about", "scheme", "drawn_at"]
    list_select_related = ["scheme"]
    fields = ["about", "scheme", "drawn_at", "seed", "participants", "outcome", "counted_again"]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A draw is made where it is needed."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever sees ceilings sees how was drawn."""
        return request.user.has_perm("subsidies.view_ceiling")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """The database refuses it too."""
        return False

    @admin.display(description=gettext_lazy("deelnemers"))
    def participants(self, lottery: Lottery) -> SafeString:
        """Who took part."""
        return format_html_join(", ", "{}", ((reference,) for reference in lottery.entered))

    @admin.display(description=gettext_lazy("volgorde"))
    def outcome(self, lottery: Lottery) -> SafeString:
        """Who came first."""
        return format_html_join(", ", "{}. {}", enumerate(lottery.drawn, start=1))

    @admin.display(description=gettext_lazy("nagerekend"))
    def counted_again(self, lottery: Lottery) -> str:
        """The draw once more."""
        if budget.is_as_drawn(lottery):
            return _("Klopt: het startgetal geeft deze volgorde (SHA-256 van startgetal, dubbele punt en nummer).")
        return _("Klopt niet: met dit startgetal komt er een andere volgorde uit.")


def _change(ceiling: Ceiling, answers: dict[str, Any], user: Any) -> None:
    amount, reason = answers["amount"], answers["reason"]
    if answers["what"] == MOVE:
        workflow.move_money(ceiling, answers["target"], amount, by=user)
    elif answers["what"] == LOWER:
        workflow.lower_ceiling(ceiling, amount, published_on=answers["published_on"], reason=reason, by=user)
    else:
        workflow.raise_ceiling(ceiling, amount, reason=reason, by=user)
