"""Fill an empty portal with the demonstration: areas, people, texts, and plans in every state."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from initiatives.models import Initiative, StandardText
from shared.notifications.enums import Channel, MessageStatus
from shared.notifications.models import DigestItem, OutboxMessage
from shared.retention import workflow as retention
from shared.terms import legal_days
from shared.terms.calendar import AMSTERDAM, today
from shared.themes.models import Theme
from shared.ui import page_cache
from shared.wijken.models import Buurt, Wijk
from subsidies.management import presets
from subsidies.models import Ceiling, InterestRate, MunicipalBudget, Scheme
from subsidies.workflow import scheme as workflow
from wbw_portal.demo import agenda_stories, departments, partners, people, routine, together
from wbw_portal.demo.clock import clock_at, in_office_hours
from wbw_portal.demo.grant_stories import GrantStory
from wbw_portal.demo.moment_stories import ChallengeStory, MomentStory
from wbw_portal.demo.project_stories import ProjectStory, load_aldermen
from wbw_portal.demo.stage import perform
from wbw_portal.demo.stories import Story

YEAR_OF_STORIES = 355
# So many days ago.
COUNCIL_DECIDED = 8
# The scheme in which the neighbourhood votes.
VOTED = "buurt-kiest"
AREAS = [people.DATA / "wijken_gm0531.geojson", people.DATA / "buurten_gm0531.geojson"]


def is_empty() -> bool:
    """Nobody has brought a plan yet."""
    return not Initiative.objects.exists()


@transaction.atomic
def load(tell: Callable[[str], object] = lambda words: None) -> None:
    """Load everything, or nothing."""
    before = set(OutboxMessage.objects.values_list("pk", flat=True))
    tell("areas and postcodes")
    load_areas()
    tell("colleagues and roles")
    call_command("sync_roles", stdout=StringIO())
    people.load_colleagues()
    tell("themes and standard texts")
    load_texts()
    departments.load()
    tell("schemes and budgets")
    load_schemes()
    tell("partners")
    partners.load_partners(timezone.now())
    tell("initiatives and applications")
    load_stories()
    _hold_mail(before)
    transaction.on_commit(page_cache.touch)


def load_areas() -> None:
    """The real wijken, buurten, postcodes and numbers of inhabitants."""
    quiet = StringIO()
    # They were there before the first story begins.
    with clock_at(timezone.now() - timedelta(days=3 * 365)):
        call_command("import_wijken", *map(str, AREAS), stdout=quiet)
    call_command("import_postcodes", str(people.DATA / "postcodes_gm0531.csv"), stdout=quiet)
    call_command("import_figures", str(people.DATA / "kerncijfers_gm0531.csv"), stdout=quiet)


def load_texts() -> None:
    """Themes and standard texts; what was changed since stays changed."""
    data = people.read("teksten.toml")
    for position, theme in enumerate(data["theme"]):
        Theme.objects.get_or_create(slug=theme["slug"], defaults=theme | {"position": position})
    for text in data["text"]:
        text["text"] = text["text"].strip()
        StandardText.objects.get_or_create(kind=text["kind"], name=text["name"], defaults={"text": text["text"]})


def load_schemes() -> None:
    """The regulations side by side, with the money of last year and of this one."""
    year = timezone.localdate().year
    for name, folder in [*((name, presets.FOLDER) for name in presets.NAMES), (VOTED, people.DATA)]:
        with clock_at(_december(year - 2)):
            presets.load(name, year=year - 1, folder=folder)
        with clock_at(_december(year - 1)):
            presets.load(name, year=year, folder=folder)
    load_next_year(year + 1)


def load_next_year(year: int) -> None:
    """The council decided on the next budget some days ago; before that, grants for it were made under a proviso."""
    expected_on = legal_days.calendar().working_day_from(timezone.localdate() - timedelta(days=COUNCIL_DECIDED))
    MunicipalBudget.objects.get_or_create(year=year, defaults={"expected_on": expected_on})
    scheme = Scheme.objects.get(code="buurtbon")
    if not scheme.ceilings.filter(period_from__year=year).exists():
        ceiling = Ceiling(
            scheme=scheme,
            period_from=date(year, 1, 1),
            period_to=date(year, 12, 31),
            published_on=expected_on - timedelta(days=40),
            published_where=presets.PUBLISHED_IN,
        )
        workflow.set_ceiling(ceiling, Decimal(40_000), by=None)
    # An invented rate: each municipality enters those of the Staatsblad.
    InterestRate.objects.get_or_create(
        valid_from=date(year - 4, 1, 1), defaults={"percent": 6, "source": "Voorbeeld: kijk na in het Staatsblad"}
    )


def _december(year: int) -> datetime:
    return datetime(year, 12, 10, 9, tzinfo=AMSTERDAM)


def load_stories() -> None:
    """The invented plans and applications, step by step in the order of their days."""
    now = timezone.now()
    wijken = {wijk.code: wijk for wijk in Wijk.objects.current()}
    plans = [
        Story(data, now, people.coordinator_of(wijken[data["wijk"]]))
        for data in people.read("initiatieven.toml")["initiative"]
    ]
    buurten = {buurt.code: buurt for buurt in Buurt.objects.current().select_related("wijk")}
    grants = [
        GrantStory(data, now, buurten[data["buurt"]], people.coordinator_of(buurten[data["buurt"]].wijk), number)
        for number, data in enumerate(people.read("aanvragen.toml")["application"], start=1)
    ]
    taking_part = [
        *(MomentStory(data, now, number) for number, data in enumerate(people.read("momenten.toml")["moment"])),
        *(ChallengeStory(data, now) for data in people.read("uitdagingen.toml")["challenge"]),
    ]
    projects = people.read("projecten.toml")
    load_aldermen(projects)
    plays = [ProjectStory(data, projects["base"], now) for data in projects["project"]]
    first = in_office_hours(now - timedelta(days=YEAR_OF_STORIES))
    routine_plays = [routine.clock(first, now), routine.finance(first, now)]
    stories = [*plans, *grants, *plays, *taking_part]
    ours = [*partners.plays(now), *agenda_stories.plays(now), *together.plays(now), *departments.advice_plays(now)]
    perform([*(story.play() for story in stories), *ours, *routine_plays], now)
    for plan in plans:
        plan.gather_crowd()
    retention.propose(today())


def _hold_mail(before: set[int]) -> None:
    """What was mailed to invented people left on the day it was written; letters on paper wait for the printer."""
    written = OutboxMessage.objects.exclude(pk__in=before).exclude(channel=Channel.PRINT)
    written.update(status=MessageStatus.SENT, sent_at=F("created_at"), attempts=1)
    DigestItem.objects.all().delete()
    # The workers were to be asked for each of them after this transaction.
    connection.run_on_commit.clear()
