"""A column that the people of this app need."""

from typing import Any

from django.db import models


class LowercaseEmailField(models.EmailField):
    """An e-mail address kept and looked up in lower case, so that Jan@ and jan@ are one person."""

    def to_python(self, value: Any) -> Any:
        """Lower the value when it comes from a form."""
        value = super().to_python(value)
        return value.strip().lower() if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        """Lower the value in queries."""
        value = super().get_prep_value(value)
        return value.lower() if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Lower the value on the instance too, so that it says what the database says."""
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value
