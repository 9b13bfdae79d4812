"""Play the invented plans through the real workflow, each step at its own moment in the past."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from initiatives import workflow
from initiatives.enums import Channel
from initiatives.models import Initiative, Involvement
from initiatives.workflow import Initiator, Plan
from initiatives.workflow.involve import recount
from shared.accounts.models import User
from shared.documents import intake
from shared.themes.models import Theme
from shared.wijken.models import Buurt, Wijk
from wbw_portal.demo import people, pictures
from wbw_portal.demo.clock import in_office_hours
from wbw_portal.demo.stage import Play
from wbw_portal.demo.steps import STEPS

# Steps that residents take, at any hour; the others are taken at work.
BY_RESIDENTS = {"answer", "write", "update", "neighbours", "withdraw"}


@dataclass
class Story:
    """One plan while it is played."""

    data: dict[str, Any]
    now: datetime
    by: User
    initiative: Initiative = field(init=False)
    crowd: list[Involvement] = field(default_factory=list)

    def play(self) -> Play:
        """Bring the plan in, and take every step; gives the moment of each before it is taken."""
        moment = self.now - timedelta(days=self.data["days_ago"], hours=len(self.data["title"]) % 9, minutes=17)
        online = self.data.get("channel", "web") == "web"
        moment = moment if online else in_office_hours(moment)
        yield moment
        self.bring_in(online=online)
        if online and self.data.get("confirmed", True):
            moment += timedelta(minutes=12)
            yield moment
            self.initiative = workflow.confirm_address(self.initiative, email=self.initiative.email)
        for number, step in enumerate(self.data["steps"]):
            moment += timedelta(days=step["after"], minutes=41 + number)
            moment = moment if step["do"] in BY_RESIDENTS else in_office_hours(moment)
            yield moment
            self.initiative.refresh_from_db()
            STEPS[step["do"]](self, step)

    def gather_crowd(self) -> None:
        """Hundreds of neighbours at once; one who came twice came once."""
        for involvement in self.crowd:
            involvement.initiative = self.initiative
        Involvement.objects.bulk_create(self.crowd, ignore_conflicts=True)
        recount(self.initiative)

    def bring_in(self, *, online: bool) -> None:
        """The resident sends the form, or a colleague writes it down."""
        data = self.data
        plan = Plan(
            title=data["title"],
            what=data["what"],
            benefit=data["benefit"],
            who_joins=data["who_joins"],
            theme=Theme.objects.get(slug=data["theme"]),
            wijk=Wijk.objects.current().get(code=data["wijk"]),
            buurt=Buurt.objects.current().filter(code=data.get("buurt", "")).first(),
            place=data["place"],
            help_wanted=data["help"],
            amount=Decimal(data["amount"]) if "amount" in data else None,
        )
        initiator = Initiator(
            name=data["by"],
            email="" if "postal_address" in data else people.address(data["by"]),
            phone=data.get("phone", ""),
            postal_address=data.get("postal_address", ""),
            shows_first_name=True,
        )
        files = [intake.store(pictures.draw(data["photo"]))] if "photo" in data else []
        if online:
            language = data.get("language", "nl")
            self.initiative = workflow.submit(plan, initiator, files=files, language=language)
        else:
            channel = Channel(data["channel"])
            self.initiative = workflow.enter_for_resident(plan, initiator, channel=channel, by=self.by, files=files)
