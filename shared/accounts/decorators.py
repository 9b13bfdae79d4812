"""The door of a staff page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from shared.accounts import second_factor
from shared.accounts.enums import STAFF_ROLES
from shared.accounts.policies import roles_of

View = Callable[..., HttpResponseBase]


def staff_required(*roles: str) -> Callable[[View], View]:
    """Only for people with one of these roles today (any staff role when none is named) and a second factor.

    Somebody without the role gets a 403; somebody without the second factor is sent to it and comes back here.
    """
    allowed = frozenset(roles) or STAFF_ROLES

    def close(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not roles_of(request.user) & allowed:
                raise PermissionDenied
            if not second_factor.done(request):
                return second_factor.ask(request)
            return view(request, *args, **kwargs)

        return checked

    return close
