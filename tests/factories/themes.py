"""Themes."""

import factory
from factory.django import DjangoModelFactory

from shared.themes.models import Theme


class ThemeFactory(DjangoModelFactory):
    """A theme."""

    class Meta:
        model = Theme
        django_get_or_create = ("slug",)

    name = factory.Sequence(lambda n: f"Thema {n}")
    name_en = factory.LazyAttribute(lambda theme: f"{theme.name} (en)")
    slug = factory.Sequence(lambda n: f"thema-{n}")

    class Params:
        green = factory.Trait(name="Groen", name_en="Green", slug="groen")
