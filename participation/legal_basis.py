"""On what a council paper about participation rests: the law when it asks for it, else the municipality's own rules."""

from enum import StrEnum

from django.utils.translation import gettext as _

from participation.enums import LegalDuty, ProjectKind
from participation.models import ParticipationCheck, Project
from shared import municipality


class Paper(StrEnum):
    """The two forms, by the name in addresses."""

    NOTICE = "kennisgeving"
    MOTIVATION = "motivering"

    @property
    def heading(self) -> str:
        """The heading of the paper."""
        return _("Kennisgeving participatie") if self is Paper.NOTICE else _("Motivering participatie")

    @property
    def environment_act(self) -> str:
        """The articles that ask for it under the Omgevingswet."""
        if self is Paper.NOTICE:
            return _("Omgevingswet artikel 5.47, vierde lid, en Omgevingsbesluit artikel 5.3")
        return _("Omgevingsbesluit artikel 10.2")


def basis(paper: Paper, project: Project, check: ParticipationCheck) -> str:
    """What the paper may claim: the articles of the Omgevingswet only for what falls under it."""
    duty = LegalDuty.NONE if check.law_excludes else check.legal_duty
    own = check.legal_article.strip() if duty != LegalDuty.NONE else ""
    under_the_act = project.kind == ProjectKind.ENVIRONMENT_PLAN or duty == LegalDuty.ENVIRONMENT_ACT
    general = paper.environment_act if under_the_act else ""
    cited = [each for each in (general, own) if each]
    if general and general in own:
        cited.remove(general)
    return "; ".join(cited) or municipality.current().participation.own_rules
