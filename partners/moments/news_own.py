"""What partners, residents and the municipality have to tell in the letter of a wijk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.enums import OPEN_TO_NEIGHBOURS, HelpKind, Status
from initiatives.models import Initiative
from initiatives.querysets import InitiativeQuerySet
from partners.enums.actions import ActionStatus
from partners.models import JointAction, Listing
from partners.moments.news import Section, Span
from partners.moments.participation import OCCASION_KEY, OCCASION_UID
from partners.moments.sources import gather
from partners.moments.words import in_short
from partners.rules.newsletter import NewsItem
from shared.wijken.models import Wijk

# What neighbours can help with; money and permits are between the initiator and the municipality.
FOR_NEIGHBOURS = (HelpKind.PLACE, HelpKind.MATERIALS, HelpKind.PEOPLE, HelpKind.ADVICE)


def new_plans(wijk: Wijk, span: Span) -> Iterator[NewsItem]:
    """Plans that were put on the website."""
    for plan in _plans(wijk).filter(published_at__gte=span.since, status__in=OPEN_TO_NEIGHBOURS):
        key = about_plan(plan)
        yield NewsItem(key, plan.public_title, plan.get_absolute_url(), in_short(plan.public_text), about=key)


def help_wanted(wijk: Wijk, span: Span) -> Iterator[NewsItem]:
    """Plans that neighbours can help with, and what partners ask in public."""
    kinds = [kind.value for kind in FOR_NEIGHBOURS]
    for plan in _plans(wijk).filter(status__in=OPEN_TO_NEIGHBOURS, help_wanted__overlap=kinds):
        wanted = ", ".join(str(HelpKind(kind).label) for kind in plan.help_wanted if kind in kinds)
        yield NewsItem(
            f"help:{plan.reference}",
            plan.public_title,
            plan.get_absolute_url(),
            _("gevraagd: %(what)s") % {"what": wanted},
            about=about_plan(plan),
        )
    # What partners and the municipality ask; a plan stands above already.
    needs = Listing.objects.public().needs().in_wijken([wijk]).filter(initiative=None)
    for need in needs.select_related("partner", "department").order_by("-published_at", "-pk"):
        asked = ", ".join(filter(None, [str(need.get_kind_display()).lower(), need.amount, need.owner_name]))
        address = f"{reverse('partners:public_listings')}?wijk={wijk.slug}"
        url = need.partner.get_absolute_url() if need.partner else address
        yield NewsItem(f"need:{need.pk}", need.title, url, _("gevraagd: %(what)s") % {"what": asked})


def coming(wijk: Wijk, span: Span) -> Iterator[NewsItem]:
    """What there is to do until the next letter, and a few days more."""
    for moment in gather(span.ahead, wijk=wijk.pk):
        if not moment.cancelled:
            unless = moment.uid.replace(OCCASION_UID, OCCASION_KEY) if moment.uid.startswith(OCCASION_UID) else ""
            again = _("ook %(day)s") % {"day": format_date(moment.day, "j F")}
            yield NewsItem(
                f"agenda:{moment.key}",
                moment.title,
                moment.path,
                moment.in_words,
                unless,
                about=f"agenda:{moment.uid}",
                more=again,
            )


def results(wijk: Wijk, span: Span) -> Iterator[NewsItem]:
    """What became of plans and of what partners did together."""
    for plan in _plans(wijk).filter(status=Status.DONE, closed_at__gte=span.since):
        yield NewsItem(f"result:{plan.reference}", plan.public_title, plan.get_absolute_url(), in_short(plan.result))
    done = JointAction.objects.filter(wijk=wijk, is_public=True, status=ActionStatus.DONE, closed_at__gte=span.since)
    for action in done.order_by("-closed_at", "pk"):
        yield NewsItem(f"action:{action.pk}", action.title, reverse("wijk", args=[wijk.slug]), in_short(action.result))


def about_plan(plan: Initiative) -> str:
    """What lines about the same plan have in common."""
    return f"plan:{plan.reference}"


OWN_SECTIONS = [
    Section(gettext_lazy("Nieuwe plannen van bewoners"), new_plans, 10),
    Section(gettext_lazy("Wie helpt mee?"), help_wanted, 40),
    Section(gettext_lazy("Agenda"), coming, 50),
    Section(gettext_lazy("Klaar"), results, 60),
]


def _plans(wijk: Wijk) -> InitiativeQuerySet:
    plans: InitiativeQuerySet = Initiative.objects.published().filter(wijk=wijk).order_by("-published_at", "-pk")
    return plans
