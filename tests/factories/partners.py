"""Wijkpartners: `OrganisationFactory(wijken=[wijk])`, `PartnerContactFactory(partner=…)` gives its user the role."""

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from partners.enums.organisations import PartnerKind
from partners.models import Partner, PartnerContact
from shared.accounts.enums import Role
from tests.factories.accounts import RoleAssignmentFactory, UserFactory, days_from_now
from tests.factories.wijken import WijkFactory


class OrganisationFactory(DjangoModelFactory):
    """An organisation that takes part since a month, in a wijk of its own when none is given."""

    class Meta:
        model = Partner
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Buurthuis {n}")
    slug = factory.Sequence(lambda n: f"buurthuis-{n}")
    kind = PartnerKind.WELFARE
    what = "Wij brengen buren bij elkaar."
    public_contact = "Balie"
    public_email = "balie@buurthuis.example"
    starts_on = days_from_now(-30)

    class Params:
        ended = factory.Trait(ends_on=days_from_now(-1))
        last_day = factory.Trait(ends_on=days_from_now(0))
        future = factory.Trait(starts_on=days_from_now(1))
        demo = factory.Trait(is_demo=True)

    @factory.post_generation
    def wijken(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.wijken.set(extracted if extracted is not None else [WijkFactory()])

    @factory.post_generation
    def themes(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.themes.set(extracted or [])


class PartnerContactFactory(DjangoModelFactory):
    """Somebody who accepted the invitation and has the role in every wijk of the organisation."""

    class Meta:
        model = PartnerContact
        skip_postgeneration_save = True

    partner = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(
        UserFactory,
        email=factory.Sequence(lambda n: f"partner{n}@buurthuis.example"),
        name=factory.Sequence(lambda n: f"Partner {n}"),
    )
    function = "Sociaal werker"
    starts_on = days_from_now(-30)
    accepted_at = factory.LazyFunction(timezone.now)

    class Params:
        invited = factory.Trait(accepted_at=None)
        left = factory.Trait(ends_on=days_from_now(-1))
        last_day = factory.Trait(ends_on=days_from_now(0))

    @factory.post_generation
    def roles(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Pass `roles=[]` for a contact whose role was taken away."""
        if self.accepted_at is None:
            return
        for wijk in self.partner.wijken.all() if extracted is None else extracted:
            RoleAssignmentFactory(
                user=self.user, role=Role.PARTNER, wijk=wijk, starts_on=self.starts_on, ends_on=self.ends_on
            )
