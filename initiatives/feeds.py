"""The newest plans as an Atom feed, for newsreaders and neighbourhood websites."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from shared import municipality
from shared.links import absolute

LENGTH = 30


class PublishedFeed(Feed):
    """The last plans that were put on the website; with ?wijk=… only those of one wijk."""

    feed_type = Atom1Feed
    # What the decorator login_not_required sets on a function.
    login_required = False

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The wijk that was asked for, or nothing."""
        return request.GET.get("wijk", "")

    def title(self, wijk: str) -> str:
        """Name of the feed in the reader."""
        return _("Nieuwe initiatieven: %(portal)s") % {"portal": municipality.current().portal_name}

    def link(self, wijk: str) -> str:
        """The page that the feed follows."""
        return absolute(reverse("initiatives:list"))

    def items(self, wijk: str) -> Iterable[Initiative]:
        """Newest first."""
        published = Initiative.objects.published().order_by("-published_at", "-pk")
        return published.filter(wijk__slug=wijk)[:LENGTH] if wijk else published[:LENGTH]

    def item_title(self, item: Initiative) -> str:
        """The title on the website."""
        return item.public_title

    def item_description(self, item: Initiative) -> str:
        """The text on the website."""
        return item.public_text

    def item_link(self, item: Initiative) -> str:
        """The full address of the plan."""
        return absolute(item.get_absolute_url())

    def item_pubdate(self, item: Initiative) -> datetime | None:
        """When it was put on the website."""
        return item.published_at
