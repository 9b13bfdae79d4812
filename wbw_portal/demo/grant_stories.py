"""Play the invented applications for money through the real workflow, each step at its own moment in the past."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from initiatives.models import Initiative
from shared.accounts.models import User
from shared.documents import intake
from shared.documents.models import StoredFile
from shared.terms.calendar import today
from shared.themes.models import Theme
from shared.wijken.models import Buurt
from subsidies.completeness import asks_list, asks_proof
from subsidies.enums import Channel, FilePurpose, RetentionClass, Status
from subsidies.models import Application, Round, SchemeVersion
from subsidies.workflow import apply
from wbw_portal.demo import people, pictures
from wbw_portal.demo.clock import in_office_hours
from wbw_portal.demo.grant_steps import BY_APPLICANTS, STEPS
from wbw_portal.demo.stage import Play

TOWN = "Hendrik-Ido-Ambacht"
# From applying to the activity, when a story does not say.
STARTS_IN = 40
# In the order of a story's `list`.
SUPPORT = ("supporters_pro", "supporters_con", "supporters_neutral")


@dataclass
class GrantStory:
    """One application while it is played."""

    data: dict[str, Any]
    now: datetime
    buurt: Buurt
    by: User
    number: int
    application: Application = field(init=False)

    def play(self) -> Play:
        """Bring the application in, and take every step; gives the moment of each before it is taken."""
        moment = self.first_moment()
        online = self.data.get("channel", "web") == "web"
        moment = moment if online else in_office_hours(moment)
        yield moment
        self.bring_in(online=online)
        self.carry_over(self.data.get("years_before", 0))
        if online and self.data.get("confirmed", True):
            moment += timedelta(minutes=9)
            yield moment
            self.application = apply.confirm_address(self.application, email=self.application.email)
        for number, step in enumerate(self.data["steps"]):
            moment += timedelta(days=step.get("after", 0), minutes=23 + number)
            moment = max(moment, self.after_close(step) or moment)
            moment = moment if step["do"] in BY_APPLICANTS else in_office_hours(moment)
            yield moment
            self.application.refresh_from_db()
            STEPS[step["do"]](self, step)

    def first_moment(self) -> datetime:
        """So many days ago; in a scheme with rounds a day in one of them, and never in the future."""
        if "round" not in self.data:
            return self.now - timedelta(days=self.data["days_ago"], hours=len(self.data["title"]) % 9, minutes=31)
        day = self.round().opens_on + timedelta(days=self.data["day"])
        return min(timezone.make_aware(datetime.combine(day, time(20, 10))), self.now - timedelta(hours=20))

    def after_close(self, step: dict[str, Any]) -> datetime | None:
        """A ranking waits for the end of the round."""
        if "after_close" not in step:
            return None
        day = self.round().closes_on + timedelta(days=step["after_close"])
        return timezone.make_aware(datetime.combine(day, time(10, 5)))

    def round(self) -> Round:
        """The round that was open so many rounds before the one that is open now."""
        rounds = Round.objects.filter(scheme__code=self.data["scheme"], opens_on__lte=timezone.localdate(self.now))
        found: Round = rounds.order_by("-opens_on")[self.data["round"]]
        return found

    def bring_in(self, *, online: bool) -> None:
        """The applicant sends the form, or a colleague writes it down."""
        data = self.data
        version = SchemeVersion.objects.in_force(today()).get(scheme__code=data.get("scheme", "buurtbon"))
        initiative = Initiative.objects.filter(title=data["initiative"]).first() if "initiative" in data else None
        known = {"version": version, "initiative": initiative}
        known["files"] = self.files(version)
        if online:
            self.application = apply.submit(self.answers(), language=data.get("language", "nl"), **known)
        else:
            self.application = apply.enter(
                self.answers(), channel=Channel(data["channel"]), received_on=today(), by=self.by, **known
            )

    def carry_over(self, years: int) -> None:
        """The same grant in the years right before, as it came along from the system before this one."""
        for back in range(1, years + 1):
            old = Application.objects.get(pk=self.application.pk)
            starts_on, received_on = _years_before(old.starts_on, back), _years_before(old.received_on, back)
            old.pk, old.initiative, old.owner = None, None, self.by
            old.reference = apply.next_reference(received_on.year)
            old.received_on = old.complete_on = received_on
            old.submitted_at = timezone.make_aware(datetime.combine(received_on, time(20, 10)))
            old.decided_at = old.submitted_at + timedelta(days=9)
            old.starts_on = old.ends_on = starts_on
            old.granted_amount = old.settled_amount = old.asked_amount
            old.due_legal = old.due_safe = old.promised_on = None
            old.status, old.closed_on = Status.CLOSED, starts_on + timedelta(weeks=12)
            old.retention_class = RetentionClass.GRANTED
            old.save(force_insert=True)

    def files(self, version: SchemeVersion) -> dict[str, list[StoredFile]]:
        """What the scheme wants to see."""
        data = self.data
        asked = self.answers().asked_amount
        wanted = {
            FilePurpose.OTHER: ("bomen", bool(data.get("quote"))),
            FilePurpose.SUPPORT_LIST: ("lijst", asks_list(version)),
            FilePurpose.PROOF: ("handtekeningen", asks_proof(asked, version)),
        }
        return {
            purpose: [intake.store(pictures.draw(name))] for purpose, (name, is_asked) in wanted.items() if is_asked
        }

    def answers(self) -> apply.Answers:
        """What the applicant filled in."""
        data = self.data
        costs = tuple((what, Decimal(amount)) for what, amount in data.get("costs", []))
        street, house_number, postcode = data["address"]
        starts_on = today() + timedelta(days=data.get("starts_in", STARTS_IN)) if costs else None
        return apply.Answers(
            name=data["by"],
            what=data["what"],
            title=data["title"],
            benefit=data.get("benefit", ""),
            theme=Theme.objects.get(slug=data["theme"]),
            category=data.get("category", ""),
            everybody_welcome=True,
            buurt=self.buurt,
            place=data["place"],
            starts_on=starts_on,
            supporters_count=data.get("neighbours"),
            **dict(zip(SUPPORT, data.get("list", ()), strict=False)),
            support=data.get("support", ""),
            upkeep=data.get("upkeep", ""),
            costs=costs,
            asked_amount=Decimal(data["asked"]) if "asked" in data else _total(costs),
            own_money=Decimal(data.get("own_money", 0)),
            own_hours=data.get("own_hours", 0),
            own_goods=data.get("own_goods", ""),
            applicant_kind=data.get("kind", "resident"),
            organisation=data.get("organisation", ""),
            email="" if data.get("channel", "web") != "web" else people.address(data["by"]),
            phone=data.get("phone", ""),
            street=street,
            house_number=house_number,
            postcode=postcode,
            town=TOWN,
            shows_result=True,
        )


def _years_before(day: date, back: int) -> date:
    """The same day of an earlier year; the end of February moves one day."""
    return day.replace(year=day.year - back, day=min(day.day, 28) if day.month == 2 else day.day)


def _total(costs: tuple[tuple[str, Decimal], ...]) -> Decimal | None:
    return sum((amount for _what, amount in costs), Decimal(0)) or None
