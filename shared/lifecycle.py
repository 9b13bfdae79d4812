"""How a case moves: one table of allowed steps, one version number, and refusals that the user may read."""

from typing import ClassVar, Self

from django.db import connection, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class WorkflowError(Exception):
    """A step that is refused. The message is one sentence for the person who asked for it."""


class TransitionNotAllowed(WorkflowError):
    """The case is in a status from which this step does not exist."""


class StaleVersion(WorkflowError):
    """Someone else changed the case after this person saw it."""


class YearCounter(models.Model):
    """The last number given out in a year; each kind of case has a counter of its own."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"

    @classmethod
    def take(cls, year: int) -> int:
        """The next number of the year; the row stays locked until the transaction ends, so none is used twice."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {cls._meta.db_table} AS counter (year, last) VALUES (%s, 1) "  # noqa: S608 (our own name)
                "ON CONFLICT (year) DO UPDATE SET last = counter.last + 1 RETURNING last",
                [year],
            )
            number: int = cursor.fetchone()[0]
        return number


class LifecycleQuerySet(models.QuerySet):
    """Reads that every case has."""

    def locked(self) -> Self:
        """Lock the rows themselves until the end of the transaction; joined rows stay free."""
        return self.select_for_update(of=("self",))


class Lifecycle(models.Model):
    """A case with a status and a version. Only workflow functions call `move_to`."""

    # status -> the statuses that may follow it
    TRANSITIONS: ClassVar[dict[str, set[str]]]

    status: models.CharField
    version = models.PositiveIntegerField(gettext_lazy("versie"), default=1, editable=False)

    class Meta:
        abstract = True

    def can_move_to(self, status: str) -> bool:
        """Whether the table allows this step from where the case is now."""
        return status in self.TRANSITIONS[self.status]

    def move_to(self, status: str) -> None:
        """Change the status in memory; the caller saves.

        Raises:
            TransitionNotAllowed: the table has no such step from here.
        """
        if not self.can_move_to(status):
            labels = dict(self._meta.get_field("status").flatchoices)  # type: ignore[union-attr]
            raise TransitionNotAllowed(
                _("Dit kan niet: de status is “%(now)s” en kan niet “%(next)s” worden.")
                % {"now": labels[self.status], "next": labels[status]}
            )
        self.status = status
        self.version += 1

    def check_version(self, seen: int | None) -> None:
        """Refuse when the case changed after the person saw it; None means that nobody saw a page first.

        Raises:
            StaleVersion: the case has a newer version.
        """
        if seen is not None and seen != self.version:
            raise StaleVersion(
                _("Iemand anders heeft dit intussen gewijzigd. Bekijk eerst wat er is gebeurd. Er is niets verstuurd.")
            )
