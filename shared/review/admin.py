"""The admin of a kind of case: a work list, a file page and steps. A case is read here; only steps change it."""

from collections.abc import Callable
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from shared.accounts.models import User
from shared.documents import serve
from shared.documents.enums import Variant
from shared.documents.models import StoredFile
from shared.review import file_page, step_view
from shared.review.desk import Case, Desk
from shared.review.selection import Selection
from shared.ui.record_admin import ReadOnly

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = admin.ModelAdmin

View = Callable[..., HttpResponse]
# The last part of the address of a picture.
SIZES = {"": None, "klein": Variant.SMALL, "middel": Variant.MEDIUM}


class CaseAdmin(ReadOnly, Base):
    """Review: nothing is added, edited or deleted by hand.

    A programme says what its desk, its selection, its export and its permission are, what belongs to a case
    (`related`), and what its file page shows besides the parts of the desk (`around_file`).
    """

    desk: ClassVar[Desk]
    selection: ClassVar[Selection]
    list_title: ClassVar[str | Promise]
    # Who may review at all; which cases is up to the selection.
    permission: ClassVar[str]
    related: ClassVar[tuple[str, ...]] = ()
    # The export of the work list and the permission for it; without a name there is none.
    export_name: ClassVar[str] = ""
    export_permission: ClassVar[str] = ""
    file_template: ClassVar[str] = "admin/review/file.html"

    change_list_template = "admin/review/change_list.html"
    list_per_page = 50
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False

    # --- The pages ---

    def get_urls(self) -> list[URLPattern]:
        """The pages of a case beside those of every admin."""
        name = self.desk.name
        own = [
            path("<int:pk>/stap/<slug:slug>/", self.wrap(self.step_view), name=f"{name}_step"),
            path("<int:pk>/bijlage/<int:file>/", self.wrap(self.file_view), name=f"{name}_file"),
            path("<int:pk>/bijlage/<int:file>/<slug:size>/", self.wrap(self.file_view), name=f"{name}_picture"),
        ]
        others = [
            path(f"<int:pk>/{page.route}", self.wrap(self._of_case(page.view)), name=page.name)
            for page in self.desk.case_pages()
        ]
        return own + others + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The file page."""
        if not object_id.isdecimal():
            raise Http404
        case = self.find_case(request, int(object_id))
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self.show_file(request, case)

    def show_file(self, request: HttpRequest, case: Case, **values: Any) -> HttpResponse:
        """The file page, with these values on top of its own."""
        values = {**self.around(request), **self.around_file(request, case), **values}
        return file_page.show(request, case, self.desk, self.selection, self.file_template, values)

    def around_file(self, request: HttpRequest, case: Case) -> dict[str, Any]:
        """What the file page of this programme shows besides the parts of the desk."""
        return {}

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The timeline on the file page is the history."""
        if not object_id.isdecimal():
            raise Http404
        case = self.find_case(request, int(object_id))
        return HttpResponseRedirect(self.desk.file_url(request, case.pk) + "#tijdlijn")

    def step_view(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        """The confirm page of a step."""
        answer = step_view.step(request, self.find_case(request, pk), self.desk, slug, self.around(request))
        if isinstance(answer, HttpResponseRedirect) and not self.open_to(request).filter(pk=pk).exists():
            # The step brought the case out of this person's sight: to a colleague, or to another wijk.
            return HttpResponseRedirect(self.desk.list_url(request))
        return answer

    def file_view(self, request: HttpRequest, pk: int, file: int, size: str = "") -> HttpResponse:
        """Hand out a file of a case that this person reviews."""
        found = self.stored_file(self.find_case(request, pk), file)
        if found is None or size not in SIZES:
            raise Http404
        return serve.file_response(found, SIZES[size])

    def stored_file(self, case: Case, number: int) -> StoredFile | None:
        """The file with this number of the case; a programme without files has none."""
        return None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with its export beside it."""
        values = {"title": self.list_title, "list_title": self.list_title, **self._export(request)}
        return super().changelist_view(request, {**values, **(extra_context or {})})

    def _export(self, request: HttpRequest) -> dict[str, Any]:
        if not self.export_name:
            return {"may_export": False}
        address = reverse("reports:export", args=[self.export_name])
        query = request.GET.urlencode() if self.selection.read_filters(request.GET) else ""
        return {
            "export_url": f"{address}?{query}" if query else address,
            "may_export": request.user.has_perm(self.export_permission),
        }

    # --- Who may ---

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who reviews has work here."""
        return request.user.has_perm(self.permission)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Who reviews; which cases is up to the list itself."""
        return self.has_module_permission(request)

    # --- The work list ---

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Only what this person reviews."""
        user: Any = request.user
        return self.selection.cases(user)

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """What is most urgent first."""
        return self.selection.order()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search as the export does."""
        return queryset.filter(self.selection.matching(search_term)), False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """A list whose title is its name."""
        return type("Worklist", (Worklist,), {"list_title": self.list_title})

    @admin.display(description=_("status"), ordering="status")
    def state(self, case: Case) -> SafeString:
        """The status as staff call it."""
        return status_badge(case)

    @admin.display(description=_("behandelaar"), empty_value=_("niemand"))  # type: ignore[call-overload]
    def handler(self, case: Case) -> User | None:
        """Who goes on with it."""
        found: User | None = case.owner
        return found

    # --- What the pages stand on ---

    def find_case(self, request: HttpRequest, pk: int) -> Case:
        """A case that this person reviews; what is not yours does not exist.

        Raises:
            PermissionDenied: this person reviews nothing.
            Http404: it is not theirs.
        """
        self.check_reviewer(request)
        found = self.open_to(request).select_related(*self.related).filter(pk=pk).order_by("pk").first()
        if found is None:
            raise Http404
        return found

    def open_to(self, request: HttpRequest) -> QuerySet[Any]:
        """The cases of the list; a programme leaves out here what only a list asks of each."""
        return self.get_queryset(request)

    def check_reviewer(self, request: HttpRequest) -> None:
        """Let nobody pass who reviews nothing.

        Raises:
            PermissionDenied: this person does not review.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied

    def around(self, request: HttpRequest) -> dict[str, Any]:
        """What every page of the admin needs, and the way back to the list."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "list_title": self.list_title,
            "list_url": self.desk.list_url(request),
        }

    def wrap(self, view: View) -> View:
        """Behind the admin's door, and only for who reviews."""

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            self.check_reviewer(request)
            return view(request, *args, **kwargs)

        return update_wrapper(self.admin_site.admin_view(guarded), view)

    def _of_case(self, view: View) -> View:
        def page(request: HttpRequest, pk: int, **values: Any) -> HttpResponse:
            return view(request, self.find_case(request, pk), self.around(request), **values)

        return update_wrapper(page, view)


class Worklist(ChangeList):
    """The list; its title is the same for everyone."""

    list_title: ClassVar[str | Promise]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = self.list_title


def status_badge(case: Case) -> SafeString:
    """The status in a frame; the words say it, the colour only helps."""
    return format_html(
        '<span class="review-status review-status--{}">{}</span>', case.status, case.get_status_display()
    )
