"""Occasions to take part in projects of the municipality, and what was done with them: in the agenda and the letter."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.enums import CheckStatus, Level
from participation.models import ParticipationCheck, Project
from participation.moments.enums import Status
from participation.moments.models import Feedback
from participation.moments.models import Moment as Occasion
from partners.moments.audience import Audience
from partners.moments.moment import Moment
from partners.moments.news import Section, Span
from partners.moments.words import day_in_words, hours_in_words, in_short
from partners.rules.agenda import Window, local_day
from partners.rules.newsletter import NewsItem
from shared.terms.calendar import AMSTERDAM
from shared.wijken.models import Wijk

# The check is on the website, and what was said was not answered yet.
OPEN_TO_INFLUENCE = (CheckStatus.PUBLISHED, CheckStatus.RUNNING)
# What an occasion is called in calendars, and in letters.
OCCASION_UID, OCCASION_KEY = "moment-", "occasion:"


def occasions(window: Window, audience: Audience) -> Iterator[Moment]:
    """What residents can come to or take part in on these days; one query."""
    begin = datetime.combine(window.first, time(), AMSTERDAM)
    end = datetime.combine(window.last + timedelta(days=1), time(), AMSTERDAM)
    wijken = Project.wijken.through.objects.filter(project=OuterRef("project")).order_by("wijk").values("wijk")
    themes = Project.themes.through.objects.filter(project=OuterRef("project")).order_by("theme").values("theme")
    rows = Occasion.objects.public().filter(ends_at__gte=begin, starts_at__lt=end).select_related("project")
    for row in rows.annotate(wijk_ids=ArraySubquery(wijken), theme_ids=ArraySubquery(themes)):
        known = vars(row)
        yield Moment(
            uid=f"{OCCASION_UID}{row.pk}",
            title=row.title,
            starts=row.starts_at,
            ends=row.ends_at,
            path=reverse("moments:moment", args=[row.pk]),
            kind=_("meedenken"),
            changed_at=row.changed_at,
            place=row.place,
            text=row.text,
            organiser=row.project.title,
            wijken=frozenset(known["wijk_ids"]),
            themes=frozenset(known["theme_ids"]),
            cancelled=row.cancel_reason if row.status == Status.CANCELLED else "",
            sequence=row.version,
        )


def have_your_say(wijk: Wijk, span: Span) -> Iterator[NewsItem]:
    """Occasions that were announced and are still to come, also those about the whole municipality."""
    here = Q(project__wijken=wijk) | Q(project__wijken__isnull=True)
    rows = Occasion.objects.public().coming().filter(here).select_related("project").distinct()
    for row in rows:
        first, last = local_day(row.starts_at), local_day(row.ends_at)
        hours = hours_in_words(row.starts_at, row.ends_at)
        when = ", ".join(filter(None, [day_in_words(first), hours, row.place]))
        if first != last:
            when = _("meedoen kan t/m %(day)s") % {"day": day_in_words(last)}
        yield NewsItem(
            f"{OCCASION_KEY}{row.pk}",
            row.title,
            reverse("moments:moment", args=[row.pk]),
            _("%(project)s: %(when)s") % {"project": row.project.title, "when": when},
        )


def what_was_heard(wijk: Wijk, span: Span) -> Iterator[NewsItem]:
    """What the municipality does with what people said, once it was told to who took part."""
    here = Q(moment__project__wijken=wijk) | Q(moment__project__wijken__isnull=True)
    public = Occasion.objects.public().values("pk")
    told = Feedback.objects.filter(here, moment__in=public, sent_at__gte=span.since).select_related("moment__project")
    for feedback in told.distinct():
        title = _("%(project)s: %(moment)s") % {
            "project": feedback.moment.project.title,
            "moment": feedback.moment.title,
        }
        yield NewsItem(f"feedback:{feedback.pk}", title, feedback.moment.get_absolute_url(), in_short(feedback.doing))


def open_projects(wijk: Wijk, span: Span) -> Iterator[NewsItem]:
    """Projects in which something can still be influenced, while no occasion is announced yet."""
    here = Q(wijken=wijk) | Q(wijken__isnull=True)
    coming = Occasion.objects.public().coming().values("project")
    listening = ParticipationCheck.objects.public().exclude(level__in=["", Level.NONE, Level.INFORM])
    latest = listening.filter(project=OuterRef("pk"), phase__kind=OuterRef("phase"), status__in=OPEN_TO_INFLUENCE)
    rows = Project.objects.published().active().filter(here, decided_on=None).exclude(pk__in=coming).distinct()
    rows = rows.annotate(check_number=Subquery(latest.values("number")[:1]))
    for project in rows.filter(check_number__isnull=False).order_by("-published_at", "-pk"):
        yield NewsItem(
            f"influence:{project.reference}:{vars(project)['check_number']}",
            project.title,
            project.get_absolute_url(),
            in_short(project.summary),
            about=f"project:{project.reference}",
        )


def decisions(wijk: Wijk, span: Span) -> Iterator[NewsItem]:
    """What was decided about projects in this wijk, or in the whole municipality."""
    here = Q(wijken=wijk) | Q(wijken__isnull=True)
    rows = Project.objects.published().filter(here, decided_on__gte=local_day(span.since)).distinct()
    for project in rows.order_by("-decided_on", "-pk"):
        assert project.decided_on is not None, "chosen by it"
        yield NewsItem(
            f"decision:{project.reference}",
            project.title,
            project.get_absolute_url(),
            _("besloten op %(day)s") % {"day": day_in_words(project.decided_on)},
            about=f"project:{project.reference}",
        )


WHAT_WAS_HEARD = Section(gettext_lazy("Wat wij hoorden, en wat wij ermee doen"), what_was_heard, 25)
HAVE_YOUR_SAY = Section(gettext_lazy("Denk mee"), have_your_say, 20)
DECISIONS = Section(gettext_lazy("Besluiten over projecten"), decisions, 15)
OPEN_PROJECTS = Section(gettext_lazy("Hier kunt u nog over meepraten"), open_projects, 22)
