"""Organisations of the demonstration, marked as examples, and how their offers and needs go."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from initiatives.models import Initiative
from partners.enums.offers import Answer, Direction, Side
from partners.enums.organisations import PartnerKind
from partners.models import Listing, Match, Partner, PartnerContact
from partners.workflow import contacts, listings, matching, needs, plans, results
from shared.accounts.models import Department
from shared.themes.models import Theme
from shared.wijken.models import Wijk
from wbw_portal.demo import people
from wbw_portal.demo.clock import clock_at, in_office_hours
from wbw_portal.demo.stage import Play

SINCE = timedelta(days=400)
# The words of the source, and the kinds of the directory; what is not here is “other”.
KINDS = {
    "gemeente": PartnerKind.MUNICIPALITY,
    "woningcorporatie": PartnerKind.HOUSING,
    "politie": PartnerKind.POLICE,
    "welzijn": PartnerKind.WELFARE,
    "bewonersplatform": PartnerKind.RESIDENTS,
    "jeugdhulp": PartnerKind.YOUTH,
    "afval en energie": PartnerKind.ENVIRONMENT,
    "ouderenzorg": PartnerKind.CARE,
    "bibliotheek": PartnerKind.LIBRARY,
    "cultuur en erfgoed": PartnerKind.CULTURE,
}
COLUMNS = ("kind", "title", "what", "amount", "place", "conditions", "weekdays", "parts", "repeats")
UNCERTAIN = {"middel": "Nog niet bevestigd.", "laag": "Niet bevestigd."}


def load_partners(now: datetime) -> None:
    """The organisations with their work area, and the invented people who speak for them."""
    with clock_at(in_office_hours(now - SINCE)):
        wijken = {wijk.code: wijk for wijk in Wijk.objects.current()}
        with (people.DATA / "partners_gm0531.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                _load(row, wijken)
        for contact in data()["contact"]:
            if "invited_days_ago" not in contact:
                contacts.accept(_invite(contact))


@cache
def data() -> dict[str, Any]:
    """The invented part."""
    return people.read("samenwerken.toml")


def plays(now: datetime) -> Iterator[Play]:
    """Each offer, answer and change of people as a play of its own."""
    steps = {"listing": _put_on_list, "consent": _answer_help, "answer": _answer}
    for name, act in steps.items():
        for number, row in enumerate(data()[name]):
            yield _play(act(row, now), row["days_ago"], now, number, at_work=name != "consent")
    for row in data()["contact"]:
        if "invited_days_ago" in row:
            yield _play(_later_invitation(row), row["invited_days_ago"], now, 0)
        if "left_days_ago" in row:
            yield _play(_leave(row), row["left_days_ago"], now, 0)


def _play(acts: Iterator[int | None], days_ago: int, now: datetime, number: int, *, at_work: bool = True) -> Play:
    """Take the first step on its day, and each next one on the day that the step before names."""
    days: int | None = days_ago
    while days is not None:
        moment = now - timedelta(days=days)
        yield (in_office_hours(moment) if at_work else moment) + timedelta(minutes=7 * number)
        days = next(acts, None)


def _load(row: dict[str, str], wijken: dict[str, Wijk]) -> None:
    kind, website = row["soort"], row["website"]
    is_sport, is_school = kind.startswith("sport"), kind.startswith("school")
    known = PartnerKind.SPORTS if is_sport else PartnerKind.SCHOOL if is_school else KINDS.get(kind, PartnerKind.OTHER)
    remark = " ".join(filter(None, [UNCERTAIN.get(row["zekerheid"], ""), _sentence(row["opmerking"])]))
    partner, _made = Partner.objects.get_or_create(
        slug=slugify(row["naam"]),
        defaults={
            "name": row["naam"],
            "kind": known,
            "website": f"https://{website}/" if website else "",
            "is_demo": True,
            "remark": remark[:200],
        },
    )
    area = row["werkgebied"]
    partner.wijken.set([wijken[area]] if area in wijken else wijken.values())


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _invite(row: dict[str, Any]) -> PartnerContact:
    partner = Partner.objects.get(name=row["partner"])
    by = people.coordinator_of(partner.wijken.order_by("code").first() or Wijk.objects.current()[0])
    return contacts.invite(
        partner, email=people.address(row["name"]), name=row["name"], function=row["function"], by=by
    )


def _later_invitation(row: dict[str, Any]) -> Iterator[int | None]:
    _invite(row)
    yield None


def _contact(name: str) -> PartnerContact:
    return PartnerContact.objects.select_related("user", "partner").get(user__email=people.address(name))


def _leave(row: dict[str, Any]) -> Iterator[int | None]:
    contact = _contact(row["name"])
    contacts.leave(contact, successor=_contact(row["successor"]), by=contact.user)
    yield None


def _put_on_list(row: dict[str, Any], now: datetime) -> Iterator[int | None]:
    if "plan" in row:
        _offer_of_plan(row)
        yield None
        return
    owner, by = _owner(row)
    columns: dict[str, Any] = {
        name: row[name] for name in ("kind", "title", "what", "amount", "place", "conditions") if name in row
    }
    columns |= {name: row[name] for name in ("weekdays", "parts", "repeats") if name in row}
    columns["theme"] = Theme.objects.filter(slug=row.get("theme", "")).first()
    columns["may_be_public"] = row.get("public", False)
    if "last_days_ago" in row:
        columns["ends_on"] = timezone.localdate(now - timedelta(days=row["last_days_ago"]))
    wijken = list(Wijk.objects.current().filter(code__in=row["wijken"]))
    terms = listings.Terms(columns, wijken)
    listing = listings.open_listing(Direction(row["direction"]), terms, owner=owner, by=by)
    if row.get("public"):
        listings.publish(listing, by=people.coordinator_of(wijken[0]))
    if "ended_days_ago" in row:
        yield row["ended_days_ago"]
        listings.end(listing, by=by)
    yield None


def _offer_of_plan(row: dict[str, Any]) -> None:
    initiative = Initiative.objects.get(title=row["plan"])
    assert initiative.initiator is not None, "invented plans have an initiator"
    given = {name: row[name] for name in ("kind", "title", "what", "amount", "conditions") if name in row}
    offer = plans.offer(initiative, given | {"may_be_public": row.get("public", False)}, by=initiative.initiator)
    if row.get("public"):
        listings.publish(offer, by=people.coordinator_of(initiative.wijk))


def _owner(row: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    if "partner" not in row:
        department = Department.objects.order_by("pk").filter(role_assignments__isnull=False).first()
        return {"department": department}, people.manager()
    partner = Partner.objects.get(name=row["partner"])
    contact = PartnerContact.objects.speaking().filter(partner=partner).order_by("pk").first()
    return {"partner": partner}, contact.user if contact else people.manager()


def _answer_help(row: dict[str, Any], now: datetime) -> Iterator[int | None]:
    initiative = Initiative.objects.get(title=row["plan"])
    step = needs.agree if row["answer"] == "yes" else needs.decline
    step(initiative, by=initiative.initiator)
    yield None


def _answer(row: dict[str, Any], now: datetime) -> Iterator[int | None]:
    match = Match.objects.get(offer__title=row["offer"], need__initiative__title=row["plan"])
    initiative = match.need.initiative
    partner_says = Listing.objects.select_related("contact__user").get(pk=match.offer_id).contact
    matching.answer_offer(match, Answer(row["offer_says"]), by=partner_says.user if partner_says else None)
    if "need_says" in row:
        yield row["days_ago"] - 1
        matching.answer_need(match, Answer(row["need_says"]), by=initiative.initiator if initiative else None)
    told = row.get("result") or row.get("failed")
    if told:
        yield row["result_days_ago"]
        results.tell(match, succeeded="result" in row, text=told, side=Side.OFFER, by=None)
    yield None
