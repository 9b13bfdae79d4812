"""What search engines may find: public pages only."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from initiatives.models import Initiative
from participation.challenges.models import Challenge
from participation.models import Project
from participation.moments.models import Moment
from partners.models import Partner, WijkAgenda
from shared.wijken.models import Wijk
from subsidies.models import Scheme


class PageSitemap(Sitemap):
    """The pages that always exist."""

    def items(self) -> list[str]:
        """URL names."""
        return [
            "home",
            "initiatives:list",
            "initiatives:submit",
            "participation:list",
            "challenges:explain",
            "wijken",
            "partners:agenda",
            "partners:about_feeds",
            "partners:directory",
            "partners:public_listings",
            "partners:wijkagendas",
            "subsidies:list",
            "subsidies:channels",
            "subsidies:register",
            "accessibility",
            "privacy",
        ]

    def location(self, item: str) -> str:
        """The address of a name."""
        return reverse(item)


class InitiativeSitemap(Sitemap):
    """Plans on the website."""

    def items(self) -> Iterable[Initiative]:
        """Newest first."""
        return Initiative.objects.published().order_by("-published_at", "-pk").only("reference", "published_at")

    def lastmod(self, item: Initiative) -> datetime | None:
        """When it was put on the website."""
        return item.published_at


class WijkSitemap(Sitemap):
    """The page of each wijk."""

    def items(self) -> Iterable[Wijk]:
        """All wijken in force."""
        return Wijk.objects.current().without_geometry()

    def location(self, item: Wijk) -> str:
        """The page of the wijk."""
        return reverse("wijk", args=[item.slug])


class SchemeSitemap(Sitemap):
    """The page of each scheme."""

    def items(self) -> Iterable[Scheme]:
        """Schemes with a page."""
        return Scheme.objects.public()


class ProjectSitemap(Sitemap):
    """Projects of the municipality on the website."""

    def items(self) -> Iterable[Project]:
        """Newest first."""
        return Project.objects.published().order_by("-published_at", "-pk").only("reference", "published_at")

    def lastmod(self, item: Project) -> datetime | None:
        """When it was put on the website."""
        return item.published_at


class MomentSitemap(Sitemap):
    """Occasions to take part, and what came of them."""

    def items(self) -> Iterable[Moment]:
        """Newest first."""
        return Moment.objects.public().order_by("-starts_at", "-pk").only("changed_at")

    def lastmod(self, item: Moment) -> datetime:
        """When it changed."""
        return item.changed_at


class ChallengeSitemap(Sitemap):
    """Challenges that groups want to be seen."""

    def items(self) -> Iterable[Challenge]:
        """Newest first."""
        return Challenge.objects.public().order_by("-published_at", "-pk").only("reference")


class PartnerSitemap(Sitemap):
    """The page of each organisation that takes part."""

    def items(self) -> Iterable[Partner]:
        """By name."""
        return Partner.objects.active().order_by("name", "pk").only("slug")


class WijkAgendaSitemap(Sitemap):
    """Published wijkagendas."""

    def items(self) -> Iterable[WijkAgenda]:
        """The newest year first."""
        found = WijkAgenda.objects.filter(published_at__isnull=False).select_related("wijk").defer("wijk__geometry")
        return found.order_by("-year", "wijk__code")

    def lastmod(self, item: WijkAgenda) -> datetime | None:
        """When it was put on the website."""
        return item.published_at


SITEMAPS = {
    "pages": PageSitemap,
    "initiatives": InitiativeSitemap,
    "projects": ProjectSitemap,
    "moments": MomentSitemap,
    "challenges": ChallengeSitemap,
    "partners": PartnerSitemap,
    "wijkagendas": WijkAgendaSitemap,
    "wijken": WijkSitemap,
    "schemes": SchemeSitemap,
}
