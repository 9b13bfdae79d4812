"""The agenda and the letters of the demonstration: put in, called off, read and sent through the real workflow."""

from datetime import datetime, timedelta
from typing import Any

from partners.enums.agenda import ItemKind, Repeats, Visibility
from partners.enums.newsletter import Rhythm
from partners.models import Partner, PartnerContact
from partners.workflow import agenda, newsletter
from shared.lifecycle import WorkflowError
from shared.terms.calendar import AMSTERDAM, today
from shared.themes.models import Theme
from shared.ui.notations import read_time
from shared.wijken.models import Wijk
from wbw_portal.demo import people
from wbw_portal.demo.clock import in_office_hours
from wbw_portal.demo.stage import Play

# The letter of this wijk went out in each of these weeks, counted back from now.
LETTER_OF, WEEKS_AGO = "WK053103", (2, 1)
INTRO = "Beste buren,\n\nHet is alweer bijna december. In deze brief leest u wat er speelt en wat er te doen is."
PUT_IN_DAYS_AGO = 20
SATURDAY, WEEK = 5, 7


def plays(now: datetime) -> list[Play]:
    """All of it."""
    data = people.read("agenda.toml")
    wijken = {wijk.code: wijk for wijk in Wijk.objects.current()}
    items = [_item(item, now, wijken) for item in data["item"]]
    readers = [_readers(group, now, wijken[group["wijk"]]) for group in data["readers"]]
    return [*items, *readers, _letters(now, wijken[LETTER_OF]), _concepts(now)]


def _item(data: dict[str, Any], now: datetime, wijken: dict[str, Wijk]) -> Play:
    yield in_office_hours(now - timedelta(days=PUT_IN_DAYS_AGO))
    where = tuple(wijken[code] for code in data["wijken"])
    partner = Partner.objects.get(name=data["partner"]) if "partner" in data else None
    by = people.coordinator_of(where[0]) if len(where) == 1 else people.manager()
    if partner:
        by = PartnerContact.objects.speaking().filter(partner=partner).order_by("pk")[0].user
    item = agenda.add_item(_answers(data, now, where, partner), by=by)
    if reason := data.get("cancelled"):
        yield in_office_hours(now - timedelta(days=1))
        agenda.cancel_item(item, reason=reason, by=by)


def _answers(
    data: dict[str, Any], now: datetime, where: tuple[Wijk, ...], partner: Partner | None
) -> agenda.AgendaAnswers:
    day = now.astimezone(AMSTERDAM).date() + timedelta(days=data["in_days"])
    if data.get("kind") == ItemKind.MEETING or data.get("on_weekdays"):
        # Offices and schools are closed in the weekend: then it is on Monday.
        day += timedelta(days=WEEK - day.weekday() if day.weekday() >= SATURDAY else 0)
    repeats = data.get("repeats", Repeats.ONCE)

    return agenda.AgendaAnswers(
        kind=data.get("kind", ItemKind.ACTIVITY),
        title=data["title"],
        text=data["text"],
        place=data["place"],
        theme=Theme.objects.filter(slug=data.get("theme", "")).first(),
        starts_at=datetime.combine(day, read_time(data["start"]), AMSTERDAM),
        ends_at=datetime.combine(day, read_time(data["end"]), AMSTERDAM),
        repeats=repeats,
        repeats_until=day + timedelta(days=data["for_days"]) if repeats != Repeats.ONCE else None,
        visibility=data.get("visibility", Visibility.PUBLIC),
        partner=partner,
        department=None,
        wijken=where,
    )


def _readers(data: dict[str, Any], now: datetime, wijk: Wijk) -> Play:
    moment = now - timedelta(days=data["days_ago"])
    for name in data["names"]:
        yield moment
        newsletter.ask_subscription(wijk, email=people.address(name), rhythm=data["rhythm"], language="nl")
        moment += timedelta(minutes=9)
        yield moment
        newsletter.confirm_subscription(wijk, email=people.address(name), rhythm=data["rhythm"])
        moment += timedelta(hours=5)


def _letters(now: datetime, wijk: Wijk) -> Play:
    for weeks in WEEKS_AGO:
        yield in_office_hours(now - timedelta(weeks=weeks))
        letter = newsletter.open_letter(wijk, Rhythm.WEEKLY)
        by = people.coordinator_of(wijk)
        letter = newsletter.change_letter(letter, intro=INTRO, left_out=[], by=by, version=letter.version)
        try:
            newsletter.hand_over(newsletter.send_letter(letter, by=by))
        except WorkflowError:
            # A quiet week: nothing to tell, so nothing goes out.
            return


def _concepts(now: datetime) -> Play:
    """This morning the letters of this week were laid ready."""
    yield now - timedelta(minutes=30)
    newsletter.make_concepts(today())
