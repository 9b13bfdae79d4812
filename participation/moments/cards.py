"""How moments look in lists: plain values, prepared once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.moments import rules
from participation.moments.enums import Status, Way
from participation.moments.models import Moment
from shared import municipality


@dataclass(frozen=True)
class MomentCard:
    """A moment in a list; `title` of the project stands with it where moments of several are listed."""

    url: str
    title: str
    project: str
    when: str
    where: str
    status: str
    status_label: str
    is_open: bool


def cards(moments: Iterable[Moment]) -> list[MomentCard]:
    """The cards of these moments; their project is read along."""
    return [
        MomentCard(
            url=moment.get_absolute_url(),
            title=moment.title,
            project=moment.project.title,
            when=moment.when,
            where=where_in_words(moment),
            status=moment.status,
            status_label=moment.public_status,
            is_open=moment.status == Status.ANNOUNCED,
        )
        for moment in moments
    ]


def where_in_words(moment: Moment) -> str:
    """The place, or how else."""
    return moment.place or {Way.ONLINE: _("online"), Way.PAPER: _("op papier"), Way.LIVE: ""}[moment.way]


@dataclass(frozen=True)
class ChoiceCount:
    """How many people chose an answer."""

    choice: str
    number: int


def choice_counts(moment: Moment) -> list[ChoiceCount]:
    """How many chose what, papers included; empty for a group so small that people could be recognised."""
    rows = dict(moment.contributions.exclude(choice="").order_by().values_list("choice").annotate(number=Sum("count")))
    if sum(rows.values()) < municipality.current().moments.smallest_group:
        return []
    return [ChoiceCount(choice, rows.get(choice, 0)) for choice in moment.choice_list]


def opinion(moment: Moment) -> rules.Average | None:
    """What participants thought of it; None for a small group."""
    scores = moment.scores.values_list("could_speak", "was_clear", "sees_result")
    return rules.average_of(scores, smallest_group=municipality.current().moments.smallest_group)


def people_in_words(moment: Moment) -> str:
    """How many were there, once that is known and they are not a handful."""
    if moment.attended is None or moment.attended < municipality.current().moments.smallest_group:
        return ""
    return ngettext("%(n)d mens was erbij.", "%(n)d mensen waren erbij.", moment.attended) % {"n": moment.attended}
