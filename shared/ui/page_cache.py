"""Public pages are the same for everyone and kept as bytes; one cheap question decides whether they still hold.

The question is "when did something public change last?" (`PublicGeneration`, in the database). A workflow step that
changes what the public sees calls `touch()` as its last statement: when it commits, every kept page is of the past;
when it rolls back, nothing happened. Redis only saves work: without it pages are rendered, and still right.
"""

import gzip
import hashlib
import time
from collections.abc import Callable
from functools import cache as remember
from functools import wraps
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import brotli  # type: ignore[import-untyped]
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers

from shared.ui.language import PARAMETER, language_of

KEEP_SECONDS = 60 * 60
# Nobody can fill Redis with made-up addresses: this many pages an hour, this large at most.
PAGES_AN_HOUR = 2000
LARGEST_PAGE = 300_000
LONGEST_QUERY = 300
READ_GENERATION = "SELECT number FROM ui_publicgeneration"
# The clock rather than a counter: also after a restored backup the number is one that never was before.
RAISE_GENERATION = """
    INSERT INTO ui_publicgeneration (id, number) VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
    ON CONFLICT (id) DO UPDATE SET number = greatest(ui_publicgeneration.number + 1, excluded.number)
"""
# Browsers and proxies may keep the page, but ask each time whether it still holds.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
COOKIES_THAT_CHANGE_A_PAGE = ("messages",)

View = Callable[..., HttpResponse]


class KeptPage(NamedTuple):
    """A page as it was sent."""

    content_type: str
    language: str
    body: bytes


def touch() -> None:
    """Say that something changed that public pages show; the last statement of a workflow step, in its transaction."""
    with connection.cursor() as cursor:
        cursor.execute(RAISE_GENERATION)


def generation() -> int:
    """Which state of the public pages holds now; 0 when nothing was ever touched."""
    with connection.cursor() as cursor:
        cursor.execute(READ_GENERATION)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def public_page(*given: Any) -> Any:
    """Mark a view as the same for everyone and open to all: `@public_page` or `@public_page("wijk", "pagina")`.

    Name every query parameter that the view reads: the others never reach it, so they cannot multiply what is kept.
    The view sees no user, session or cookies. A page with a form that needs a CSRF token is not public: link to one.
    """
    if given and callable(given[0]):
        return _public(given[0], ())
    return lambda view: _public(view, given)


def _public(view: View, parameters: tuple[str, ...]) -> View:
    @wraps(view)
    def anonymous(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _forget_visitor(request, parameters)
        return view(request, *args, **kwargs)

    marked: View = login_not_required(anonymous)
    vars(marked)["public_parameters"] = parameters
    return marked


class PublicPageMiddleware:
    """Answer for a public page from the browser's copy (304), from Redis, or by rendering it once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep out of the way of everything that is not a public page."""
        parameters = _public_parameters(request)
        if parameters is None:
            return self.get_response(request)

        name = _name(request, parameters)
        if name in request.headers.get("If-None-Match", ""):
            return _headers(HttpResponseNotModified(), name)
        encoding = _encoding(request)
        if kept := cache.get(f"page:{name}:{encoding or 'gzip'}"):
            return _headers(_response(KeptPage(*kept), encoding), name)

        vars(request)["is_kept"] = True
        response = self.get_response(request)
        if not _may_be_kept(response):
            return response
        _keep(name, response)
        return _headers(response, name)


def _public_parameters(request: HttpRequest) -> tuple[str, ...] | None:
    """What the public view at this address reads of the query; None when this page has to be made for this visitor."""
    if request.method not in ("GET", "HEAD") or PARAMETER in request.GET:
        return None
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return None
    if any(name in request.COOKIES for name in COOKIES_THAT_CHANGE_A_PAGE):
        return None
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return None
    return getattr(view, "public_parameters", None)


def _name(request: HttpRequest, parameters: tuple[str, ...]) -> str:
    """What a page is made from. With the hour in it, no page is older than that, whatever was forgotten."""
    hour = int(time.time() // KEEP_SECONDS)
    query = urlencode([(key, value) for key in sorted(parameters) for value in request.GET.getlist(key)])
    parts = [_build(), generation(), hour, request.get_host(), request.path, query, language_of(request)]
    return hashlib.blake2b("\n".join(map(str, parts)).encode(), digest_size=16).hexdigest()


@remember
def _build() -> str:
    """Changes with every release, and with the municipality's own file, which pages show as well."""
    folders = [settings.BASE_DIR / "templates", settings.BASE_DIR / "static/build", *settings.LOCALE_PATHS]
    files = [file for folder in folders for file in Path(folder).rglob("*.*")]
    newest = max((file.stat().st_mtime_ns for file in files), default=0)
    return f"{newest} {settings.MUNICIPALITY!r} {settings.FORM_IDLE}"


def _encoding(request: HttpRequest) -> str:
    accepted = request.headers.get("Accept-Encoding", "")
    return next((encoding for encoding in ("br", "gzip") if encoding in accepted), "")


def _response(page: KeptPage, encoding: str) -> HttpResponse:
    body = page.body if encoding else gzip.decompress(page.body)
    response = HttpResponse(body, content_type=page.content_type)
    if encoding:
        response["Content-Encoding"] = encoding
    response["Content-Language"] = page.language
    response["Content-Length"] = str(len(body))
    return response


def _headers(response: HttpResponse, name: str) -> HttpResponse:
    response["ETag"] = f'"{name}"'
    response["Cache-Control"] = CACHE_CONTROL
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == HTTPStatus.OK
        and not response.cookies
        and not response.streaming
        and not response.has_header("Content-Encoding")
        and len(response.content) <= LARGEST_PAGE
    )


def _keep(name: str, response: HttpResponse) -> None:
    """Store what browsers accept."""
    if not _room_for_another():
        return
    content_type, language = response["Content-Type"], response.headers.get("Content-Language", "")
    bodies = {"br": brotli.compress(response.content, quality=5), "gzip": gzip.compress(response.content, 6, mtime=0)}
    for encoding, body in bodies.items():
        cache.set(f"page:{name}:{encoding}", (content_type, language, body), KEEP_SECONDS)


def _room_for_another() -> bool:
    counter = f"pages-kept:{int(time.time() // KEEP_SECONDS)}"
    cache.add(counter, 0, KEEP_SECONDS)
    try:
        return cache.incr(counter) <= PAGES_AN_HOUR
    except ValueError:
        return False


def _forget_visitor(request: HttpRequest, parameters: tuple[str, ...]) -> None:
    """Whatever the view or its templates ask, the answer is that of a visitor whom nobody knows."""
    request.user = AnonymousUser()
    known = [(key, value) for key in parameters for value in request.GET.getlist(key)]
    request.GET = QueryDict(urlencode(known))
    if not getattr(request, "is_kept", False):
        return
    request.COOKIES = {}
    request.META.pop("CSRF_COOKIE", None)
    request.session = type(request.session)()
    if hasattr(request, "_messages"):
        del request._messages
