"""Schemes and their versions: a draft is edited like any record, a published version can only be read."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, URLField
from django.forms import CheckboxSelectMultiple, ModelForm, MultipleChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.lifecycle import WorkflowError
from shared.ui import notations
from shared.ui.fields import EuroField
from shared.ui.public_admin import ShownToPublic
from subsidies.enums import ApplicantKind, OwnContributionKind
from subsidies.models import (
    AccountabilityBand,
    CategoryCap,
    Criterion,
    EligibilityQuestion,
    Ground,
    Obligation,
    Round,
    Scheme,
    SchemeVersion,
)
from subsidies.models import fields as columns
from subsidies.workflow import scheme as workflow


class NeverDeleted:
    """Applications and decisions keep pointing at it."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


class InEuros:
    """Amounts as they are written here: 1.250,50 and not 1250.50."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The question for one column."""
        if isinstance(db_field, columns.EuroField):
            label = capfirst(db_field.verbose_name)
            initial = db_field.get_default() if db_field.has_default() else None
            return EuroField(label=label, required=not db_field.null, help_text=db_field.help_text, initial=initial)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class RoundInline(admin.StackedInline):
    """When applications come in together."""

    model = Round
    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A round stays: applications refer to it."""
        return False


@admin.register(Scheme)
class SchemeAdmin(NeverDeleted, ShownToPublic, admin.ModelAdmin[Scheme]):
    """The regulation itself; its rules are in versions."""

    list_display = ["name", "code", "valid_from", "valid_to", "opened_at", "closed_at", "evaluate_by"]
    readonly_fields = ["opened_at", "closed_at"]
    prepopulated_fields = {"code": ["name"]}
    inlines = [RoundInline]
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    change_form_template = "admin/subsidies/scheme/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        """The steps: a new version, open and close."""
        own = [
            path(
                f"<int:pk>/{slug}/", self.admin_site.admin_view(self._step(act, done)), name=f"subsidies_scheme_{name}"
            )
            for name, slug, act, done in (
                ("version", "nieuwe-versie", workflow.make_version, gettext_lazy("De nieuwe versie is een concept.")),
                ("open", "openstellen", workflow.open_scheme, gettext_lazy("De regeling is open.")),
                ("close", "sluiten", workflow.close_scheme, gettext_lazy("De regeling is gesloten.")),
            )
        ]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The record, with its versions and what keeps it from opening."""
        found = Scheme.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        values: dict[str, Any] = {}
        if found is not None:
            values = {
                "scheme": found,
                "versions": found.versions.order_by("-number"),
                "missing": [] if found.is_open else workflow.why_not_open(found),
                "may_change": self.has_change_permission(request),
            }
        return super().change_view(request, object_id, form_url, {**values, **(extra_context or {})})

    def _step(self, act: Callable[..., Any], done: Any) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            if not self.has_change_permission(request):
                raise PermissionDenied
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            found = get_object_or_404(Scheme, pk=pk)
            goal = reverse("admin:subsidies_scheme_change", args=[pk])
            try:
                made = act(found, by=request.user)
            except WorkflowError as error:
                messages.error(request, str(error))
                return HttpResponseRedirect(goal)
            messages.success(request, str(done))
            if isinstance(made, SchemeVersion):
                goal = reverse("admin:subsidies_schemeversion_change", args=[made.pk])
            return HttpResponseRedirect(goal)

        return view


