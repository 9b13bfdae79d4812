"""Which themes."""

from typing import Self

from django.db import models


class ThemeQuerySet(models.QuerySet):
    """Reads of themes."""

    def choosable(self) -> Self:
        """Themes that somebody may choose."""
        return self.filter(active=True)
