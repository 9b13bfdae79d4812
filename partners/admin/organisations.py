"""Organisations and their contact persons: kept by the coordinator of a wijk where they work."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.forms.contacts import InviteForm, LeaveForm
from partners.models import Partner, PartnerContact
from partners.workflow import contacts, organisations
from shared.accounts.policies import wijken_of
from shared.lifecycle import WorkflowError
from shared.ui.public_admin import KeptMixin
from shared.wijken.models import Wijk


class PartnerForm(forms.ModelForm):
    """The columns of an organisation."""

    class Meta:
        widgets = {"wijken": forms.CheckboxSelectMultiple, "themes": forms.CheckboxSelectMultiple}

    # Of whom fills in the form; set by the admin.
    keepers_wijken: QuerySet[Wijk]

    def clean_wijken(self) -> Any:
        """Whoever keeps an organisation works in one of its wijken: otherwise it would be out of sight at once."""
        chosen = self.cleaned_data["wijken"]
        if not self.keepers_wijken.filter(pk__in=[wijk.pk for wijk in chosen]).exists():
            raise forms.ValidationError(_("Kies ook een wijk waar u zelf voor werkt"))
        return chosen


@admin.register(Partner)
class PartnerAdmin(KeptMixin, admin.ModelAdmin):
    """An organisation is never deleted: it gets a last day."""

    form = PartnerForm
    list_display = ["name", "kind", "work_area", "starts_on", "ends_on", "is_demo"]
    list_filter = ["kind", "is_demo", "wijken"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["people"]
    fieldsets = [
        (
            None,
            {"fields": ["name", "slug", "kind", "what", "wijken", "themes"]},
        ),
        (
            gettext_lazy("Wat bewoners zien"),
            {"fields": ["public_contact", "public_email", "public_phone", "website", "remark", "is_demo"]},
        ),
        (gettext_lazy("Meedoen"), {"fields": ["starts_on", "ends_on", "people"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        """One's own wijken."""
        return Partner.objects.manageable_by(request.user).prefetch_related("wijken")

    def get_form(self, request: HttpRequest, obj: Partner | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form knows who fills it in."""
        form = super().get_form(request, obj, change, **kwargs)
        return type("OwnPartnerForm", (form,), {"keepers_wijken": wijken_of(request.user)})

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only wijken and themes of today."""
        if db_field.name == "wijken":
            kwargs["queryset"] = Wijk.objects.current().without_geometry().order_by("code")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A website without http before it is one with https."""
        if db_field.name == "website":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("werkgebied"))
    def work_area(self, partner: Partner) -> str:
        """The wijken, from what the list read at once."""
        return ", ".join(sorted(wijk.short_name for wijk in partner.wijken.all()))

    @admin.display(description=gettext_lazy("contactpersonen"))
    def people(self, partner: Partner) -> SafeString | str:
        """Who speaks for it, with what can be done."""
        if not partner.pk:
            return _("Bewaar eerst de organisatie. Daarna nodigt u contactpersonen uit.")
        rows = partner.contacts.select_related("user", "handed_over_to__user").order_by("-starts_on", "pk")
        return render_to_string("admin/partners/contacts.html", {"partner": partner, "contacts": rows})

    def save_model(self, request: HttpRequest, obj: Partner, form: Any, change: bool) -> None:
        """Remember how it was: the roles of its people follow what changes."""
        before = Partner.objects.filter(pk=obj.pk).first()
        form.before = organisations.summary(before) if before else {}
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """After the wijken are known."""
        super().save_related(request, form, formsets, change)
        organisations.saved(form.instance, old=form.before, by=request.user)

    def get_urls(self) -> list[URLPattern]:
        """Inviting and stopping, beside the pages of every admin."""
        pages: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("<int:pk>/uitnodigen/", self.invite_view, "invite"),
            ("<int:pk>/contact/<int:contact_pk>/stoppen/", self.leave_view, "leave"),
        ]
        own: list[URLPattern] = []
        for address, view, name in pages:
            own.append(path(address, self.admin_site.admin_view(view), name=f"partners_partner_{name}"))
        return [*own, *super().get_urls()]

    def invite_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Invite a contact person."""
        partner = self._own(request, pk)
        form = InviteForm(request.POST or None, initial=self._waiting(partner, request.GET.get("opnieuw", "")))
        if request.method == "POST" and form.is_valid():
            answers = form.cleaned_data
            try:
                contacts.invite(partner, by=request.user, **answers)
            except WorkflowError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("De uitnodiging gaat naar %(email)s.") % {"email": answers["email"]})
                return self._back(partner)
        title = _("Contactpersoon uitnodigen voor %(partner)s") % {"partner": partner}
        return self._form_page(request, partner, title, form)

    def leave_view(self, request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
        """A contact person stops; a colleague takes over."""
        partner = self._own(request, pk)
        contact = self._contact(partner, contact_pk)
        form = LeaveForm(request.POST or None, contact=contact)
        if request.method == "POST" and form.is_valid():
            contacts.leave(contact, by=request.user, **form.cleaned_data)
            messages.success(request, _("Genoteerd. %(name)s en de collega krijgen bericht.") % {"name": contact.user})
            return self._back(partner)
        return self._form_page(request, partner, _("%(contact)s stopt") % {"contact": contact}, form)

    def _own(self, request: HttpRequest, pk: int) -> Partner:
        found = self.get_object(request, str(pk))
        if found is None or not self.has_change_permission(request, found):
            raise Http404
        return found

    def _contact(self, partner: Partner, pk: int) -> PartnerContact:
        found = partner.contacts.select_related("user", "partner").filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def _waiting(self, partner: Partner, number: str) -> dict[str, str]:
        """Who was invited and did not answer: the form comes filled in, and sends a new link."""
        waiting = partner.contacts.filter(accepted_at=None).select_related("user")
        contact = waiting.filter(pk=int(number)).first() if number.isdecimal() else None
        if contact is None:
            return {}
        return {"name": contact.user.name, "email": contact.user.email, "function": contact.function}

    def _back(self, partner: Partner) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:partners_partner_change", args=[partner.pk]))

    def _form_page(self, request: HttpRequest, partner: Partner, title: str, form: Any) -> HttpResponse:
        values = {
            **self.admin_site.each_context(request),
            "title": title,
            "form": form,
            "partner": partner,
            "list_url": reverse("admin:partners_partner_changelist"),
            "list_title": _("Wijkpartners"),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/partners/contact_form.html", values)
