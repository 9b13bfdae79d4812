"""Reads of the trail."""

from typing import Self

from django.db import models

from shared.audit.enums import Visibility


def subject_key(subject: models.Model | type[models.Model]) -> tuple[str, str]:
    """How the trail names a record, or a whole list of records, without tying itself to its table."""
    return subject._meta.label_lower, str(subject.pk) if isinstance(subject, models.Model) else ""


class EventQuerySet(models.QuerySet):
    """Events, newest first."""

    def about(self, subject: models.Model | type[models.Model]) -> Self:
        """Everything that happened to this record, or to lists of these records."""
        subject_type, subject_id = subject_key(subject)
        return self.filter(subject_type=subject_type, subject_id=subject_id)

    def visible_to_public(self) -> Self:
        """What everybody may read on the timeline."""
        return self.filter(visibility=Visibility.PUBLIC)

    def visible_to_resident(self) -> Self:
        """What the resident may read in the own file, the public timeline included."""
        return self.filter(visibility__in=[Visibility.PUBLIC, Visibility.RESIDENT])
