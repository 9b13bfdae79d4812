"""A theme: what something in the neighbourhood is about."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shared.themes.querysets import ThemeQuerySet


class Theme(models.Model):
    """What a plan is about; the municipality edits the list, and never deletes a theme that is in use."""

    name = models.CharField(_("naam"), max_length=60, unique=True)
    name_en = models.CharField(_("naam in het Engels"), max_length=60)
    slug = models.SlugField(_("naam in adressen"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=100)
    active = models.BooleanField(_("kan gekozen worden"), default=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if get_language() == "en" else self.name
