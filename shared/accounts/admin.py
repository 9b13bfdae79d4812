"""People, roles and absence for functional managers; staff note their own absence."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts import workflow
from shared.accounts.enums import ADMIN_ROLES, ASSIGNED_ROLES
from shared.accounts.forms import InviteForm
from shared.accounts.models import Absence, Department, RoleAssignment, User
from shared.accounts.policies import may_manage_people
from shared.audit import trail
from shared.lifecycle import WorkflowError


class NeverDeleted:
    """Mixin: what people did stays understandable, so they, their roles and departments are closed, not deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False


class RoleToday(admin.SimpleListFilter):
    """People by the role that they have today."""

    title = gettext_lazy("rol")
    parameter_name = "rol"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """All roles, and those who have none: residents."""
        return [*((role.value, str(role.label)) for role in ASSIGNED_ROLES), ("resident", _("geen rol"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Filter on today's assignments."""
        held = RoleAssignment.objects.active().filter(user=OuterRef("pk"))
        if self.value() == "resident":
            return queryset.filter(~Exists(held))
        return queryset.filter(Exists(held.filter(role=self.value()))) if self.value() else queryset


@admin.register(User)
class UserAdmin(NeverDeleted, admin.ModelAdmin[User]):
    """Everybody whom the portal knows: colleagues and residents."""

    list_display = ("__str__", "email", "roles_today", "phone", "is_active")
    list_filter = (RoleToday, "is_active")
    search_fields = ("name", "email")
    search_help_text = gettext_lazy("Zoek op naam of e-mailadres")
    show_full_result_count = False
    fields = ("name", "email", "phone", "is_active", "all_roles", "date_joined", "last_login")
    readonly_fields = ("all_roles", "date_joined", "last_login")
    actions = ("reset_second_factor",)
    add_fieldsets = (
        (gettext_lazy("Wie nodigt u uit?"), {"fields": ("name", "email", "phone")}),
        (
            gettext_lazy("Welke rol krijgt deze collega?"),
            {"fields": ("role", "wijk", "department", "starts_on", "ends_on")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With the roles, so that the list asks for them once."""
        return super().get_queryset(request).prefetch_related("role_assignments__wijk", "role_assignments__department")

    @admin.display(description=gettext_lazy("rol vandaag"))
    def roles_today(self, user: User) -> str:
        """In words."""
        return ", ".join(role.in_words for role in user.role_assignments.all() if role.is_active())

    @admin.display(description=gettext_lazy("rollen"))
    def all_roles(self, user: User) -> str:
        """Also those of before and later, with their dates."""
        rows = [(role.in_words, role.period) for role in user.role_assignments.all()]
        return format_html_join("", "<p>{}, {}</p>", rows) or _("geen")

    @admin.action(description=gettext_lazy("Tweede controle verwijderen (telefoon kwijt)"), permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """Make sure first, by phone or at the desk, that it is really them."""
        if "_sure" not in request.POST:
            why = _(
                "Weet u zeker dat u deze persoon spreekt? Na deze stap stelt zij of hij de tweede controle opnieuw in."
            )
            return _ask_first(self, request, queryset, "reset_second_factor", _("Tweede controle verwijderen"), why)
        _each(request, queryset, workflow.reset_second_factor, _("Tweede controle verwijderd: %(record)s"))
        return None

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """A new person is invited for a role."""
        return super().get_form(request, obj, change, **kwargs if obj else kwargs | {"form": InviteForm})

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Inviting asks other questions than correcting."""
        return super().get_fieldsets(request, obj) if obj else self.add_fieldsets

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Opening somebody's data is an event."""
        person = self.get_object(request, object_id)
        if person is not None and self.has_view_permission(request, person):
            trail.record_read(person, by=request.user)
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Through the workflow; `obj` only carries what was typed."""
        by = request.user
        if not change:
            invited = workflow.invite(obj.email, obj.name, phone=obj.phone, by=by)
            workflow.assign_role(invited, by=by, **form.assignment)
            obj.pk = invited.pk
            return
        if {"name", "phone"} & set(form.changed_data):
            workflow.change_contact(obj, name=obj.name, phone=obj.phone, by=by)
        if "email" in form.changed_data:
            workflow.change_email(User.objects.get(pk=obj.pk), obj.email, by=by)
        if "is_active" in form.changed_data:
            workflow.set_active(obj, obj.is_active, by=by)


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(NeverDeleted, admin.ModelAdmin[RoleAssignment]):
    """Who has which role, where and until when. A role is never rewritten: it ends and another begins."""

    list_display = ("user", "in_words", "starts_on", "ends_on", "holds_today")
    list_filter = ("role", "wijk", "department")
    list_select_related = ("user", "wijk", "department")
    search_fields = ("user__name", "user__email")
    fields = ("user", "role", "wijk", "department", "is_deputy", "starts_on", "ends_on")
    actions = ("end_now",)

    @admin.display(description=gettext_lazy("rol"), ordering="role")
    def in_words(self, assignment: RoleAssignment) -> str:
        """With the wijk or department."""
        return assignment.in_words

    @admin.display(description=gettext_lazy("geldt vandaag"), boolean=True)
    def holds_today(self, assignment: RoleAssignment) -> bool:
        """Whether it opens anything now."""
        return assignment.is_active()

    @admin.action(description=gettext_lazy("Rol nu beëindigen"), permissions=["change"])
    def end_now(self, request: HttpRequest, queryset: QuerySet[RoleAssignment]) -> HttpResponse | None:
        """One by one; a refusal says which."""
        if "_sure" not in request.POST:
            why = _("Gisteren is dan de laatste dag: vanaf nu geeft de rol geen toegang meer.")
            return _ask_first(self, request, queryset, "end_now", _("Rol nu beëindigen"), why)
        _each(request, queryset, workflow.end_role, _("Beëindigd: %(record)s"))
        return None

    def get_readonly_fields(self, request: HttpRequest, obj: RoleAssignment | None = None) -> Any:
        """Only the last day of an existing role can still be chosen."""
        return ("user", "role", "wijk", "department", "is_deputy", "starts_on") if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Most roles begin today."""
        return {"starts_on": timezone.localdate()} | super().get_changeform_initial_data(request)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A person is named by e-mail address: a list of everybody is too long, and this works without a script."""
        if db_field.name == "user":
            return _person_field()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only wijken of today can be given."""
        if db_field.name == "wijk":
            kwargs["queryset"] = db_field.related_model.objects.current().without_geometry()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: RoleAssignment, form: Any, change: bool) -> None:
        """Through the workflow; `obj` only carries what was typed."""
        if change:
            if "ends_on" in form.changed_data and obj.ends_on is not None:
                workflow.end_role(obj, last_day=obj.ends_on, by=request.user)
            return
        names = ("role", "wijk", "department", "is_deputy", "starts_on", "ends_on")
        values = {name: getattr(obj, name) for name in names}
        obj.pk = workflow.assign_role(obj.user, by=request.user, **values).pk


@admin.register(Absence)
class AbsenceAdmin(NeverDeleted, admin.ModelAdmin[Absence]):
    """Holidays and illness. An absence that is known is ended, not rewritten."""

    fields = ("user", "deputy", "starts_on", "ends_on")
    list_display = ("user", "deputy", "starts_on", "ends_on")
    list_select_related = ("user", "deputy")
    date_hierarchy = "starts_on"
    actions = ("end_now",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Absence]:
        """A manager sees all; others see their own and those whom they replace."""
        absences = super().get_queryset(request)
        if may_manage_people(request.user):
            return absences
        return absences.filter(user=request.user) | absences.filter(deputy=request.user)

    def has_change_permission(self, request: HttpRequest, obj: Absence | None = None) -> bool:
        """The list has an action; a record itself does not change."""
        return obj is None and super().has_change_permission(request)

    @admin.action(description=gettext_lazy("Is weer aan het werk"), permissions=["change"])
    def end_now(self, request: HttpRequest, queryset: QuerySet[Absence]) -> None:
        """From today they do their own work again."""
        _each(request, queryset, workflow.end_absence, _("Afgelopen: %(record)s"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Most people note their own absence."""
        return {"user": request.user.pk, "starts_on": timezone.localdate()}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Colleagues only; who is no manager notes their own absence."""
        held = RoleAssignment.objects.active().filter(user=OuterRef("pk"), role__in=ADMIN_ROLES)
        colleagues = User.objects.filter(Exists(held))
        if db_field.name == "user" and not may_manage_people(request.user):
            colleagues = colleagues.filter(pk=request.user.pk)
        kwargs["queryset"] = colleagues.filter(is_active=True).order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Absence, form: Any, change: bool) -> None:
        """Through the workflow."""
        dates = {"starts_on": obj.starts_on, "ends_on": obj.ends_on}
        obj.pk = workflow.register_absence(obj.user, deputy=obj.deputy, by=request.user, **dates).pk


@admin.register(Department)
class DepartmentAdmin(NeverDeleted, admin.ModelAdmin[Department]):
    """Departments that give advice or take over work."""

    list_display = ("name", "email", "phone")
    search_fields = ("name",)

    def save_model(self, request: HttpRequest, obj: Department, form: Any, change: bool) -> None:
        """Through the workflow."""
        workflow.save_department(obj, by=request.user)


def _person_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        to_field_name="email",
        label=gettext_lazy("E-mailadres van deze persoon"),
        help_text=gettext_lazy("Alleen voor wie het portaal al kent. Nodig een nieuwe collega uit bij Mensen."),
        widget=forms.EmailInput(attrs={"class": "vTextField", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Vul het e-mailadres in."),
            "invalid_choice": gettext_lazy(
                "Wij kennen niemand met dit e-mailadres. Kijk het adres na, of nodig deze collega eerst uit."
            ),
        },
    )


def _ask_first(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    records: QuerySet[Any],
    action: str,
    title: str,
    why: str,
) -> HttpResponse:
    """Which ones, and what it does, before anything is done."""
    values = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "title": title,
        "why": why,
        "records": records,
        "action": action,
    }
    return TemplateResponse(request, "admin/confirm_action.html", values)


def _each(request: HttpRequest, records: Iterable[Model], step: Callable[..., Any], done: str) -> None:
    """Take the step for one record after another; a refusal stops that one only, and says which."""
    for record in records:
        try:
            step(record, by=request.user)
        except WorkflowError as error:
            messages.error(request, f"{record}: {error}")
        else:
            messages.success(request, done % {"record": record})
