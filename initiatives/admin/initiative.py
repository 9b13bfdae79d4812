"""Initiatives in the admin: the work list, the file page and the steps. A case is read here; only steps change it."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path

from initiatives.admin import addresses, entry, file_page, step_view, writing
from initiatives.admin.worklist import WorklistMixin
from initiatives.models import Attachment, Initiative
from initiatives.querysets import InitiativeQuerySet
from shared.documents import serve
from shared.documents.enums import Variant

View = Callable[..., HttpResponse]
# The last part of the address of a picture.
SIZES = {"": None, "klein": Variant.SMALL, "middel": Variant.MEDIUM}


@admin.register(Initiative)
class InitiativeAdmin(WorklistMixin, admin.ModelAdmin[Initiative]):
    """Review: nothing is added, edited or deleted by hand."""

    def get_urls(self) -> list[URLPattern]:
        """The pages of a case beside those of every admin."""
        own = [
            path("nieuw/", self._wrap(self.entry_view), name="initiatives_initiative_entry"),
            path("<int:pk>/stap/<slug:slug>/", self._wrap(self.step_view), name="initiatives_initiative_step"),
            path("<int:pk>/notitie/", self._wrap(self.note_view), name="initiatives_initiative_note"),
            path("<int:pk>/contact/", self._wrap(self.contact_view), name="initiatives_initiative_contact"),
            path(
                "<int:pk>/bijlage/<int:attachment>/",
                self._wrap(self.attachment_view),
                name="initiatives_initiative_attachment",
            ),
            path(
                "<int:pk>/bijlage/<int:attachment>/<slug:size>/",
                self._wrap(self.attachment_view),
                name="initiatives_initiative_picture",
            ),
        ]
        return own + super().get_urls()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who reviews has work here."""
        return request.user.has_perm("initiatives.review_initiative")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Who reviews; which cases is up to the list itself."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A colleague writes a plan down with the form of residents."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only steps change a case."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted."""
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The file page."""
        if not object_id.isdecimal():
            raise Http404
        case = self._case(request, int(object_id))
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return file_page.show(request, case, self._around(request))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The timeline on the file page is the history."""
        if not object_id.isdecimal():
            raise Http404
        return HttpResponseRedirect(addresses.file_url(request, self._case(request, int(object_id)).pk) + "#tijdlijn")

    def step_view(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        """The confirm page of a step."""
        return step_view.step(request, self._case(request, pk), slug, self._around(request))

    def note_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save a note."""
        return writing.note(request, self._case(request, pk), self._around(request))

    def contact_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save a contact moment."""
        return writing.contact(request, self._case(request, pk), self._around(request))

    def attachment_view(self, request: HttpRequest, pk: int, attachment: int, size: str = "") -> HttpResponse:
        """Hand out a file of a case that this person reviews."""
        case = self._case(request, pk)
        found = Attachment.objects.filter(initiative=case, pk=attachment).select_related("file").first()
        if found is None or size not in SIZES:
            raise Http404
        return serve.file_response(found.file, SIZES[size])

    def entry_view(self, request: HttpRequest) -> HttpResponse:
        """Write down a plan for somebody at the phone or the desk."""
        return entry.enter(request, self._around(request))

    def _case(self, request: HttpRequest, pk: int) -> Initiative:
        """A case that this person reviews; what is not yours does not exist.

        Raises:
            PermissionDenied: this person reviews nothing.
            Http404: it is not theirs.
        """
        self._check(request)
        cases: InitiativeQuerySet = self.get_queryset(request)
        found: Initiative | None = (
            cases.select_related("wijk", "buurt", "theme", "owner", "entered_by", "merged_into", "initiator")
            .filter(pk=pk)
            .first()
        )
        if found is None:
            raise Http404
        return found

    def _check(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _around(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}

    def _wrap(self, view: View) -> View:
        """Behind the admin's door, and only for who reviews."""

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            self._check(request)
            return view(request, *args, **kwargs)

        return update_wrapper(self.admin_site.admin_view(guarded), view)
