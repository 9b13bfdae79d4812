"""What somebody can be in this portal."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The values are the names of the groups that carry the permissions (`sync_roles`)."""

    RESIDENT = "resident", _("inwoner")
    COORDINATOR = "coordinator", _("wijkcoördinator")
    AMBASSADOR = "ambassador", _("ambassadeur")
    PROJECT_LEAD = "project_lead", _("projectleider")
    PARTNER = "partner", _("wijkpartner")
    FINANCE = "finance", _("financiën")
    COUNCIL_STAFF = "council_staff", _("griffie en raad")
    FUNCTIONAL_MANAGER = "functional_manager", _("functioneel beheerder")


# Each assignment to one of these names a wijk.
WIJK_ROLES = frozenset({Role.COORDINATOR, Role.PARTNER})
# Each assignment to one of these names a department.
DEPARTMENT_ROLES = frozenset({Role.AMBASSADOR, Role.PROJECT_LEAD})
# Everybody who works with the portal signs in with a second factor; partners too, because they read residents' data.
STAFF_ROLES = frozenset(set(Role) - {Role.RESIDENT})
# These have work in the admin; the others have pages of their own.
ADMIN_ROLES = frozenset({Role.COORDINATOR, Role.AMBASSADOR, Role.PROJECT_LEAD, Role.FINANCE, Role.FUNCTIONAL_MANAGER})
# A deputy takes over the daily work, not the keys of the house.
DEPUTISED_ROLES = frozenset({Role.COORDINATOR, Role.AMBASSADOR, Role.PROJECT_LEAD})
# Everybody is a resident; nobody is assigned to that.
ASSIGNED_ROLES = [role for role in Role if role is not Role.RESIDENT]
