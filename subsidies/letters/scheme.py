"""Letters to colleagues about what a scheme, or the calendar that it counts with, needs in time."""

from datetime import date

from django.urls import reverse

from shared.links import absolute
from shared.notifications.compose import Letter, compose
from subsidies.models import Scheme


def evaluation_due(scheme: Scheme) -> Letter:
    """The scheme has to be evaluated, and until when (Awb article 4:24)."""
    url = absolute(reverse("admin:subsidies_scheme_change", args=[scheme.pk]))
    return compose("subsidies/letters/scheme_evaluation.txt", {"scheme": scheme, "url": url})


def next_decree(last_known: date) -> Letter:
    """The days that count as holidays are known until this day: look for the next decree."""
    url = absolute(reverse("admin:terms_equatedday_changelist"))
    return compose("subsidies/letters/next_decree.txt", {"last_known": last_known, "url": url})
