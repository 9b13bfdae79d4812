"""Wijkpartners: `OrganisationFactory(wijken=[wijk])`, `PartnerContactFactory(partner=…)` gives its user the role."""

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from partners.enums.offers import Direction, ListingStatus, MatchStatus, Resource
from partners.enums.organisations import PartnerKind
from partners.models import HelpConsent, Listing, Match, Partner, PartnerContact
from shared.accounts.enums import Role
from tests.factories.accounts import RoleAssignmentFactory, UserFactory, days_from_now
from tests.factories.initiatives import InitiativeFactory
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


class ListingFactory(DjangoModelFactory):
    """An open offer of a room by an organisation, in all its wijken; `need=True`, `of_plan=True`, `published=True`."""

    class Meta:
        model = Listing
        skip_postgeneration_save = True

    direction = Direction.OFFER
    kind = Resource.PLACE
    title = factory.Sequence(lambda n: f"Zaal voor bijeenkomsten {n}")
    partner = factory.SubFactory(OrganisationFactory)
    opened_at = factory.LazyFunction(timezone.now)

    class Params:
        need = factory.Trait(direction=Direction.NEED, title=factory.Sequence(lambda n: f"Zaal voor een feest {n}"))
        of_plan = factory.Trait(
            need=True,
            partner=None,
            initiative=factory.SubFactory(InitiativeFactory, accepted=True, published=True, help_wanted=["place"]),
            title=factory.SelfAttribute("initiative.public_title"),
        )
        of_department = factory.Trait(
            partner=None, department=factory.SubFactory("tests.factories.accounts.DepartmentFactory")
        )
        published = factory.Trait(may_be_public=True, published_at=factory.LazyFunction(timezone.now))
        agreed = factory.Trait(status=ListingStatus.AGREED)
        ended = factory.Trait(status=ListingStatus.ENDED, closed_at=factory.LazyFunction(timezone.now))

    @factory.post_generation
    def wijken(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        own = self.partner.wijken.all() if self.partner else []
        self.wijken.set(extracted or own or [self.initiative.wijk if self.initiative else WijkFactory()])


class MatchFactory(DjangoModelFactory):
    """An offer of an organisation with a contact and the need of a resident's plan, proposed today."""

    class Meta:
        model = Match

    offer = factory.SubFactory(ListingFactory)
    need = factory.SubFactory(ListingFactory, of_plan=True)
    points = 65
    reasons = factory.LazyFunction(lambda: [["wijk", ""], ["kind", "place"], ["word", "zaal"]])
    proposed_at = factory.LazyFunction(timezone.now)
    told_at = factory.SelfAttribute("proposed_at")

    class Params:
        later = factory.Trait(status=MatchStatus.LATER, later_on=days_from_now(14))
        willing = factory.Trait(status=MatchStatus.WILLING, offer_agreed_at=factory.LazyFunction(timezone.now))
        in_contact = factory.Trait(
            status=MatchStatus.CONTACT,
            offer_agreed_at=factory.LazyFunction(timezone.now),
            need_agreed_at=factory.LazyFunction(timezone.now),
            contact_at=factory.LazyFunction(timezone.now),
        )
        succeeded = factory.Trait(
            in_contact=True,
            status=MatchStatus.SUCCEEDED,
            result="Het feest was in de zaal.",
            closed_at=factory.LazyFunction(timezone.now),
        )


class HelpConsentFactory(DjangoModelFactory):
    """Asked and not answered."""

    class Meta:
        model = HelpConsent

    initiative = factory.SubFactory(InitiativeFactory, accepted=True, published=True, help_wanted=["place"])
    asked_at = factory.LazyFunction(timezone.now)
