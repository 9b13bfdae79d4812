"""The noticeboard: how often somebody hears of it, and what its steps are called."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MailChoice(TextChoices):
    """How often somebody gets what is on the noticeboard; a mention always comes at once."""

    DAILY = "daily", _("Hooguit één keer per dag")
    WEEKLY = "weekly", _("Eén keer per week, op maandag")
    MENTIONS = "mentions", _("Alleen als iemand mij noemt")


class PrivateKind(TextChoices):
    """What in a text looks like it is about a person, and why we think so."""

    BSN = "bsn", _("lijkt op een burgerservicenummer: negen cijfers die kloppen met de elfproef")
    PHONE = "phone", _("lijkt op een telefoonnummer")
    EMAIL = "email", _("is een e-mailadres")
    NAME = "name", _("lijkt op de naam van iemand")


ACTION_LABELS = {
    "partners.notice_posted": _("Bericht op het prikbord"),
    "partners.notice_confirmed": _("Bericht geplaatst ondanks een waarschuwing"),
    "partners.notice_removed": _("Bericht van het prikbord gehaald"),
    "partners.notices_deleted": _("Oude berichten van het prikbord verwijderd"),
}
