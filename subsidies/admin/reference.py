"""Texts of letters, mandates and penalty amounts: edited like any list, by the functional manager."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.models import User
from subsidies.forms.reference import LetterTextForm, MandateForm
from subsidies.letters.sample import sample_pdf, sample_text
from subsidies.letters.texts import PLACES, VARIABLES
from subsidies.models import InterestRate, LetterText, Mandate, PenaltyRate


@admin.register(LetterText)
class LetterTextAdmin(admin.ModelAdmin[LetterText]):
    """The municipality's own words in letters, with the words between braces and a sample."""

    form = LetterTextForm
    list_display = ["place", "scheme", "changed_at"]
    list_select_related = ["scheme"]
    list_filter = ["scheme"]
    search_fields = ["body"]
    ordering = ["letter", "scheme"]
    fields = ["letter", "scheme", "body", "variables", "sample"]
    readonly_fields = ["variables", "sample"]

    def get_urls(self) -> list[URLPattern]:
        """The sample on paper, beside the pages of every admin."""
        own = path("<int:pk>/voorbeeld/", self.admin_site.admin_view(self.sample_view), name="subsidies_lettertext_pdf")
        return [own, *super().get_urls()]

    @admin.display(description=gettext_lazy("plaats in de brief"), ordering="letter")
    def place(self, row: LetterText) -> str:
        """Where the text stands."""
        place = PLACES.get(row.letter)
        return str(place.label if place else row.letter)

    @admin.display(description=gettext_lazy("woorden die het portaal invult"))
    def variables(self, row: LetterText) -> SafeString:
        """What may stand between braces."""
        return render_to_string("admin/subsidies/lettertext/variables.html", {"variables": VARIABLES})

    @admin.display(description=gettext_lazy("voorbeeld"))
    def sample(self, row: LetterText) -> SafeString | str:
        """How the text reads in a sample case."""
        if not row.pk:
            return _("Bewaar de tekst. Dan ziet u hier een voorbeeld.")
        return render_to_string("admin/subsidies/lettertext/sample.html", {"row": row, "text": sample_text(row)})

    def sample_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The whole letter in the sample case, on paper."""
        row = self.get_object(request, str(pk))
        if row is None or not self.has_view_permission(request, row):
            return TemplateResponse(request, "404.html", status=404)
        return HttpResponse(sample_pdf(row), content_type="application/pdf")


@admin.register(Mandate)
class MandateAdmin(admin.ModelAdmin[Mandate]):
    """The register of mandates; a mandate ends on its last day and is never deleted: decisions refer to it."""

    form = MandateForm
    list_display = ["role_name", "user", "scheme", "maximum_amount", "valid_from", "valid_to", "source"]
    list_select_related = ["user", "scheme"]
    list_filter = ["scheme"]
    search_fields = ["source"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only colleagues can have a mandate."""
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(role_assignments__isnull=False).distinct().order_by("name", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("rol"), ordering="role")
    def role_name(self, row: Mandate) -> str:
        """The role in words."""
        return dict(MandateForm.base_fields["role"].choices).get(row.role, row.role)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Give it a last day instead."""
        return False


@admin.register(PenaltyRate)
class PenaltyRateAdmin(admin.ModelAdmin[PenaltyRate]):
    """Later amounts of the penalty; the day on which a notice came in decides which count."""

    list_display = ["valid_from", "first", "second", "third", "source"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Penalties were counted with it."""
        return False


@admin.register(InterestRate)
class InterestRateAdmin(admin.ModelAdmin[InterestRate]):
    """The statutory interest: the portal knows no percentage until somebody enters one, with where it stands."""

    list_display = ["valid_from", "percent", "minimum", "source"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Interest was counted with it."""
        return False
