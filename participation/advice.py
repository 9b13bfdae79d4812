"""How a project reads to an adviser."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.subjects import Fact, Section, SubjectKind, Summary
from participation.models import Project
from participation.policies import may_work_on
from shared.accounts.models import User


def describe(project: Project) -> Summary:
    """The project in plain words, with what can still be influenced when a check says so."""
    wijken, themes = list(project.wijken.all()), list(project.themes.all())
    check = project.checks.exclude(status="lapsed").order_by("-number").first()
    parts = [(_("Waar het over gaat"), project.summary)]
    if check is not None:
        parts += [(_("Wat ligt vast"), check.fixed), (_("Wat is nog open"), check.open)]
    where = ", ".join([*filter(None, [project.place]), *map(str, wijken)]) or _("heel de gemeente")
    return Summary(
        title=project.title,
        reference=project.reference,
        intro=_("De afdeling %(department)s werkt aan een project: “%(title)s”.")
        % {"department": project.department, "title": project.title},
        closing=_("Uw advies komt in het dossier van het project. Antwoordt u niet, dan gaat het project verder."),
        sections=tuple(Section(heading, text) for heading, text in parts if text),
        facts=(
            Fact(_("Waar"), where),
            Fact(_("Fase"), project.phase_label),
            Fact(_("Begonnen op"), date_format(project.started_on, "j F Y")),
        ),
        theme=themes[0] if themes else None,
        wijk=wijken[0] if wijken else None,
        more_themes=tuple(themes[1:]),
        more_wijken=tuple(wijken[1:]),
    )


def why_closed(project: Project) -> str:
    """Advice helps as long as there is work on the project."""
    return "" if project.is_active else _("Aan dit project wordt niet meer gewerkt. U hoeft niets meer te doen.")


def reviewers(project: Project) -> list[User]:
    """Who hears what came of it: the lead, or the deputy."""
    return list(User.objects.standing_in_for(project.lead)) if project.lead else []


KIND = SubjectKind(
    model=Project,
    noun=gettext_lazy("project"),
    describe=describe,
    why_closed=why_closed,
    may_ask=may_work_on,
    reviewers=reviewers,
    file_url=lambda project: reverse("admin:participation_project_change", args=[project.pk]),
)
