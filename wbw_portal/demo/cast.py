"""Who plays which part in the demonstration."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.enums import Role
from shared.accounts.models import User

DOMAIN = "@demo.example"
RESIDENTS_SHOWN = 6

PARTS = {
    Role.RESIDENT: (gettext_lazy("Inwoners"), gettext_lazy("Dienen ideeën in en volgen wat ermee gebeurt.")),
    Role.COORDINATOR: (gettext_lazy("Wijkcoördinatoren"), gettext_lazy("Lezen de ideeën uit hun wijk en antwoorden.")),
    Role.FUNCTIONAL_MANAGER: (gettext_lazy("Functioneel beheer"), gettext_lazy("Beheert mensen, teksten en wijken.")),
    Role.COUNCIL_STAFF: (gettext_lazy("Griffie en raad"), gettext_lazy("Bekijken de cijfers en nemen ze mee.")),
    Role.AMBASSADOR: (gettext_lazy("Ambassadeurs"), gettext_lazy("Helpen vanuit hun afdeling.")),
    Role.PROJECT_LEAD: (gettext_lazy("Projectleiders"), gettext_lazy("Leiden projecten van de gemeente.")),
    Role.FINANCE: (gettext_lazy("Financiën"), gettext_lazy("Betalen uit.")),
    Role.PARTNER: (gettext_lazy("Wijkpartners"), gettext_lazy("Werken mee in de wijk.")),
}
ORDER = list(PARTS)


@dataclass(frozen=True)
class Part:
    """A role and who plays it."""

    name: str
    does: str
    people: list[tuple[User, str]]


def everybody() -> QuerySet[User]:
    """The invented people who may sign in; their addresses reach nobody."""
    return User.objects.filter(email__endswith=DOMAIN, is_active=True).order_by("name", "pk")


def parts() -> list[Part]:
    """The people per role, with what they do in words; of the residents only a few."""
    people = everybody().annotate(plans=Count("initiatives", Q(initiatives__published_at__isnull=False)))
    people = people.prefetch_related("role_assignments__wijk", "role_assignments__department")
    known = [(_role(user), user) for user in people]
    # Residents with the most to see first.
    known.sort(key=lambda entry: (ORDER.index(entry[0]), -entry[1].plans, entry[1].name))
    found = []
    for role, entries in groupby(known, key=lambda entry: entry[0]):
        people = [(user, _in_words(user)) for _role_of, user in entries]
        name, does = PARTS[role]
        found.append(Part(str(name), str(does), people[:RESIDENTS_SHOWN] if role == Role.RESIDENT else people))
    return found


def _role(user: User) -> Role:
    held = {Role(assignment.role) for assignment in user.role_assignments.all() if assignment.is_active()}
    return min(held, key=ORDER.index) if held else Role.RESIDENT


def _in_words(user: User) -> str:
    active = [assignment.in_words for assignment in user.role_assignments.all() if assignment.is_active()]
    return ", ".join(active) or _("inwoner")
