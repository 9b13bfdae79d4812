"""An initiative: a resident's plan, as the resident told it and as the neighbourhood sees it."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Concat, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.enums import (
    OPEN_TO_NEIGHBOURS,
    TRANSITIONS,
    Channel,
    HelpKind,
    Status,
)
from initiatives.querysets import InitiativeQuerySet
from initiatives.rules import FOLD_FROM, FOLD_TO
from shared.lifecycle import Lifecycle, YearCounter
from shared.themes.models import Theme


class ReferenceCounter(YearCounter):
    """The last number of a plan, year by year."""


def folded(*columns: str) -> models.Func:
    """The columns as one lower-case text without accents, in which v/f and z/s are alike (see rules.fold)."""
    parts: list[models.F | models.Value] = []
    for column in columns:
        parts += [models.F(column), models.Value(" ")]
    joined = Concat(*parts, output_field=models.TextField())
    return models.Func(
        Lower(joined),
        models.Value(FOLD_FROM),
        models.Value(FOLD_TO),
        function="translate",
        output_field=models.TextField(),
    )


def weighted(weight: str, *columns: str) -> models.Func:
    """A Dutch search vector of the columns with a weight from A (title) to D."""
    template = f"setweight(to_tsvector('dutch'::regconfig, %(expressions)s), '{weight}')"
    return models.Func(folded(*columns), template=template, output_field=SearchVectorField())


class Initiative(Lifecycle):
    """A plan for the neighbourhood, from the first words to what became of it.

    `title`, `what`, `benefit` and the other answers are the resident's words and are never edited by staff;
    `public_title` and `public_text` are what everybody may read once `published_at` is set.
    """

    TRANSITIONS = TRANSITIONS

    reference = models.CharField(_("nummer"), max_length=12, unique=True, editable=False)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status,
        default=Status.UNCONFIRMED,
        editable=False,
    )
    channel = models.CharField(_("binnengekomen via"), max_length=10, choices=Channel, default=Channel.WEB)
    language = models.CharField(_("taal van de indiener"), max_length=2, default="nl")

    # The plan, in the resident's words
    title = models.CharField(_("titel"), max_length=120)
    what = models.TextField(_("wat wil de indiener doen"), max_length=3000)
    benefit = models.TextField(_("voor wie en wat wordt er beter"), max_length=1500, blank=True)
    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name=_("thema"), related_name="initiatives")
    wijk = models.ForeignKey(
        "wijken.Wijk",
        models.PROTECT,
        verbose_name=_("wijk"),
        related_name="initiatives",
    )
    buurt = models.ForeignKey(
        "wijken.Buurt",
        models.PROTECT,
        verbose_name=_("buurt"),
        related_name="initiatives",
        null=True,
        blank=True,
    )
    place = models.CharField(_("straat of plek"), max_length=120, blank=True)
    planned_on = models.DateField(_("wanneer"), null=True, blank=True)
    who_joins = models.TextField(_("wie doet er mee"), max_length=1000, blank=True)
    help_wanted = ArrayField(
        models.CharField(max_length=12, choices=HelpKind),
        verbose_name=_("gevraagde hulp"),
        default=list,
        blank=True,
    )
    amount = models.DecimalField(
        _("bedrag"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("Wat het plan kost, in euro's, als dat bekend is."),
    )

    # The initiator
    name = models.CharField(_("naam"), max_length=120)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoonnummer"), max_length=20, blank=True)
    postal_address = models.TextField(_("postadres"), max_length=300, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    house_number = models.CharField(_("huisnummer"), max_length=12, blank=True)
    shows_first_name = models.BooleanField(_("voornaam mag bij het plan staan"), default=False)
    initiator = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        verbose_name=_("indiener"),
        related_name="initiatives",
        null=True,
        blank=True,
        help_text=_("Bekend zodra het e-mailadres is bevestigd."),
    )
    entered_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        verbose_name=_("ingevoerd door"),
        related_name="+",
        null=True,
        blank=True,
    )

    # The file
    owner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        verbose_name=_("behandelaar"),
        related_name="owned_initiatives",
        null=True,
        blank=True,
    )
    submitted_at = models.DateTimeField(_("verstuurd op"))
    received_at = models.DateTimeField(_("ontvangen op"), null=True, blank=True)
    respond_by = models.DateField(_("beloofd vóór"), null=True, blank=True)
    answered_at = models.DateTimeField(_("eerste antwoord op"), null=True, blank=True)
    closed_at = models.DateTimeField(_("gesloten op"), null=True, blank=True)
    unread_since = models.DateTimeField(
        _("ongelezen bericht sinds"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Van de indiener."),
    )
    answer = models.TextField(_("antwoord aan de indiener"), blank=True)
    next_step = models.CharField(_("volgende stap"), max_length=200, blank=True)
    next_step_on = models.DateField(_("datum van de volgende stap"), null=True, blank=True)
    result = models.TextField(_("resultaat"), max_length=3000, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("samengevoegd met"),
        related_name="merged_from",
        null=True,
        blank=True,
    )
    screening_reason = models.CharField(_("waarom eerst bekijken"), max_length=200, blank=True)
    confirmation_reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer_reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    escalated_at = models.DateTimeField(null=True, blank=True, editable=False)
    question_reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    # What everybody may read
    published_at = models.DateTimeField(_("gepubliceerd op"), null=True, blank=True)
    public_title = models.CharField(_("titel op de website"), max_length=120, blank=True)
    public_text = models.TextField(_("tekst op de website"), max_length=4500, blank=True)
    cover = models.ForeignKey(
        "initiatives.Attachment",
        models.SET_NULL,
        verbose_name=_("foto bij het plan"),
        null=True,
        blank=True,
        related_name="+",
    )
    joiners_count = models.PositiveIntegerField(_("doen mee"), default=0, editable=False)
    supporters_count = models.PositiveIntegerField(_("steunen dit"), default=0, editable=False)
    search = models.GeneratedField(
        expression=models.Func(
            weighted("A", "public_title"),
            weighted("B", "public_text", "place"),
            template="%(expressions)s",
            arg_joiner=" || ",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=folded("public_title", "place"),
        output_field=models.TextField(),
        db_persist=True,
    )

    # Taken over from a list
    source = models.CharField(_("bron"), max_length=200, blank=True)
    source_id = models.CharField(_("nummer in de bron"), max_length=100, blank=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiatief")
        verbose_name_plural = _("initiatieven")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="initiative_public",
                condition=models.Q(published_at__isnull=False),
            ),
            models.Index(fields=["status", "respond_by"], name="initiative_worklist"),
            models.Index(fields=["wijk", "status"], name="initiative_wijk_status"),
            models.Index(Lower("email"), name="initiative_email"),
            GinIndex(fields=["search"], name="initiative_search"),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="initiative_trigram"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~models.Q(source_id=""),
                name="initiative_imported_once",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | ~models.Q(public_title=""),
                name="initiative_published_with_title",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | models.Q(status=Status.MERGED),
                name="initiative_merged_has_status",
            ),
        ]
        permissions = [
            ("review_initiative", "Can review initiatives"),
            ("export_initiatives", "Can export initiatives"),
            ("export_personal_data", "Can export personal data of initiators"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("initiatives:detail", args=[self.reference])

    @property
    def public_status(self) -> str:
        """The status in words for residents."""
        return Status(self.status).public_label

    @property
    def is_published(self) -> bool:
        """Everybody may read it."""
        return self.published_at is not None

    @property
    def is_open_to_neighbours(self) -> bool:
        """Neighbours can join, support and follow."""
        return self.is_published and self.status in OPEN_TO_NEIGHBOURS

    @property
    def first_name(self) -> str:
        """The first word of the name: all that the public ever sees of it."""
        return self.name.split(" ", 1)[0]

    @property
    def help_labels(self) -> list[str]:
        """The help that is wanted, in words."""
        return [str(HelpKind(kind).label) for kind in self.help_wanted]


class Attachment(models.Model):
    """A photo or document with a plan; only a photo with an alternative text may be shown to everybody."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="attachments")
    file = models.OneToOneField("documents.StoredFile", models.PROTECT, related_name="+")
    alt_text = models.CharField(
        _("wat is er te zien"),
        max_length=200,
        blank=True,
        help_text=_("Voor mensen die de foto niet kunnen zien."),
    )
    is_public = models.BooleanField(_("op de website"), default=False)
    update = models.ForeignKey(
        "initiatives.Update",
        models.CASCADE,
        related_name="photos",
        null=True,
        blank=True,
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("bijlage")
        verbose_name_plural = _("bijlagen")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_public=False) | ~models.Q(alt_text=""),
                name="attachment_public_has_alt_text",
            )
        ]

    def __str__(self) -> str:
        return self.alt_text or str(self.file_id)
