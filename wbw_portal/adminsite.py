"""The admin of the portal: for who works here today and proved it twice in this session."""

import re
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR
from functools import update_wrapper
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import URLPattern, URLResolver
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from shared import municipality
from shared.accounts import return_to, second_factor
from shared.ui.admin_words import reword

# Nobody has a password to change.
WITHOUT_ADDRESS = {"password_change", "password_change_done"}


class PortalAdminSite(AdminSite):
    """Django's admin without passwords."""

    index_title = gettext_lazy("Vandaag")
    site_url = "/"
    # Vandaag lists what may be managed; lists and forms have the whole width.
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # What the start page shows: wbw_portal/admin.py names it, because it needs the programmes' own admin first.
        self.start_page: Callable[[HttpRequest], dict[str, Any]] = lambda request: {}

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """As Django does, with error texts that say what to do."""
        super().register(model_or_iterable, admin_class, **options)
        for model in [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable:
            # Django's own user is one that ours took the place of, so it is not in the admin.
            if self.is_registered(model):
                reword(self.get_model_admin(model))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Whose admin this is."""
        here = municipality.current()
        title = _("Beheer %(name)s") % {"name": here.name}
        return super().each_context(request) | {"site_title": title, "site_header": here.portal_name}

    def has_permission(self, request: HttpRequest) -> bool:
        """A role of today, and a second factor in this session."""
        return super().has_permission(request) and second_factor.done(request)

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        """Behind the door, with an address that a calendar can read and choices that can be rows."""
        inner = super().admin_view(view, cacheable)

        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            _check_years(request)
            _check_choices(request)
            return inner(request, *args, **kwargs)

        return update_wrapper(answer, inner)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Vandaag."""
        return super().index(request, self.start_page(request) | (extra_context or {}))

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Django's addresses, without those about passwords."""
        return [url for url in super().get_urls() if getattr(url, "name", None) not in WITHOUT_ADDRESS]

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send on to whatever is still missing: signing in, or the second factor.

        Raises:
            PermissionDenied: this person has no work in the admin.
        """
        goal = _goal(request, default=resolve_url("admin:index"))
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': goal})}")
        if not super().has_permission(request):
            raise PermissionDenied
        if self.has_permission(request):
            return HttpResponseRedirect(goal)
        return second_factor.ask(request, goal=goal)

    @method_decorator(never_cache)
    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign out with the button; a link that somebody sends does nothing."""
        if request.method == "POST":
            logout(request)
        return redirect(settings.ACCOUNT_LOGOUT_REDIRECT_URL)


def _goal(request: HttpRequest, *, default: str) -> str:
    wanted = request.GET.get("next", "")
    return wanted if return_to.is_own_address(request, wanted) else default


def _check_years(request: HttpRequest) -> None:
    """Django looks for any year, also for those that Python has no date for.

    Raises:
        BadRequest: the address asks for such a year.
    """
    years = [value for name, value in request.GET.items() if name.endswith("__year")]
    if not all(year.isdecimal() and MINYEAR <= int(year[:5]) <= MAXYEAR for year in years):
        raise BadRequest("no such year")


def _check_choices(request: HttpRequest) -> None:
    """The boxes of a list hold keys of rows; anything else was not made by our page.

    Raises:
        BadRequest: something is chosen that cannot be a row.
    """
    if not all(re.fullmatch(r"[0-9a-f-]{1,36}", key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
        raise BadRequest("no such row")
