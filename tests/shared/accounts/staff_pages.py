"""The portal with two pages more, to test the doors with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from shared.accounts.decorators import staff_required
from shared.accounts.enums import Role
from wbw_portal.urls import urlpatterns as portal


@staff_required(Role.COORDINATOR, Role.FUNCTIONAL_MANAGER)
def work(request: HttpRequest) -> HttpResponse:
    """Say what was sent."""
    return HttpResponse(f"werk {request.POST.get('note', '')} {request.POST.getlist('choice')}".strip())


@staff_required()
def any_staff(request: HttpRequest) -> HttpResponse:
    """For every role."""
    return HttpResponse("voor iedereen die hier werkt")


def own(request: HttpRequest) -> HttpResponse:
    """A page for whoever signed in."""
    return HttpResponse(f"van u {request.POST.get('message', '')}".strip())


urlpatterns = [*portal, path("werk/", work), path("werk/iedereen/", any_staff), path("van-mij/", own)]
