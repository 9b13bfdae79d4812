"""What each role may do, in one table: `sync_roles` puts it in the groups. A star stands for any number of letters."""

from shared.accounts.enums import Role

READS_INITIATIVES = ("initiatives.view_*",)
REVIEWS_INITIATIVES = (
    "initiatives.view_*",
    "initiatives.add_initiative",
    "initiatives.change_initiative",
    "initiatives.review_initiative",
    "initiatives.export_*",
)

PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.RESIDENT: (),
    Role.PARTNER: (),
    Role.COORDINATOR: (
        *REVIEWS_INITIATIVES,
        "initiatives.*_standardtext",
        "notifications.view_outboxmessage",
        "notifications.send_again",
        "accounts.view_absence",
        "accounts.add_absence",
        "accounts.change_absence",
    ),
    Role.AMBASSADOR: (*READS_INITIATIVES, "accounts.view_absence", "accounts.add_absence", "accounts.change_absence"),
    Role.FINANCE: READS_INITIATIVES,
    Role.COUNCIL_STAFF: (*READS_INITIATIVES, "initiatives.export_initiatives"),
    Role.FUNCTIONAL_MANAGER: (
        *REVIEWS_INITIATIVES,
        "initiatives.*_theme",
        "initiatives.*_standardtext",
        "accounts.*",
        "wijken.*",
        "terms.*",
        "audit.view_*",
        "notifications.view_*",
        "notifications.send_again",
        "notifications.read_all",
        "documents.view_*",
        "reports.view_*",
    ),
}
