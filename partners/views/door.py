"""Who may open the pages of the network: today's partners, coordinators, ambassadors and functional managers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from shared.accounts.decorators import staff_required
from shared.accounts.enums import Role

PARTICIPANTS = (Role.PARTNER, Role.COORDINATOR, Role.AMBASSADOR, Role.FUNCTIONAL_MANAGER)

View = Callable[..., HttpResponse]


def network_page(view: View) -> View:
    """Only for who takes part, with a second factor, and never kept by a browser."""

    @never_cache
    @staff_required(*PARTICIPANTS)
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return page
