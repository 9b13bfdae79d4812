import uuid

from django.core import signing
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from benchmarks.yardstick.forms import FilterForm, PlanForm
from benchmarks.yardstick.models import (
    Draft,
    Event,
    Meeting,
    Outbox,
    Plan,
    Project,
    ReferenceCounter,
    SentForm,
    Wijk,
)


def plans(request: HttpRequest) -> HttpResponse:
    found = Plan.objects.filter(published_at__isnull=False)
    cards = found.select_related("wijk", "theme").defer("wijk__path").order_by("-published_at", "-pk")
    pages = Paginator(cards, 20)
    page = pages.get_page(request.GET.get("pagina"))
    published = Count("plan", filter=Q(plan__published_at__isnull=False))
    context = {
        "form": FilterForm(request.GET),
        "page": page,
        "numbers": pages.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "wijken": Wijk.objects.annotate(plans=published).order_by("pk"),
    }
    return render(request, "yardstick/list.html", context)


def plan(request: HttpRequest, reference: str) -> HttpResponse:
    plans = Plan.objects.select_related("wijk", "buurt", "theme", "owner").defer("wijk__path")
    found = get_object_or_404(plans, reference=reference, published_at__isnull=False)
    photos = list(found.photos.all())
    context = {
        "plan": found,
        "events": found.events.filter(is_public=True),
        "photos": [photo for photo in photos if photo.update_id is None],
        "updates": [
            (update, [photo for photo in photos if photo.update_id == update.pk]) for update in found.updates.all()
        ],
        "projects": _near(found.wijk),
        "help": found.help.filter(succeeded=True)
        .select_related("offer__partner", "offer__department")
        .defer("offer__text")
        .order_by("closed_at", "pk"),
        "share_url": request.build_absolute_uri(),
    }
    return render(request, "yardstick/detail.html", context)


def _near(wijk: Wijk) -> QuerySet[Project]:
    """Three projects in this wijk, those in which people can take part first."""
    now = timezone.now()
    coming = Meeting.objects.filter(
        Q(ends_at__gte=now) | Q(contributions_until__gte=now), project=OuterRef("pk"), status="announced"
    ).order_by("starts_at")
    open_until = coming.annotate(last=Greatest("ends_at", "contributions_until")).values("last")[:1]
    here = Q(wijken=wijk) | Q(buurten__wijk=wijk) | Q(wijken=None, buurten=None)
    running = Project.objects.filter(here, status="active", published_at__isnull=False).distinct()
    found = running.annotate(open_until=Subquery(open_until))
    return found.order_by(F("open_until").asc(nulls_last=True), "-published_at").defer("summary")[:3]


def new(request: HttpRequest) -> HttpResponse:
    """The first button: the answers are checked and kept."""
    draft = _draft(request)
    form = PlanForm(request.POST or (draft.answers if draft else None), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        answers = {name: request.POST.getlist(name) for name in form.fields}
        kept = {name: values if name == "help_wanted" else "".join(values[-1:]) for name, values in answers.items()}
        draft = draft or Draft()
        draft.answers, draft.saved_at = kept, timezone.now()
        draft.save()
        request.session["draft"] = str(draft.pk)
        return redirect("check")
    return render(request, "yardstick/form.html", {"form": form})


def check(request: HttpRequest) -> HttpResponse:
    """The second button: everything is read back and sent, once."""
    draft = _draft(request)
    form = PlanForm(draft.answers if draft else {})
    if request.method != "POST" or not form.is_valid():
        return render(request, "yardstick/form.html", {"form": form})
    url = _send(form.cleaned_data, draft, request.POST.get("token") or uuid.uuid4())
    del request.session["draft"]
    request.session["sent"] = url
    return redirect(url)


def _draft(request: HttpRequest) -> Draft | None:
    key = request.session.get("draft")
    return Draft.objects.filter(pk=key, plan=None).first() if key else None


@transaction.atomic
def _send(answers: dict, draft: Draft, token: uuid.UUID | str) -> str:
    sent, is_new = SentForm.objects.get_or_create(token=token)
    if not is_new:
        return sent.led_to
    now = timezone.now()
    answers = {name: value for name, value in answers.items() if name != "files"}
    made = Plan.objects.create(
        **answers, wijk=answers["buurt"].wijk, reference=_next_reference(now.year), status="received", sent_at=now
    )
    draft.plan, draft.answers = made, {}
    draft.save()
    Event.objects.create(plan=made, text="Verstuurd", occurred_at=now)
    letter = {"plan": made, "url": reverse("confirm", args=[signing.dumps({"plan": made.pk, "email": made.email})])}
    Outbox.objects.create(
        recipient=made.email,
        subject="Bevestig uw e-mailadres",
        text=render_to_string("yardstick/letter.txt", letter),
        html=render_to_string("yardstick/letter.html", letter),
        created_at=now,
    )
    sent.led_to = reverse("sent", args=[signing.dumps({"plan": made.pk})])
    sent.save()
    return sent.led_to


def _next_reference(year: int) -> str:
    counter, _is_new = ReferenceCounter.objects.select_for_update().get_or_create(year=year)
    counter.last += 1
    counter.save()
    return f"{year}-{counter.last:05d}"
