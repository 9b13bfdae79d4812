"""Who takes part in the network of a wijk today: whom one can name, ask along, or give something to do."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from partners.models import Partner, PartnerContact
from shared.accounts.enums import Role
from shared.accounts.models import Department, RoleAssignment, User
from shared.accounts.querysets import UserQuerySet
from shared.wijken.models import Buurt, Wijk


def people_of(wijk: Wijk) -> UserQuerySet:
    """The coordinators of the wijk, who speaks there for a partner, and the ambassadors of all departments."""
    held = RoleAssignment.objects.active()
    partners = held.filter(role=Role.PARTNER, wijk=wijk).values("user")
    speaking = PartnerContact.objects.speaking().filter(partner__wijken=wijk).values("user")
    found: UserQuerySet = User.objects.filter(
        Q(pk__in=User.objects.coordinators_of(wijk).values("pk"))
        | Q(pk__in=partners) & Q(pk__in=speaking)
        | Q(pk__in=held.filter(role=Role.AMBASSADOR).values("user")),
        is_active=True,
    )
    return found.order_by("name", "pk")


def coordinators_or_managers(wijk: Wijk) -> list[User]:
    """Who answers for this wijk; never nobody while there is a functional manager."""
    found = list(User.objects.coordinators_of(wijk))
    return found or list(User.objects.active_in_role(Role.FUNCTIONAL_MANAGER))


def contacts_of(partners: Iterable[Partner], wijk: Wijk) -> list[User]:
    """Who speaks for these organisations and has the role in this wijk."""
    speaking = PartnerContact.objects.speaking().filter(partner__in=list(partners))
    return list(people_of(wijk).filter(pk__in=speaking.values("user")))


def ambassadors_of(department: Department) -> list[User]:
    """The ambassadors of this department today, or who stands in for one who is away."""
    holders = RoleAssignment.objects.active().filter(role=Role.AMBASSADOR, department=department)
    found: dict[int, User] = {}
    for holder in User.objects.filter(pk__in=holders.values("user"), is_active=True).order_by("name", "pk"):
        found |= {user.pk: user for user in User.objects.standing_in_for(holder)}
    return list(found.values())


def affiliations(users: Iterable[User]) -> dict[int, str]:
    """For whom each of these people works, in a few words; two queries, however many there are."""
    keys = [user.pk for user in users]
    words: dict[int, list[str]] = {key: [] for key in keys}
    for contact in PartnerContact.objects.speaking().filter(user__in=keys).select_related("partner"):
        words[contact.user_id].append(contact.partner.name)
    roles = RoleAssignment.objects.active().filter(user__in=keys, role__in=[Role.COORDINATOR, Role.AMBASSADOR])
    for role in roles.select_related("department").order_by("role", "pk"):
        words[role.user_id].append(str(role.department) if role.department else _("wijkcoördinator"))
    return {key: ", ".join(dict.fromkeys(found)) for key, found in words.items()}


def in_full(user: User, works_for: dict[int, str]) -> str:
    """The name with for whom somebody works: “Els Bakker (Rivas)”."""
    place = works_for.get(user.pk, "")
    return f"{user} ({place})" if place else str(user)


def no_secrets(wijken: Iterable[Wijk]) -> list[str]:
    """Names that may stand in any text here: areas, organisations, departments, and the professionals themselves."""
    return [
        *Wijk.objects.current().values_list("short_name", flat=True),
        *Buurt.objects.current().values_list("name", flat=True),
        *Partner.objects.active().values_list("name", flat=True),
        *Department.objects.values_list("name", flat=True),
        *(name for wijk in wijken for name in people_of(wijk).values_list("name", flat=True)),
    ]
