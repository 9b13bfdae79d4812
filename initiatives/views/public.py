"""What everybody may read: the list, a plan, its photos, poster, QR code and feed. Nothing personal on any of them."""

from collections import Counter

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from initiatives import poster
from initiatives.cards import cards, how_many
from initiatives.enums import InvolvementKind
from initiatives.forms.filter import FilterForm
from initiatives.models import Attachment, Initiative, Update
from initiatives.nearby import municipality_near
from initiatives.parts import public_parts
from initiatives.timeline import public_timeline
from shared import typeset
from shared.documents.enums import Variant
from shared.documents.serve import file_response
from shared.links import absolute
from shared.themes.models import Theme
from shared.ui.page_cache import public_page
from shared.wijken.maps import wijken_map
from shared.wijken.models import Wijk

PER_PAGE = 20
VARIANTS = {"klein": Variant.SMALL, "groot": Variant.MEDIUM}
# What the page of a plan shows of it: a fifth of its columns, and no borders of areas.
SHOWN = (
    "reference",
    "status",
    "published_at",
    "public_title",
    "public_text",
    "place",
    "planned_on",
    "help_wanted",
    "joiners_count",
    "supporters_count",
    "result",
    "next_step",
    "next_step_on",
    "respond_by",
    "answered_at",
    "name",
    "shows_first_name",
    "merged_into_id",
    "theme__name",
    "theme__name_en",
    "wijk__slug",
    "wijk__short_name",
    "buurt__name",
    "owner__name",
)


@public_page("zoek", "wijk", "thema", "status", "volgorde", "pagina")
@require_safe
def list_initiatives(request: HttpRequest) -> HttpResponse:
    """All plans on the website, searched, filtered and sorted by plain parameters; beside a map that says the same."""
    wijken = list(Wijk.objects.current().without_geometry())
    form = FilterForm(
        request.GET,
        wijken=wijken,
        themes=list(Theme.objects.choosable()),
        language=get_language() or "nl",
    )
    found = form.arrange(form.narrow(Initiative.objects.published()))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    page.object_list = cards(page.object_list)
    return render(
        request,
        "initiatives/list.html",
        {
            "filter": form,
            "page": page,
            "map": wijken_map(wijken, _counts(form), _wijk_links(form, wijken), in_words=how_many),
            "feed_url": reverse("initiatives:feed"),
        },
    )


@public_page()
@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One plan: what and why, how it stands, who takes part, and how to join."""
    shown = Initiative.objects.select_related("wijk", "buurt", "theme", "owner").only(*SHOWN)
    initiative = get_object_or_404(shown, reference=reference)
    if initiative.merged_into is not None and initiative.merged_into.is_published:
        return redirect(initiative.merged_into, permanent=True)
    if not initiative.is_published:
        raise Http404
    photos = list(
        initiative.attachments.filter(is_public=True).only("initiative_id", "update_id", "alt_text").order_by("pk")
    )
    return render(
        request,
        "initiatives/detail.html",
        {
            "initiative": initiative,
            "photos": [photo for photo in photos if photo.update_id is None],
            "updates": _updates(initiative, photos),
            "timeline": public_timeline(initiative),
            "nearby": municipality_near(initiative.wijk),
            "kinds": InvolvementKind,
            "parts": public_parts(initiative),
            "share_url": absolute(initiative.get_absolute_url()),
        },
    )


@login_not_required
@require_safe
def photo(request: HttpRequest, reference: str, pk: int, size: str) -> HttpResponse:
    """A photo on a public page, in one of two sizes."""
    attachment = get_object_or_404(
        Attachment.objects.select_related("file"),
        pk=pk,
        is_public=True,
        initiative__reference=reference,
        initiative__published_at__isnull=False,
    )
    if size not in VARIANTS or (attachment.update_id and attachment.update.removed_at):
        raise Http404
    return file_response(attachment.file, VARIANTS[size], public=True)


@login_not_required
@require_safe
def qr_code(request: HttpRequest, reference: str) -> HttpResponse:
    """The address of the plan as a QR code (SVG)."""
    initiative = get_object_or_404(Initiative.objects.published(), reference=reference)
    return HttpResponse(typeset.qr_svg(absolute(initiative.get_absolute_url())), content_type="image/svg+xml")


@login_not_required
@require_safe
def show_poster(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """A poster (A4) for the window or the supermarket: PDF to print, SVG to work on."""
    initiative = get_object_or_404(Initiative.objects.published().select_related("wijk", "theme"), reference=reference)
    content = poster.make(initiative, kind)
    response = HttpResponse(content, content_type={"pdf": "application/pdf", "svg": "image/svg+xml"}[kind])
    response["Content-Disposition"] = f'inline; filename="poster-{reference}.{kind}"'
    return response


def _updates(initiative: Initiative, photos: list[Attachment]) -> list[tuple[Update, list[Attachment]]]:
    updates = initiative.updates.filter(removed_at__isnull=True).only("initiative_id", "text", "posted_at")
    return [(update, [photo for photo in photos if photo.update_id == update.pk]) for update in updates]


def _counts(form: FilterForm) -> Counter[int]:
    """How many plans each wijk has under the other filters, so that the map is a way to choose."""
    narrowed = form.narrow(Initiative.objects.published(), leave_out="wijk")
    return Counter(dict(narrowed.order_by().values_list("wijk_id").annotate(n=Count("pk"))))


def _wijk_links(form: FilterForm, wijken: list[Wijk]) -> dict[int, str]:
    address = reverse("initiatives:list")
    return {wijk.pk: f"{address}?{urlencode(form.chosen | {'wijk': wijk.slug})}" for wijk in wijken}
