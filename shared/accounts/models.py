"""People, departments, roles with dates, and absence."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.accounts.enums import ADMIN_ROLES, ASSIGNED_ROLES, DEPARTMENT_ROLES, WIJK_ROLES, Role
from shared.accounts.fields import LowercaseEmailField
from shared.accounts.querysets import PeriodQuerySet, RoleAssignmentQuerySet, UserManager


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with an e-mail address. Nobody has a password; rights come from dated roles only."""

    # What Django would add and the portal does not have: a password, and rights that never end.
    password = None  # type: ignore[assignment]
    is_superuser = None  # type: ignore[assignment]
    groups = None  # type: ignore[assignment]
    user_permissions = None  # type: ignore[assignment]

    email = LowercaseEmailField(
        _("e-mailadres"), unique=True, error_messages={"unique": _("Er is al iemand met dit e-mailadres.")}
    )
    name = models.CharField(_("naam"), max_length=150, blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    is_active = models.BooleanField(
        _("mag inloggen"), default=True, help_text=_("Zet dit uit in plaats van iemand te verwijderen.")
    )
    date_joined = models.DateTimeField(_("bekend sinds"), default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("persoon")
        verbose_name_plural = _("mensen")
        ordering = ("name", "email")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_person_per_email",
                violation_error_message=_("Er is al iemand met dit e-mailadres."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def assignments(self) -> "list[RoleAssignment]":
        """What this person may do today, deputising included: read once per request."""
        found = RoleAssignment.objects.effective_for(self).select_related("wijk", "department")
        return list(found.order_by("role", "pk"))

    @property
    def is_staff(self) -> bool:
        """Django asks this at the door of the admin; the answer ends with the role, so it is not a column."""
        return self.is_active and any(assignment.role in ADMIN_ROLES for assignment in self.assignments)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the record again, and the roles when they are asked for."""
        self.forget_roles()
        super().refresh_from_db(*args, **kwargs)

    def forget_roles(self) -> None:
        """Forget the roles and permissions that were read before."""
        for remembered in ("assignments", "_perm_cache", "_user_perm_cache", "_group_perm_cache"):
            self.__dict__.pop(remembered, None)

    def get_full_name(self) -> str:
        """The name, for Django's own templates."""
        return str(self)

    def get_short_name(self) -> str:
        """The name, for Django's own templates."""
        return str(self)

    def set_password(self, raw_password: str | None) -> None:
        """Nobody has a password."""

    def check_password(self, raw_password: str | None) -> bool:
        """Nobody has a password, so none is right."""
        return False

    async def acheck_password(self, raw_password: str | None) -> bool:
        """Nobody has a password, so none is right."""
        return False

    def set_unusable_password(self) -> None:
        """Nobody has a password."""

    def has_usable_password(self) -> bool:
        """Nobody has a password."""
        return False

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session ends when the address of the account changes: that address is what one signs in with."""
        return salted_hmac("shared.accounts.session", self.email, secret=secret, algorithm="sha256").hexdigest()


class Department(models.Model):
    """A part of the municipality that gives advice or takes over work."""

    name = models.CharField(_("naam"), max_length=150, unique=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    head_email = models.EmailField(
        _("e-mailadres van het afdelingshoofd"),
        blank=True,
        help_text=_("Voor het maandoverzicht, en voor advies dat te lang op zich laat wachten."),
    )

    class Meta:
        verbose_name = _("afdeling")
        verbose_name_plural = _("afdelingen")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class RoleAssignment(models.Model):
    """Somebody has a role from one day up to and including another, in a wijk, for a department or everywhere."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_assignments", verbose_name=_("persoon"))
    role = models.CharField(_("rol"), max_length=30, choices=[(role.value, role.label) for role in ASSIGNED_ROLES])
    wijk = models.ForeignKey(
        "wijken.Wijk",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="role_assignments",
        verbose_name=_("wijk"),
        help_text=_("Alleen voor een wijkcoördinator of een wijkpartner."),
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="role_assignments",
        verbose_name=_("afdeling"),
        help_text=_("Alleen voor een ambassadeur of een projectleider."),
    )
    is_deputy = models.BooleanField(
        _("plaatsvervanger"),
        default=False,
        help_text=_("Alleen voor een ambassadeur: neemt waar als de ambassadeur er niet is."),
    )
    starts_on = models.DateField(_("eerste dag"))
    ends_on = models.DateField(_("laatste dag"), null=True, blank=True, help_text=_("Leeg: de rol loopt door."))

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("rol")
        verbose_name_plural = _("rollen")
        ordering = ("user__name", "role", "starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=(Q(role__in=sorted(WIJK_ROLES)) & Q(wijk__isnull=False))
                | (~Q(role__in=sorted(WIJK_ROLES)) & Q(wijk__isnull=True)),
                name="role_names_its_wijk",
                violation_error_message=_(
                    "Kies een wijk bij een wijkcoördinator of wijkpartner. Laat de wijk leeg bij een andere rol."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(role__in=sorted(DEPARTMENT_ROLES)) & Q(department__isnull=False))
                | (~Q(role__in=sorted(DEPARTMENT_ROLES)) & Q(department__isnull=True)),
                name="role_names_its_department",
                violation_error_message=_(
                    "Kies een afdeling bij een ambassadeur of een projectleider, en alleen daar."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_deputy=False) | Q(role=Role.AMBASSADOR),
                name="deputy_of_an_ambassador",
                violation_error_message=_("Alleen een ambassadeur kan plaatsvervanger zijn."),
            ),
            # One day before the first is a role that ended on the day it began: at once is at once.
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on") - timedelta(days=1)),
                name="role_ends_after_it_starts",
                violation_error_message=_("De laatste dag kan niet vóór de eerste dag liggen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.in_words}"

    @property
    def in_words(self) -> str:
        """The role with its place: “wijkcoördinator van De Volgerlanden”."""
        place = self.wijk or self.department
        label = gettext("plaatsvervangend ambassadeur") if self.is_deputy else str(Role(self.role).label)
        return gettext("%(role)s van %(place)s") % {"role": label, "place": place} if place else label

    @property
    def period(self) -> str:
        """The dates: “vanaf 1 mei 2026”, “1 mei 2026 tot en met 31 mei 2026”."""
        first = format_date(self.starts_on, "j F Y")
        if self.ends_on is None:
            return gettext("vanaf %(first)s") % {"first": first}
        return gettext("%(first)s tot en met %(last)s") % {"first": first, "last": format_date(self.ends_on, "j F Y")}

    def is_active(self, on: date | None = None) -> bool:
        """Whether the role holds on this day."""
        on = on or timezone.localdate()
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)


class Absence(models.Model):
    """Somebody is away from one day up to and including another; the deputy takes over the daily work."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences", verbose_name=_("wie is er weg"))
    deputy = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="replacements", verbose_name=_("wie neemt waar")
    )
    starts_on = models.DateField(_("eerste dag"))
    ends_on = models.DateField(_("laatste dag"))

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("afwezigheid")
        verbose_name_plural = _("afwezigheid")
        ordering = ("-starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(user=F("deputy")),
                name="deputy_is_somebody_else",
                violation_error_message=_("Kies iemand anders als vervanger."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_it_starts",
                violation_error_message=_("De laatste dag kan niet vóór de eerste dag liggen."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(user)s is weg, %(deputy)s neemt waar") % {"user": self.user, "deputy": self.deputy}
