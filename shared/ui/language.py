"""The language of the portal: Dutch, or English when someone asked for it. Remembered in a cookie, never guessed."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import escape_leading_slashes

PARAMETER = "taal"
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
YEAR = 365 * 24 * 60 * 60


class LanguageMiddleware:
    """Use the chosen language for this request; `?taal=en` chooses one and leads back to the same page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the visitor's language."""
        asked = request.GET.get(PARAMETER, "")
        if request.method == "GET" and asked in LANGUAGES:
            return _remember(request, asked)

        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


def language_of(request: HttpRequest) -> str:
    """The language this visitor chose before; Dutch for everyone else."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE


def _remember(request: HttpRequest, language: str) -> HttpResponse:
    query = request.GET.copy()
    del query[PARAMETER]
    address = escape_leading_slashes(request.path) + (f"?{query.urlencode()}" if query else "")
    response = HttpResponseRedirect(address)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response