class VersionForm(ModelForm):
    """The rules; several answers are boxes to tick."""

    applicant_kinds = MultipleChoiceField(
        label=capfirst(gettext_lazy("wie mag aanvragen")), choices=ApplicantKind.choices, widget=CheckboxSelectMultiple
    )
    own_share_kinds = MultipleChoiceField(
        label=capfirst(gettext_lazy("eigen bijdrage mag zijn")),
        choices=OwnContributionKind.choices,
        widget=CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = SchemeVersion
        exclude = ["number", "published_at"]  # noqa: DJ006 - each other setting is meant to be edited

    def clean_reallocate_on(self) -> str:
        """A day of a year, such as 01-11."""
        text: str = self.cleaned_data["reallocate_on"].strip()
        if text and notations.exact_date(*text.partition("-")[::2], "2025") is None:
            raise ValidationError(_("Vul een dag en maand in zoals 01-11, of laat dit leeg"))
        return text


class ChildInline(InEuros, admin.StackedInline):
    """What belongs to a version; of a published one it can only be read."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only to a draft."""
        return _is_draft(obj) and bool(super().has_add_permission(request, obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only in a draft."""
        return _is_draft(obj) and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only from a draft."""
        return _is_draft(obj) and bool(super().has_delete_permission(request, obj))


class CategoryCapInline(ChildInline):
    """Lower maxima."""

    model = CategoryCap


class QuestionInline(ChildInline):
    """At most five questions beforehand."""

    model = EligibilityQuestion
    max_num = 5


class CriterionInline(ChildInline):
    """What reviewers look at."""

    model = Criterion


class GroundInline(ChildInline):
    """The catalogue of grounds."""

    model = Ground


class ObligationInline(ChildInline):
    """What recipients have to do."""

    model = Obligation


class BandInline(ChildInline):
    """How recipients account, by amount."""

    model = AccountabilityBand


# Columns with several choices, and how a version that is only read shows them.
SHOWN_IN_WORDS = {"applicant_kinds": "applicants", "own_share_kinds": "own_shares"}


def _section(name: Any, *fields: str) -> tuple[Any, dict[str, Any]]:
    return name, {"fields": list(fields)}


@admin.register(SchemeVersion)
class SchemeVersionAdmin(InEuros, NeverDeleted, admin.ModelAdmin[SchemeVersion]):
    """All settings of a version."""

    form = VersionForm
    list_display = ["__str__", "valid_from", "published_at"]
    list_filter = ["scheme"]
    list_select_related = ["scheme"]
    change_form_template = "admin/subsidies/schemeversion/change_form.html"
    inlines = [QuestionInline, CategoryCapInline, CriterionInline, GroundInline, ObligationInline, BandInline]
    fieldsets = [
        _section(None, "scheme", "valid_from"),
        _section(gettext_lazy("Wat de aanvrager leest"), "for_whom", "what_for", "not_for", "conditions"),
        _section(gettext_lazy("Wie"), "applicant_kinds", "minimum_age", "must_live_here", "co_signers"),
        _section(
            gettext_lazy("Geld"),
            "minimum_amount",
            "maximum_amount",
            "percent_of_costs",
            "own_share_percent",
            "own_share_kinds",
            "eligible_costs",
            "ineligible_costs",
            "advance_percent",
            "advance_above",
            "direct_settlement_until",
            "unspent_return_above",
            "pays_supplier",
            "rounded_up_to",
            "distribution",
            "reallocate_on",
        ),
        _section(
            gettext_lazy("Tijd"),
            "lead_time_weeks",
            "service_days_small",
            "service_small_until",
            "service_days",
            "decision_weeks",
            "atw_applies",
            "extension_weeks",
            "completion_days",
            "hearing_days",
            "execute_months",
            "report_weeks",
            "settlement_weeks",
            "ex_officio_weeks",
            "payment_weeks",
        ),
        _section(
            gettext_lazy("Bewijs en regels"),
            "support_mode",
            "support_minimum",
            "addresses_by_staff",
            "extra_proof_above",
            "attachments_allowed",
            "attachments_required",
            "once_per_initiative",
            "per_year_per_applicant",
            "per_year_per_area",
            "area",
            "maximum_years",
            "must_be_new",
            "not_after_the_fact",
            "open_to_all",
            "no_profit",
            "permit_check",
            "public_space_check",
            "public_space_department",
            "upkeep_check",
        ),
        _section(
            gettext_lazy("Besluit en daarna"),
            "four_eyes_above",
            "adviser",
            "adviser_name",
            "adviser_email",
            "advice_binding",
            "score_criteria",
            "sample_percent",
            "publish_result",
        ),
    ]

    def get_urls(self) -> list[URLPattern]:
        """Publishing beside the pages of every admin."""
        view = self.admin_site.admin_view(self.publish_view)
        return [path("<int:pk>/vaststellen/", view, name="subsidies_schemeversion_publish"), *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A published version never changes."""
        return super().has_change_permission(request, obj) and (obj is None or _is_draft(obj))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A version stays with its scheme."""
        return ["scheme", *SHOWN_IN_WORDS.values()] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[Any, dict[str, Any]]]:
        """Of a version that is only read, choices are shown in words."""
        if _is_draft(obj) and self.has_change_permission(request, obj):
            return self.fieldsets
        return [
            (name, {"fields": [SHOWN_IN_WORDS.get(field, field) for field in options["fields"]]})
            for name, options in self.fieldsets
        ]

    @admin.display(description=gettext_lazy("wie mag aanvragen"))
    def applicants(self, version: SchemeVersion) -> str:
        """Who can apply, in words."""
        return ", ".join(str(ApplicantKind(kind).label) for kind in version.applicant_kinds)

    @admin.display(description=gettext_lazy("eigen bijdrage mag zijn"))
    def own_shares(self, version: SchemeVersion) -> str:
        """What applicants may put in, in words."""
        return ", ".join(str(OwnContributionKind(kind).label) for kind in version.own_share_kinds)

    def save_model(self, request: HttpRequest, obj: SchemeVersion, form: Any, change: bool) -> None:
        """The first version of a scheme is number one."""
        if not change:
            obj.number = obj.scheme.versions.count() + 1
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A new version starts with the grounds of the law."""
        super().save_related(request, form, formsets, change)
        if not change:
            workflow.give_statutory_grounds(form.instance)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The settings, and of a draft what keeps it from being published."""
        found = SchemeVersion.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        values: dict[str, Any] = {}
        if found is not None:
            draft = _is_draft(found)
            values = {
                "version": found,
                "missing": workflow.lacks(found) if draft else [],
                "may_publish": draft and self.has_change_permission(request, found),
            }
        return super().change_view(request, object_id, form_url, {**values, **(extra_context or {})})

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Fix the version."""
        found = get_object_or_404(SchemeVersion, pk=pk)
        if not super().has_change_permission(request, found):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            workflow.publish_version(found, by=request.user)
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("De versie is vastgesteld en verandert niet meer."))
        return HttpResponseRedirect(reverse("admin:subsidies_schemeversion_change", args=[pk]))


def _is_draft(version: Any) -> bool:
    return version is None or version.published_at is None
