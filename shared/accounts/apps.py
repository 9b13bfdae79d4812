"""Who works with the portal."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from shared.audit.enums import ACTION_LABELS
from shared.notifications.enums import CATEGORY_LABELS


class AccountsConfig(AppConfig):
    """People, their roles with dates, their absence."""

    name = "shared.accounts"
    verbose_name = _("Mensen en rollen")

    def ready(self) -> None:
        """Name the actions of the trail, keep the groups in step, and listen to sign-in."""
        from shared.accounts import groups, letters, receivers  # noqa: F401 - models exist from here on

        post_migrate.connect(groups.sync_after_migrate, dispatch_uid="accounts.groups")
        CATEGORY_LABELS[letters.CATEGORY] = _("Inloggen en rollen")
        ACTION_LABELS.update(
            {
                "accounts.invited": _("uitgenodigd"),
                "accounts.role_assigned": _("rol gegeven"),
                "accounts.role_ended": _("rol beëindigd"),
                "accounts.absence_registered": _("afwezigheid genoteerd"),
                "accounts.absence_ended": _("weer aanwezig"),
                "accounts.contact_changed": _("gegevens gewijzigd"),
                "accounts.email_changed": _("e-mailadres gewijzigd"),
                "accounts.closed": _("toegang gesloten"),
                "accounts.reopened": _("toegang geopend"),
                "accounts.department_saved": _("afdeling bewaard"),
                "accounts.signed_in": _("ingelogd"),
                "accounts.own_data_deleted": _("eigen gegevens verwijderd"),
                "accounts.second_factor_added": _("tweede controle toegevoegd"),
                "accounts.second_factor_removed": _("tweede controle verwijderd"),
                "accounts.second_factor_reset": _("tweede controle verwijderd door een beheerder"),
                "accounts.second_factor_failed": _("verkeerde code bij de tweede controle"),
            }
        )
