"""A refusal is an answer, not an accident: say it on the page where the person was, or on a friendly page."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from shared.lifecycle import WorkflowError
from shared.links import LinkExpired, LinkInvalid


class RefusalMiddleware:
    """Turn a WorkflowError that a view lets through into a message, and a spent link into a page that helps."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refusals come by way of process_exception; an address that only a button uses gets words as well.

        Raises:
            BadRequest: the address has a NUL in it, which PostgreSQL cannot look for and nobody can type.
        """
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; anything else is a bug and goes on."""
        if isinstance(exception, LinkInvalid | LinkExpired):
            expired = isinstance(exception, LinkExpired)
            status = HTTPStatus.GONE if expired else HTTPStatus.NOT_FOUND
            return render(request, "ui/link_refused.html", {"expired": expired}, status=status)
        if not isinstance(exception, WorkflowError):
            return None
        if request.method == "POST":
            messages.error(request, str(exception))
            return HttpResponseRedirect(_previous_page(request))
        return render(request, "ui/refused.html", {"reason": str(exception)}, status=HTTPStatus.CONFLICT)


def _previous_page(request: HttpRequest) -> str:
    """Where the button was; never another site."""
    address = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return address
    return request.path
