"""The noticeboard: what is new first, a message with its answers, answering by link, taking down."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.enums.noticeboard import MailChoice
from partners.forms.noticeboard import MailForm, NoticeForm, ReplyForm, TakeDownForm
from partners.letters.noticeboard import REPLY
from partners.models import Notice
from partners.policies.people import affiliations
from partners.policies.together import may_take_down, readable_wijken_of
from partners.views.door import network_page
from partners.views.rooms import ask_wijk, attempt, chosen_wijk, crumb_start, own_wijken
from partners.workflow import noticeboard
from shared import links, municipality
from shared.accounts.models import User

PER_PAGE = 20


@network_page
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The messages of my wijken: unread first, then the newest; what no longer holds is at the bottom."""
    wijken = own_wijken(request)
    slug = request.GET.get("wijk", "")
    chosen = [wijk for wijk in wijken if not slug or wijk.slug == slug]
    today = timezone.localdate()
    threads = Notice.objects.within(chosen).threads().with_state_for(request.user)
    found = threads.select_related("author", "wijk").prefetch_related("mentioned").unread_first(today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    works_for = affiliations([notice.author for notice in page.object_list])
    values = {
        "page": page,
        "wijken": wijken if len(wijken) > 1 else [],
        "slug": slug,
        "notices": [(notice, works_for.get(notice.author_id, "")) for notice in page.object_list],
        "unread": Notice.objects.within(chosen).unread_by(request.user).count(),
        "today": today,
        "trail": [crumb_start()],
    }
    return render(request, "partners/noticeboard/board.html", values)


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One message with its answers; who opens it has read them."""
    shown = _readable(request, pk)
    if shown.parent_id:
        return redirect(shown)
    form = ReplyForm(request.POST or None, wijk=shown.wijk, user=request.user)

    def answer() -> str:
        _reply(form, shown, request.user)
        messages.success(request, _("Uw antwoord staat op het prikbord."))
        return f"{shown.get_absolute_url()}#antwoorden"

    if address := attempt(request, form, lambda: form.once.perform(answer)):
        return redirect(address)
    return render(request, "partners/noticeboard/notice.html", _thread(request, shown, form))


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A message for everybody who works in a wijk."""
    wijk = chosen_wijk(request)
    if wijk is None:
        return ask_wijk(request, _("Op welk prikbord?"), _trail())
    form = NoticeForm(request.POST or None, wijk=wijk, user=request.user)

    def post() -> str:
        answers = {name: form.cleaned_data[name] for name in ("text", "until_on", "mentioned")}
        made = noticeboard.post(wijk, **answers, confirmed=form.confirmed, by=request.user)
        messages.success(request, _("Uw bericht staat op het prikbord."))
        return made.get_absolute_url()

    if address := attempt(request, form, lambda: form.once.perform(post)):
        return redirect(address)
    values = {
        "form": form,
        "title": _("Bericht op het prikbord"),
        "about": str(wijk),
        "intro": _(
            "Wijkpartners, ambassadeurs en de wijkcoördinator lezen dit. Na een jaar zonder antwoord verdwijnt het."
        ),
        "trail": _trail(),
    }
    return render(request, "partners/together/form.html", values)


@network_page
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """Everything that stands there now is read."""
    wijken = readable_wijken_of(request.user)
    if slug := request.GET.get("wijk", ""):
        wijken = wijken.filter(slug=slug)
    noticeboard.mark_read(Notice.objects.within(wijken).unread_by(request.user), by=request.user)
    messages.success(request, _("Alles is gelezen."))
    return redirect(f"{reverse('partners:noticeboard')}{'?wijk=' + slug if slug else ''}")


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a message or an answer off the board, with the reason."""
    shown = _readable(request, pk)
    if not may_take_down(request.user, shown):
        raise Http404
    form = TakeDownForm(request.POST or None)

    def remove() -> str:
        noticeboard.take_down(shown, reason=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Het bericht is van het prikbord gehaald."))
        return shown.get_absolute_url()

    if address := attempt(request, form, remove):
        return redirect(address)
    values = {
        "form": form,
        "title": _("Van het prikbord halen"),
        "quote": shown.text,
        "about": str(shown.author),
        "trail": _trail(),
        "back": shown,
    }
    return render(request, "partners/together/form.html", values)


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """How often news of the board comes by e-mail."""
    choice = noticeboard.mail_choice(request.user)
    initial = {"frequency": choice or (MailChoice.MENTIONS if choice == "" else None)}
    form = MailForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["frequency"]
        noticeboard.choose_mail(request.user, "" if wanted == MailChoice.MENTIONS else wanted)
        messages.success(request, _("Uw keuze is bewaard."))
        return redirect("partners:noticeboard")
    values = {"form": form, "title": _("E-mail over het prikbord"), "trail": _trail()}
    return render(request, "partners/together/form.html", values)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Answer from an e-mail without signing in; the link is of one reader, and only as long as they work there.

    Raises:
        Http404: the message is gone, or this person no longer takes part in the wijk.
    """
    days = municipality.current().periods.notice_link_days
    known = links.read(REPLY, token, max_age=timedelta(days=days))
    reader = get_object_or_404(User, pk=known["user"], is_active=True)
    found = Notice.objects.within(readable_wijken_of(reader)).select_related("wijk", "author", "parent")
    sent = get_object_or_404(found, pk=known["notice"])
    shown = sent.parent or sent
    form = ReplyForm(request.POST or None, wijk=shown.wijk, user=reader)

    def answer() -> str:
        _reply(form, shown, reader)
        return f"{request.path}?geplaatst=1"

    if address := attempt(request, form, lambda: form.once.perform(answer)):
        return redirect(address)
    values = {"form": form, "notice": shown, "answers": _answers(shown), "reader": reader}
    return render(request, "partners/noticeboard/reply.html", values | {"posted": "geplaatst" in request.GET})


def _reply(form: ReplyForm, shown: Notice, by: User) -> None:
    # Who started the conversation hears of an answer at once, as if they were named.
    noticeboard.post(
        shown.wijk,
        text=form.cleaned_data["text"],
        parent=shown,
        mentioned={shown.author, *form.cleaned_data["mentioned"]},
        confirmed=form.confirmed,
        by=by,
    )


def _thread(request: HttpRequest, shown: Notice, form: ReplyForm) -> dict[str, object]:
    answers = _answers(shown)
    every = [shown, *answers]
    noticeboard.mark_read([each for each in every if each.author_id != request.user.pk], by=request.user)
    works_for = affiliations({each.author for each in every})
    return {
        "form": form,
        "notice": shown,
        "notices": [(each, works_for.get(each.author_id, ""), may_take_down(request.user, each)) for each in every],
        "mentioned": list(shown.mentioned.all()),
        "trail": _trail(),
    }


def _answers(shown: Notice) -> list[Notice]:
    return list(
        shown.replies.select_related("author", "wijk").prefetch_related("mentioned").order_by("posted_at", "pk")
    )


def _readable(request: HttpRequest, pk: int) -> Notice:
    found = Notice.objects.within(readable_wijken_of(request.user)).select_related("wijk", "author")
    return get_object_or_404(found, pk=pk)


def _trail() -> list[tuple[str, str]]:
    return [crumb_start(), (_("Prikbord"), reverse("partners:noticeboard"))]
