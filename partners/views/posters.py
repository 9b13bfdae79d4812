"""What hangs on a door: the week of a wijk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from partners.paper import poster
from shared.ui.page_cache import public_page
from shared.wijken.models import Wijk


@public_page()
@require_safe
def week_poster(request: HttpRequest, slug: str) -> HttpResponse:
    """The week of a wijk as a PDF; the address stays the same, so that it can be printed each week."""
    wijk = get_object_or_404(Wijk.objects.current().without_geometry(), slug=slug)
    response = HttpResponse(poster.make(wijk), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="agenda-{wijk.slug}.pdf"'
    return response
