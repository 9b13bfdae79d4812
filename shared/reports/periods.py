"""Years and quarters, as reports know them: `2026` and `2026-K4`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from django.utils import timezone
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Period:
    """A year, or a quarter of it."""

    year: int
    quarter: int | None = None

    @classmethod
    def named(cls, name: str) -> Self | None:
        """The period with this name, if it is one."""
        found = re.fullmatch(r"((?:19|20)\d\d)(?:-K([1-4]))?", name)
        return cls(int(found[1]), int(found[2]) if found[2] else None) if found else None

    @classmethod
    def until(cls, today: date, *, since: date) -> list[Self]:
        """All years and quarters from the first day to today, the newest first."""
        periods: list[Self] = []
        for year in range(today.year, since.year - 1, -1):
            periods.append(cls(year))
            quarters = [cls(year, quarter) for quarter in (4, 3, 2, 1)]
            periods += [period for period in quarters if period.first_day <= today and period.next_day > since]
        return periods

    @property
    def name(self) -> str:
        """How it stands in an address."""
        return f"{self.year}-K{self.quarter}" if self.quarter else str(self.year)

    @property
    def label(self) -> str:
        """How people say it."""
        if self.quarter is None:
            return _("heel %(year)s") % {"year": self.year}
        return _("%(quarter)se kwartaal %(year)s") % {"quarter": self.quarter, "year": self.year}

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return date(self.year, 3 * ((self.quarter or 1) - 1) + 1, 1)

    @property
    def next_day(self) -> date:
        """The first day after it."""
        if self.quarter in (None, 4):
            return date(self.year + 1, 1, 1)
        return date(self.year, 3 * (self.quarter or 1) + 1, 1)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The first and the last moment, in local time."""
        start = timezone.make_aware(datetime.combine(self.first_day, time()))
        end = timezone.make_aware(datetime.combine(self.next_day, time()))
        return start, end - timedelta(microseconds=1)
