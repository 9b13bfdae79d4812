"""What is said about a plan: messages, updates, notes, contact moments, agreements and standard texts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.enums import AnswerKind, ContactKind, Sender
from shared.terms.calendar import today


class Message(models.Model):
    """One message between initiator and municipality; a question stays open until the resident answered."""

    initiative = models.ForeignKey("initiatives.Initiative", models.CASCADE, related_name="messages")
    sender = models.CharField(_("van"), max_length=10, choices=Sender)
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True, blank=True)
    text = models.TextField(_("bericht"), max_length=5000)
    is_question = models.BooleanField(_("vraag"), default=False)
    sent_at = models.DateTimeField(_("verstuurd op"))
    answer_by = models.DateField(_("antwoord graag vóór"), null=True, blank=True)
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        ordering = ["sent_at", "pk"]

    @property
    def is_overdue(self) -> bool:
        """Whether the day on which we hoped for an answer has passed."""
        return self.answer_by is not None and self.answer_by < today()

    def __str__(self) -> str:
        return self.text[:60]


class Update(models.Model):
    """News by the initiator on the public page."""

    initiative = models.ForeignKey("initiatives.Initiative", models.CASCADE, related_name="updates")
    text = models.TextField(_("nieuws"), max_length=2000)
    posted_at = models.DateTimeField(_("geplaatst op"))
    removed_at = models.DateTimeField(_("verwijderd op"), null=True, blank=True)
    removal_reason = models.CharField(_("reden van verwijderen"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("nieuws van de indiener")
        verbose_name_plural = _("nieuws van indieners")
        ordering = ["-posted_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Note(models.Model):
    """An internal note; never seen by residents."""

    initiative = models.ForeignKey("initiatives.Initiative", models.CASCADE, related_name="notes")
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    text = models.TextField(_("notitie"), max_length=5000)
    written_at = models.DateTimeField(_("geschreven op"))
    saved_at = models.DateTimeField(_("bewaard op"))

    class Meta:
        verbose_name = _("interne notitie")
        verbose_name_plural = _("interne notities")
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]


class ContactMoment(models.Model):
    """A conversation outside the portal, in a few words."""

    initiative = models.ForeignKey("initiatives.Initiative", models.CASCADE, related_name="contact_moments")
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    kind = models.CharField(_("soort"), max_length=10, choices=ContactKind)
    on = models.DateField(_("datum"))
    text = models.TextField(_("waar ging het over"), max_length=2000)
    recorded_at = models.DateTimeField(_("vastgelegd op"))

    class Meta:
        verbose_name = _("contactmoment")
        verbose_name_plural = _("contactmomenten")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"


class Agreement(models.Model):
    """Who does what, agreed when the municipality says that it helps."""

    initiative = models.ForeignKey("initiatives.Initiative", models.CASCADE, related_name="agreements")
    who = models.CharField(_("wie"), max_length=120)
    what = models.CharField(_("doet wat"), max_length=300)
    due_on = models.DateField(_("vóór"), null=True, blank=True)
    done_at = models.DateTimeField(_("gedaan op"), null=True, blank=True)

    class Meta:
        verbose_name = _("afspraak")
        verbose_name_plural = _("afspraken")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.who}: {self.what}"


class StandardText(models.Model):
    """A text to start an answer from. `{naam}`, `{titel}`, `{nummer}`, `{wijk}` and `{behandelaar}` are filled in."""

    kind = models.CharField(_("voor"), max_length=10, choices=AnswerKind)
    name = models.CharField(_("naam"), max_length=80)
    text = models.TextField(_("tekst"), max_length=5000)
    active = models.BooleanField(_("kan gekozen worden"), default=True)

    class Meta:
        verbose_name = _("standaardtekst")
        verbose_name_plural = _("standaardteksten")
        ordering = ["kind", "name"]
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="standard_text_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"
