"""Two small tables behind the pages: forms that were sent, and how often the public pages changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubmittedOnce(models.Model):
    """A form that was sent, and where it led: sending it again leads to the same place."""

    token = models.UUIDField(_("kenmerk"), primary_key=True)
    result_url = models.CharField(_("adres van het resultaat"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("verzonden formulier")
        verbose_name_plural = _("verzonden formulieren")

    def __str__(self) -> str:
        return str(self.token)


class PublicGeneration(models.Model):
    """When something last changed that public pages show. At most one row, written by `page_cache.touch`."""

    number = models.BigIntegerField(_("laatste wijziging"))

    class Meta:
        verbose_name = _("stand van de openbare pagina's")
        verbose_name_plural = _("stand van de openbare pagina's")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="ui_one_public_generation")]

    def __str__(self) -> str:
        return str(self.number)
