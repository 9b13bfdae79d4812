from django.db import models

STATUSES = [(word, word.title()) for word in ("nieuw", "opgepakt", "vraag", "helpt", "loopt", "klaar")]


class Area(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60)

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
    status = models.CharField(max_length=20, choices=STATUSES)
    joiners = models.PositiveIntegerField(default=0)
    supporters = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(db_index=True)
    area = models.ForeignKey(Area, models.PROTECT)
    theme = models.ForeignKey(Theme, models.PROTECT)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    phone = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return self.title


class Event(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="events")
    text = models.CharField(max_length=200)
    occurred_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text


class Update(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="updates")
    text = models.TextField()
    posted_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text


class Outbox(models.Model):
    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()

    def __str__(self) -> str:
        return self.subject
