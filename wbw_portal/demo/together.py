"""What partners do together in the demonstration: each signal, action, walk and message as a play of its own."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from partners.enums.signals import SignalSource
from partners.models import ActionStep, ChecklistItem, Finding, JointAction, Partner, PartnerContact, Signal, Walk
from partners.paper import walk_report
from partners.policies.organisations import organisations_of
from partners.workflow import action_steps, actions, findings, noticeboard, signals, walks, wijkagenda
from partners.workflow.actions import ActionPlan
from partners.workflow.walks import WalkPlan
from shared.accounts.enums import Role
from shared.accounts.models import Department, User
from shared.accounts.policies import has_role
from shared.documents import intake
from shared.themes.models import Theme
from shared.wijken.models import Wijk
from shared.wijken.pointing import PointMap
from wbw_portal.demo import people, pictures
from wbw_portal.demo.clock import in_office_hours
from wbw_portal.demo.stage import Play

Row = dict[str, Any]


def plays(now: datetime) -> Iterator[Play]:
    """Everything in samen.toml; without organisations and their people nobody works together."""
    if not PartnerContact.objects.exists():
        return
    call_command("load_checklist", stdout=_Quiet())
    data = people.read("samen.toml")
    kinds: dict[str, Callable[[Row], Iterator[timedelta]]] = {
        "signal": _signal,
        "action": _action,
        "agenda": _agenda,
        "walk": _walk,
        "notice": _notice,
    }
    for kind, tell in kinds.items():
        for number, row in enumerate(data[kind]):
            yield _play(tell(row), now - timedelta(days=row["days_ago"]), number)


class _Quiet:
    """Nobody reads what the command says."""

    def write(self, words: str) -> None:
        """Say nothing."""


def _play(story: Iterator[timedelta], first: datetime, number: int) -> Play:
    """Each step of a story at its own moment, when somebody is at work."""
    moment = in_office_hours(first) + timedelta(minutes=11 * number)
    yield moment
    for wait in story:
        moment = in_office_hours(moment + wait) + timedelta(minutes=1)
        yield moment


def _signal(row: Row) -> Iterator[timedelta]:
    by = _user(row["by"])
    partner = organisations_of(by).first()
    office = SignalSource.AMBASSADOR if has_role(by, Role.AMBASSADOR) else SignalSource.COORDINATOR
    made = signals.note(
        title=row["title"],
        text=row.get("text", ""),
        place=row.get("place", ""),
        theme=_theme(row),
        wijk=_wijk(row),
        partner=partner,
        source=SignalSource.PARTNER if partner else office,
        by=by,
    )
    coordinator = people.coordinator_of(made.wijk)
    for step in row["steps"]:
        yield timedelta(days=step["after"])
        match step["do"]:
            case "see":
                signals.see(made, by=coordinator)
            case "handle":
                signals.handle(made, outcome=step["text"], by=coordinator)
            case "lapse":
                signals.lapse(made, outcome=step["text"], by=coordinator)
            case "publish":
                signals.publish(made, public_text=step["text"], by=coordinator)


def _action(row: Row) -> Iterator[timedelta]:
    owner, today = _user(row["owner"]), timezone.localdate()
    plan = ActionPlan(
        title=row["title"],
        goal=row["goal"],
        theme=_theme(row),
        owner=owner,
        year=today.year,
        partners=tuple(Partner.objects.filter(name__in=row["partners"])),
        due_on=today + timedelta(days=row["due_in"]),
    )
    signal = Signal.objects.filter(title=row.get("signal", "")).first()
    made = actions.propose(plan, wijk=_wijk(row), by=_user(row["by"]), signal=signal)
    for step in row["steps"]:
        yield timedelta(days=step["after"])
        _act(made, step, owner)


def _act(action: JointAction, step: Row, owner: User) -> None:
    coordinator = people.coordinator_of(action.wijk)
    match step["do"]:
        case "add":
            who = _user(step["who"]) if "who" in step else None
            due_on = timezone.localdate() + timedelta(days=step["in"])
            action_steps.add(action, what=step["what"], responsible=who, due_on=due_on, by=owner)
        case "agree":
            actions.agree(action, by=coordinator)
        case "start":
            actions.start(action, by=owner)
        case "done":
            found = ActionStep.objects.get(action=action, what=step["what"])
            action_steps.do(found, by=_user(step["by"]))
        case "finish":
            actions.finish(action, result=step["text"], by=owner)
        case "stop":
            actions.stop(action, reason=step["text"], by=owner)


def _agenda(row: Row) -> Iterator[timedelta]:
    wijk = _wijk(row)
    chosen = list(JointAction.objects.filter(wijk=wijk, title__in=row["actions"]))
    for year in sorted({action.year for action in chosen}):
        own = [action for action in chosen if action.year == year]
        wijkagenda.publish(wijk, year, intro=row["intro"], actions=own, by=_user(row["by"]))
    yield from ()


def _walk(row: Row) -> Iterator[timedelta]:
    by = _user(row["by"])
    starts = timezone.localtime(timezone.now() + timedelta(days=row["starts_in"]))
    details = WalkPlan(
        title=row["title"],
        starts_at=starts.replace(hour=10, minute=0, second=0, microsecond=0),
        gather_at=row["gather_at"],
        route=row.get("route", ""),
        participants=tuple(_user(name) for name in row["participants"]),
    )
    made = walks.plan(details, wijk=_wijk(row), by=by)
    for step in row["steps"]:
        yield timedelta(days=step["after"])
        made.refresh_from_db()
        WALK_STEPS[step["do"]](made, step, by)


def _fine(walk: Walk, step: Row, by: User) -> None:
    for item in ChecklistItem.objects.filter(name__in=step["items"]):
        walks.mark_in_order(walk, item, by=by)


def _finding(walk: Walk, step: Row, by: User) -> None:
    author = _user(step["by"])
    photo = intake.store(pictures.draw(step["photo"])) if "photo" in step else None
    item = ChecklistItem.objects.get(name=step["item"])
    made = findings.note(walk, text=step["text"], item=item, place=step["place"], photo=photo, by=author)
    drawing = PointMap.of(walk.wijk, width=600)
    across, down = step.get("at", (0, 0))
    spot = drawing.place(across * drawing.projection.width, down * drawing.projection.height)
    if spot is not None:
        findings.put_on_map(made, point=spot[0], buurt=spot[1], by=author)


def _assign(walk: Walk, step: Row, by: User) -> None:
    partner = Partner.objects.filter(name=step.get("partner", "")).first()
    department = Department.objects.filter(name=step.get("department", "")).first()
    due_on = timezone.localdate() + timedelta(days=step["in"])
    findings.assign(_found(walk, step), partner=partner, department=department, due_on=due_on, by=by)


def _found(walk: Walk, step: Row) -> Finding:
    return walk.findings.get(text__startswith=step["text"])


WALK_STEPS: dict[str, Callable[[Walk, Row, User], object]] = {
    "start": lambda walk, step, by: walks.start(walk, by=by),
    "fine": _fine,
    "finding": _finding,
    "finish": lambda walk, step, by: walks.finish(walk, summary=step["text"], residents=step["residents"], by=by),
    "assign": _assign,
    "report": lambda walk, step, by: walks.report(walk, pdf=walk_report.pdf(walk), by=by),
    "solve": lambda walk, step, by: findings.solve(_found(walk, step), result=step["result"], by=_user(step["by"])),
    "give_up": lambda walk, step, by: findings.give_up(_found(walk, step), result=step["result"], by=_user(step["by"])),
}


def _notice(row: Row) -> Iterator[timedelta]:
    wijk = _wijk(row)
    until_on = timezone.localdate() + timedelta(days=row["until_in"]) if "until_in" in row else None
    mentioned = [_user(name) for name in row.get("mention", ())]
    made = noticeboard.post(wijk, text=row["text"], until_on=until_on, mentioned=mentioned, by=_user(row["by"]))
    for reply in row["replies"]:
        yield timedelta(hours=reply["after_hours"])
        noticeboard.post(wijk, text=reply["text"], parent=made, mentioned=[made.author], by=_user(reply["by"]))
    if removal := row.get("take_down"):
        yield timedelta(hours=removal["after_hours"])
        noticeboard.take_down(made, reason=removal["reason"], by=_user(removal["by"]))


def _user(name: str) -> User:
    return User.objects.get(email=people.address(name))


def _wijk(row: Row) -> Wijk:
    return Wijk.objects.current().get(code=row["wijk"])


def _theme(row: Row) -> Theme:
    return Theme.objects.get(slug=row["theme"])
