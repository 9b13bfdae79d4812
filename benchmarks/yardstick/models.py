"""The same facts as the portal keeps about a plan, in as few tables."""

import uuid

from django.db import models

STATUSES = [
    ("received", "Ontvangen"),
    ("in_review", "In behandeling"),
    ("question", "Wij wachten op een antwoord"),
    ("accepted", "Gemeente helpt mee"),
    ("in_progress", "In uitvoering"),
    ("done", "Klaar"),
    ("passed_on", "Doorverwezen"),
    ("declined", "Gaat niet door"),
    ("withdrawn", "Ingetrokken"),
]


class Wijk(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100)
    # Drawn beforehand, for the map.
    path = models.TextField()
    label_x = models.IntegerField()
    label_y = models.IntegerField()

    def __str__(self) -> str:
        return self.name


class Buurt(models.Model):
    name = models.CharField(max_length=100)
    wijk = models.ForeignKey(Wijk, models.PROTECT)

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60)

    def __str__(self) -> str:
        return self.name


class Coordinator(models.Model):
    name = models.CharField(max_length=150)

    def __str__(self) -> str:
        return self.name


class Plan(models.Model):
    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    benefit = models.TextField()
    who_joins = models.TextField()
    place = models.CharField(max_length=120, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    planned_on = models.DateField(null=True)
    help_wanted = models.JSONField(default=list)
    status = models.CharField(max_length=20, choices=STATUSES)
    joiners = models.PositiveIntegerField(default=0)
    supporters = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, db_index=True)
    next_step = models.CharField(max_length=200, blank=True)
    next_step_on = models.DateField(null=True)
    result = models.TextField(blank=True)
    wijk = models.ForeignKey(Wijk, models.PROTECT)
    buurt = models.ForeignKey(Buurt, models.PROTECT)
    theme = models.ForeignKey(Theme, models.PROTECT)
    owner = models.ForeignKey(Coordinator, models.PROTECT, null=True)
    name = models.CharField(max_length=120)
    shows_first_name = models.BooleanField(default=False)
    email = models.EmailField()
    phone = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    house_number = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]


class Event(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="events")
    text = models.CharField(max_length=200)
    occurred_at = models.DateTimeField()
    is_public = models.BooleanField(default=False)

    class Meta:
        ordering = ["occurred_at", "pk"]

    def __str__(self) -> str:
        return self.text


class Update(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="updates")
    text = models.TextField()
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ["-posted_at", "-pk"]

    def __str__(self) -> str:
        return self.text


class Photo(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="photos")
    update = models.ForeignKey(Update, models.CASCADE, related_name="photos", null=True)
    file = models.CharField(max_length=120)
    alt_text = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.alt_text


class Project(models.Model):
    """What the municipality does somewhere; without a place it is everywhere."""

    PHASES = (("start", "Startnotitie"), ("design", "Ontwerp"), ("execution", "Uitvoering"))

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=120)
    summary = models.TextField()
    phase = models.CharField(max_length=10, choices=PHASES, default="start")
    status = models.CharField(max_length=10, default="active")
    published_at = models.DateTimeField(null=True)
    wijken = models.ManyToManyField(Wijk, related_name="projects")
    buurten = models.ManyToManyField(Buurt, related_name="projects")

    def __str__(self) -> str:
        return self.title


class Meeting(models.Model):
    """An occasion to take part in a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="meetings")
    status = models.CharField(max_length=10, default="announced")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    contributions_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.project}, {self.starts_at}"


class Partner(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120)
    ends_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Offer(models.Model):
    """Of a partner or a department."""

    KINDS = (("place", "Ruimte"), ("goods", "Spullen"), ("hours", "Uren"))

    kind = models.CharField(max_length=10, choices=KINDS)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True)
    text = models.TextField()

    def __str__(self) -> str:
        return self.get_kind_display()


class Help(models.Model):
    """An offer that met a plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="help")
    offer = models.ForeignKey(Offer, models.CASCADE)
    succeeded = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.offer}: {self.plan}"


class ReferenceCounter(models.Model):
    """Numbers without holes, per year."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Draft(models.Model):
    """What was typed and not sent yet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    answers = models.JSONField()
    saved_at = models.DateTimeField()
    plan = models.ForeignKey(Plan, models.CASCADE, null=True)

    def __str__(self) -> str:
        return str(self.pk)


class SentForm(models.Model):
    """A form that was sent, so that a double click sends nothing twice."""

    token = models.UUIDField(primary_key=True)
    led_to = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.led_to


class Outbox(models.Model):
    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.subject
