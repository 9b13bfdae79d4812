"""All that happens in one wijk, gathered from every programme in few questions; the same for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from initiatives.cards import Card, cards
from initiatives.enums import Status
from initiatives.models import Initiative
from initiatives.nearby import Nearby, municipality_near
from partners.cards.agenda import Names, Part, parts
from partners.models import JointAction, Listing, Newsletter, Partner, WijkAgenda
from partners.moments.audience import EVERYBODY, Audience
from partners.moments.sources import gather
from partners.rules.agenda import Window
from shared.accounts.models import User
from shared.terms.calendar import today
from shared.wijken.models import Buurt, Wijk

PLANS, LISTINGS, MOMENTS, PARTNERS = 6, 6, 6, 8
# On the home page.
FIRST = 4
# So far ahead the agenda of a wijk looks.
AHEAD = timedelta(days=42)
RUNNING = (Status.ACCEPTED, Status.IN_PROGRESS)


@dataclass(frozen=True)
class WijkPage:
    """What stands on the page of a wijk."""

    wijk: Wijk
    coordinators: list[User]
    plans: list[Card]
    projects: list[Nearby]
    agenda: list[Part]
    listings: list[Listing]

    @property
    def totals(self) -> dict[str, int]:
        """How many plans there are, run and are done."""
        counted = vars(self.wijk)
        return {name: counted[name] or 0 for name in ("total", "running", "done")}

    @property
    def all_partners(self) -> list[dict[str, str]]:
        """Every organisation that works here, by name."""
        found: list[dict[str, str]] = vars(self.wijk)["partner_list"]
        return found

    @property
    def partners(self) -> list[dict[str, str]]:
        """All when they are few; else the first of each kind, since the directory has the others."""
        if len(self.all_partners) <= PARTNERS:
            return self.all_partners
        of_kind: dict[str, dict[str, str]] = {}
        for partner in self.all_partners:
            of_kind.setdefault(partner["kind"], partner)
        return list(of_kind.values())[:PARTNERS]


def wijken_for_page() -> QuerySet[Wijk]:
    """Wijken with all that is small: names of buurten, partners and public actions, and how many plans there are."""
    here = OuterRef("pk")
    buurten = Buurt.objects.current().filter(wijk=here).order_by("code").values("name")
    partners = Partner.objects.active().filter(wijken=here).order_by("name")
    year = today().year
    agenda = WijkAgenda.objects.filter(wijk=OuterRef("wijk"), year=year, published_at__isnull=False)
    published = WijkAgenda.objects.filter(wijk=here, year__lte=year, published_at__isnull=False).order_by("-year")
    actions = JointAction.objects.public().filter(Exists(agenda), wijk=here, year=year).order_by("pk")
    letters = Newsletter.objects.sent().filter(wijk=here).values("pk")[:1]
    return (
        Wijk.objects.current()
        .without_geometry()
        .annotate(
            buurt_names=ArraySubquery(buurten),
            partner_list=ArraySubquery(partners.values(row=JSONObject(name="name", slug="slug", kind="kind"))),
            action_list=ArraySubquery(actions.values(row=JSONObject(title="title", status="status"))),
            agenda_year=Subquery(published.values("year")[:1]),
            last_letter=Subquery(letters),
            total=_count(Q()),
            running=_count(Q(status__in=RUNNING)),
            done=_count(Q(status=Status.DONE)),
        )
    )


def gather_wijk(wijk: Wijk, audience: Audience = EVERYBODY) -> WijkPage:
    """Everything of this wijk, as one of `wijken_for_page`."""
    plans = Initiative.objects.published().filter(wijk=wijk).order_by("-published_at", "-pk")
    now = today()
    moments = gather(Window(now, now + AHEAD), audience, wijk=wijk.pk)
    listings = Listing.objects.public().in_wijken([wijk]).select_related("partner", "initiative", "department")
    return WijkPage(
        wijk=wijk,
        coordinators=list(User.objects.coordinators_of(wijk)),
        plans=cards(plans[:PLANS]),
        projects=municipality_near(wijk),
        agenda=parts(moments[:MOMENTS], Names({wijk.pk: wijk.short_name}), now),
        listings=list(listings.order_by("-published_at", "-pk")[:LISTINGS]),
    )


def next_moments(wijken: Iterable[Wijk]) -> list[Part]:
    """The first few moments in the whole municipality that go on."""
    now = today()
    going_on = (moment for moment in gather(Window(now, now + AHEAD)) if not moment.cancelled)
    return parts(list(going_on)[:FIRST], Names({wijk.pk: wijk.short_name for wijk in wijken}), now)


def _count(which: Q) -> Coalesce:
    plans = Initiative.objects.published().filter(which, wijk=OuterRef("pk")).order_by()
    number = plans.values("wijk").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), Value(0))
