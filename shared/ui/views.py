"""Pages that belong to the portal itself: house style, texts about the site, the style page and the error pages."""

import logging
from http import HTTPStatus

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from shared import links, municipality
from shared.ui import house_style, samples
from shared.ui.page_cache import public_page

YEAR = 365 * 24 * 60 * 60

log = logging.getLogger(__name__)


@login_not_required
@require_safe
def house_style_sheet(request: HttpRequest) -> HttpResponse:
    """The municipality's colours; the address changes with the content, so browsers may keep it."""
    response = HttpResponse(house_style.stylesheet(), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for /favicon.ico whatever the page says; a drawing serves them as well."""
    response = HttpResponse(render_to_string("ui/favicon.svg"), content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={YEAR}"
    return response


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines are welcome on what is public."""
    lines = [
        "User-agent: *",
        "Disallow: /beheer/",
        "Disallow: /mijn/",
        f"Sitemap: {links.absolute('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for everyone, and where to tell what does not."""
    return render(request, "ui/accessibility.html")


@require_safe
@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What the portal keeps, why and how long."""
    idle_minutes = int(settings.FORM_IDLE.total_seconds() // 60)
    return render(request, "ui/privacy.html", {"periods": municipality.current().periods, "idle_minutes": idle_minutes})


@require_safe
@staff_member_required(login_url="account_login")  # type: ignore[untyped-decorator]
def style_page(request: HttpRequest) -> HttpResponse:
    """Every component with example content, for who builds or checks the portal."""
    form = samples.SampleForm({} if "fouten" in request.GET else None)
    return render(request, "ui/style_page.html", {"form": form, **samples.components()})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that no page of ours makes."""
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 after sending a form: cookies are off, or the page had been open for very long."""
    log.info("A form came without a valid token.", extra={"reason": reason})
    return HttpResponseForbidden(render_to_string("403_csrf.html", request=request))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: made without database, session or context, as any of these may be what failed."""
    values = {
        "municipality": municipality.current(),
        "reference": getattr(request, "request_id", ""),
        "stylesheet": static("build/portal.css"),
    }
    return HttpResponse(render_to_string("500.html", values), status=HTTPStatus.INTERNAL_SERVER_ERROR)
