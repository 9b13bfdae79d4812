"""Columns that more than one record has."""

from typing import Any

from django.db import models


class EuroField(models.DecimalField):
    """Euros, to the cent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 12, "decimal_places": 2, **kwargs})
