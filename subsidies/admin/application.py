"""Applications in the admin: the work list, the file page and the steps. A case is read here; only steps change it."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path

from shared.documents import serve
from shared.documents.enums import Variant
from subsidies.admin import addresses, entry, file_page, registry, step_view
from subsidies.admin.worklist import WorklistMixin
from subsidies.enums import FilePurpose
from subsidies.models import Application, CaseFile
from subsidies.querysets import ApplicationQuerySet

View = Callable[..., HttpResponse]
# The last part of the address of a picture.
SIZES = {"": None, "klein": Variant.SMALL, "middel": Variant.MEDIUM}


@admin.register(Application)
class ApplicationAdmin(WorklistMixin, admin.ModelAdmin[Application]):
    """Review: nothing is added, edited or deleted by hand."""

    def get_urls(self) -> list[URLPattern]:
        """The pages of a case beside those of every admin."""
        own = [
            path("nieuw/", self._wrap(self.entry_view), name="subsidies_application_entry"),
            path("<int:pk>/stap/<slug:slug>/", self._wrap(self.step_view), name="subsidies_application_step"),
            path("<int:pk>/bijlage/<int:file>/", self._wrap(self.file_view), name="subsidies_application_file"),
            path(
                "<int:pk>/bijlage/<int:file>/<slug:size>/",
                self._wrap(self.file_view),
                name="subsidies_application_picture",
            ),
        ]
        others = [
            path(f"<int:pk>/{page.route}", self._wrap(self._of_case(page.view)), name=page.name)
            for page in registry.case_pages()
        ]
        return own + others + super().get_urls()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who reviews has work here."""
        return request.user.has_perm("subsidies.review_application")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Who reviews; which cases is up to the list itself."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A colleague writes an application down with the form of applicants."""
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

    def file_view(self, request: HttpRequest, pk: int, file: int, size: str = "") -> HttpResponse:
        """Hand out a file of a case that this person reviews."""
        case = self._case(request, pk)
        # The invoice of a supplier shows an account number: finance opens it from the payment.
        found = CaseFile.objects.filter(application=case, pk=file).exclude(purpose=FilePurpose.INVOICE)
        found = found.select_related("file").first()
        if found is None or size not in SIZES:
            raise Http404
        return serve.file_response(found.file, SIZES[size])

    def entry_view(self, request: HttpRequest) -> HttpResponse:
        """Write down an application for somebody at the phone or the desk, or copy it from paper."""
        return entry.enter(request, self._around(request))

    def _of_case(self, view: View) -> View:
        def page(request: HttpRequest, pk: int, **values: Any) -> HttpResponse:
            return view(request, self._case(request, pk), self._around(request), **values)

        return update_wrapper(page, view)

    def _case(self, request: HttpRequest, pk: int) -> Application:
        """A case that this person reviews; what is not yours does not exist.

        Raises:
            PermissionDenied: this person reviews nothing.
            Http404: it is not theirs.
        """
        self._check(request)
        cases: ApplicationQuerySet = self.get_queryset(request)
        related = ("wijk", "buurt", "theme", "owner", "scheme", "scheme_version", "round", "initiative", "entered_by")
        found: Application | None = cases.select_related(*related, "applicant", "previous").filter(pk=pk).first()
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
