"""The records of projects and participation."""

from participation.models.check import ParticipationCheck, PlannedMoment, StakeholderGroup
from participation.models.project import Alderman, Project, ProjectCounter, ProjectPhase
from participation.models.reminder import SentReminder

__all__ = [
    "Alderman",
    "ParticipationCheck",
    "PlannedMoment",
    "Project",
    "ProjectCounter",
    "ProjectPhase",
    "SentReminder",
    "StakeholderGroup",
]
