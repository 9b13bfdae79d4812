"""Somebody wants news by e-mail: of a project, an area, or a circle around a postcode or a place; once confirmed."""

from collections.abc import Iterable

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.models import Project
from participation.moments import letters
from participation.moments.models import AreaFollow
from participation.moments.rules import POINT_DECIMALS
from shared.lifecycle import WorkflowError
from shared.links import absolute, sign
from shared.notifications import digest, outbox
from shared.notifications.models import Subscription
from shared.notifications.outbox import Recipient
from shared.wijken.lookup import propose
from shared.wijken.models import Area, Buurt
from shared.wijken.shapes import Point, label_point, rings

CATEGORY = "participation"


@transaction.atomic
def follow_project(project: Project, *, email: str, frequency: str, language: str = "nl") -> Subscription:
    """News of one project."""
    return _ask(email, project, project.title, frequency, language)


@transaction.atomic
def follow_area(area: Area, *, email: str, frequency: str, language: str = "nl") -> Subscription:
    """News of every project in a wijk or buurt."""
    return _ask(email, area, _("projecten in %(area)s") % {"area": area}, frequency, language)


@transaction.atomic
def follow_circle(postcode: str, radius: int, *, email: str, frequency: str, language: str = "nl") -> Subscription:
    """News of every project within so many metres of a postcode. Of the address only the buurt's middle is kept.

    Raises:
        WorkflowError: the postcode does not lie in the municipality.
    """
    buurt = propose(postcode).buurt
    if buurt is None:
        raise WorkflowError(_("Wij kunnen deze postcode niet vinden. Kies een wijk of een buurt."))
    buurt.refresh_from_db(fields=["geometry"])
    if not buurt.geometry:
        raise WorkflowError(_("Wij kennen de grens van deze buurt niet. Kies een wijk of een buurt."))
    longitude, latitude = label_point(list(rings(buurt.geometry)))
    circle, _is_new = AreaFollow.objects.get_or_create(
        postcode=postcode,
        radius=radius,
        defaults={"buurt": buurt, "latitude": latitude, "longitude": longitude},
    )
    words = _("projecten binnen %(metres)d meter van %(postcode)s") % {"metres": radius, "postcode": postcode}
    return _ask(email, circle, words, frequency, language)


@transaction.atomic
def follow_point(
    point: Point, buurt: Buurt, radius: int, *, email: str, frequency: str, language: str = "nl"
) -> Subscription:
    """News of every project within so many metres of a place on the map (longitude, latitude) in this buurt.

    Of the place no more is kept than the square of about a hundred metres that it lies in: nobody's house.
    """
    longitude, latitude = (round(degrees, POINT_DECIMALS) for degrees in point)
    circle, _is_new = AreaFollow.objects.get_or_create(
        postcode="", radius=radius, latitude=latitude, longitude=longitude, defaults={"buurt": buurt}
    )
    words = _("projecten binnen %(metres)d meter van een plek in %(buurt)s") % {"metres": radius, "buurt": buurt}
    return _ask(email, circle, words, frequency, language)


@transaction.atomic
def confirm_follow(subscription: Subscription) -> Subscription:
    """The link in the letter was opened: from now on there is news. A second time changes nothing."""
    digest.confirm(subscription)
    return subscription


@transaction.atomic
def forget_follows(subscriptions: Iterable[Subscription]) -> None:
    """Stop this news, and do not keep the address either (GDPR article 17)."""
    Subscription.objects.filter(pk__in=[one.pk for one in subscriptions]).delete()


def _ask(email: str, about: models.Model, what: str, frequency: str, language: str) -> Subscription:
    subscription = digest.subscribe(email, about=about, frequency=frequency)
    token = sign(letters.FOLLOW, subscription=subscription.pk, what=what)
    url = absolute(reverse("moments:confirm_follow", args=[token]))
    outbox.enqueue(
        letters.confirm_follow(what=what, url=url, language=language),
        to=Recipient(name="", email=email),
        key=f"moments.follow:{subscription.pk}:{timezone.now():%Y%m%d%H%M}",
        category=CATEGORY,
    )
    return subscription
