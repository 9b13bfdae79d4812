"""People: `CoordinatorFactory(wijk=wijk)`, `AmbassadorFactory(department=…)`, `CoordinatorFactory(expired=True)`."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from shared.accounts.enums import Role
from shared.accounts.models import Absence, Department, RoleAssignment, User


def days_from_now(days: int) -> Any:
    """A day before or after today, decided when the record is made."""
    return factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=days))


class UserFactory(DjangoModelFactory):
    """A resident."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"bewoner{n}@voorbeeld.example")
    name = factory.Sequence(lambda n: f"Bewoner {n}")

    class Params:
        closed = factory.Trait(is_active=False)


class DepartmentFactory(DjangoModelFactory):
    """A department of the municipality."""

    class Meta:
        model = Department

    name = factory.Sequence(lambda n: f"Afdeling {n}")
    email = factory.Sequence(lambda n: f"afdeling{n}@gemeente.example")
    phone = "078 123 45 67"


class RoleAssignmentFactory(DjangoModelFactory):
    """A role since a month, by default coordinator of a wijk of their own."""

    class Meta:
        model = RoleAssignment

    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR
    wijk = factory.Maybe("needs_wijk", factory.SubFactory("tests.factories.wijken.WijkFactory"), None)
    department = factory.Maybe("needs_department", factory.SubFactory(DepartmentFactory), None)
    starts_on = days_from_now(-30)
    ends_on = None

    class Params:
        needs_wijk = factory.LazyAttribute(lambda made: made.role in (Role.COORDINATOR, Role.PARTNER))
        needs_department = factory.LazyAttribute(lambda made: made.role in (Role.AMBASSADOR, Role.PROJECT_LEAD))
        expired = factory.Trait(ends_on=days_from_now(-1))
        last_day = factory.Trait(ends_on=days_from_now(0))
        future = factory.Trait(starts_on=days_from_now(1))


class StaffFactory(UserFactory):
    """Somebody with a role; what belongs to the role (wijk, department, expired, future) goes to the assignment."""

    class Meta:
        abstract = True

    email = factory.Sequence(lambda n: f"medewerker{n}@gemeente.example")
    name = factory.Sequence(lambda n: f"Medewerker {n}")

    _role = Role.COORDINATOR
    _of_the_role = ("wijk", "department", "starts_on", "ends_on", "expired", "last_day", "future")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        of_the_role = {name: fields.pop(name) for name in cls._of_the_role if name in fields}
        user = super()._create(model_class, *args, **fields)
        RoleAssignmentFactory(user=user, role=cls._role, **of_the_role)
        return user


class CoordinatorFactory(StaffFactory):
    """A coordinator, of a wijk of their own when none is given."""

    _role = Role.COORDINATOR


class PartnerFactory(StaffFactory):
    """An organisation that works in a wijk."""

    _role = Role.PARTNER


class AmbassadorFactory(StaffFactory):
    """The ambassador of a department."""

    _role = Role.AMBASSADOR


class ProjectLeadFactory(StaffFactory):
    """Leads projects of a department."""

    _role = Role.PROJECT_LEAD


class FinanceFactory(StaffFactory):
    """Pays."""

    _role = Role.FINANCE


class CouncilStaffFactory(StaffFactory):
    """Reads totals for the council."""

    _role = Role.COUNCIL_STAFF


class ManagerFactory(StaffFactory):
    """A functional manager."""

    _role = Role.FUNCTIONAL_MANAGER


class AbsenceFactory(DjangoModelFactory):
    """Away this week."""

    class Meta:
        model = Absence

    user = factory.SubFactory(CoordinatorFactory)
    deputy = factory.SubFactory(CoordinatorFactory)
    starts_on = days_from_now(-1)
    ends_on = days_from_now(5)

    class Params:
        over = factory.Trait(starts_on=days_from_now(-7), ends_on=days_from_now(-1))
        coming = factory.Trait(starts_on=days_from_now(1))
