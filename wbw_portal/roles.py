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

READS_APPLICATIONS = ("subsidies.view_*",)
REVIEWS_APPLICATIONS = (
    "subsidies.view_*",
    "subsidies.add_application",
    "subsidies.change_application",
    "subsidies.review_application",
    "subsidies.decide_application",
    "subsidies.export_*",
)
PAYS = (
    "subsidies.view_*",
    "subsidies.add_paymentbatch",
    "subsidies.change_paymentbatch",
    "subsidies.release_paymentbatch",
    "subsidies.change_payment",
    "subsidies.export_applications",
)
EDITS_SCHEMES = (
    "subsidies.*_scheme",
    "subsidies.*_schemeversion",
    "subsidies.*_categorycap",
    "subsidies.*_eligibilityquestion",
    "subsidies.*_criterion",
    "subsidies.*_ground",
    "subsidies.*_obligation",
    "subsidies.*_accountabilityband",
    "subsidies.*_round",
    "subsidies.*_ceiling",
    "subsidies.*_lettertext",
    "subsidies.*_mandate",
    "subsidies.*_penaltyrate",
    "subsidies.*_interestrate",
    "subsidies.*_municipalbudget",
)

READS_PROJECTS = ("participation.view_*", "moments.view_*")
# Which project is theirs, the policies of the programme say.
WORKS_ON_PROJECTS = (
    *READS_PROJECTS,
    "moments.organise_moment",
    "participation.add_project",
    "participation.change_project",
    "participation.register_project",
    "participation.export_projects",
)
REVIEWS_CHALLENGES = ("challenges.view_*", "challenges.review_challenge", "challenges.export_challenges")
MANAGES_PROJECTS = (*WORKS_ON_PROJECTS, "participation.import_projects", "participation.*_alderman")

SENDS_NEWSLETTERS = ("partners.send_newsletter", "partners.view_newsletter")
# Which departments and wijken is up to each page.
WORKS_ON_ADVICE = ("ambassadors.view_advicerequest", "ambassadors.export_advice")
# Which wijken are theirs, the lists themselves say.
KEEPS_PARTNERS = (
    "partners.view_partner",
    "partners.add_partner",
    "partners.change_partner",
    "partners.view_listing",
    "partners.change_listing",
    "partners.view_match",
)

PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.RESIDENT: (),
    Role.PARTNER: (),
    Role.COORDINATOR: (
        *REVIEWS_INITIATIVES,
        *REVIEWS_APPLICATIONS,
        *SENDS_NEWSLETTERS,
        *WORKS_ON_PROJECTS,
        *REVIEWS_CHALLENGES,
        *KEEPS_PARTNERS,
        "participation.import_projects",
        *WORKS_ON_ADVICE,
        "initiatives.*_standardtext",
        "notifications.view_outboxmessage",
        "notifications.send_again",
        "accounts.view_absence",
        "accounts.add_absence",
        "accounts.change_absence",
    ),
    Role.AMBASSADOR: (
        *READS_INITIATIVES,
        *WORKS_ON_PROJECTS,
        "participation.import_projects",
        "ambassadors.view_advicerequest",
        "accounts.view_absence",
        "accounts.add_absence",
        "accounts.change_absence",
    ),
    Role.PROJECT_LEAD: (
        *READS_INITIATIVES,
        *WORKS_ON_PROJECTS,
        "accounts.view_absence",
        "accounts.add_absence",
        "accounts.change_absence",
    ),
    Role.FINANCE: (*READS_INITIATIVES, *PAYS),
    Role.COUNCIL_STAFF: (
        *READS_INITIATIVES,
        *READS_APPLICATIONS,
        *READS_PROJECTS,
        "participation.export_projects",
        "initiatives.export_initiatives",
        "subsidies.export_applications",
        "ambassadors.export_advice",
    ),
    Role.FUNCTIONAL_MANAGER: (
        *REVIEWS_INITIATIVES,
        *REVIEWS_APPLICATIONS,
        *SENDS_NEWSLETTERS,
        *EDITS_SCHEMES,
        *MANAGES_PROJECTS,
        *WORKS_ON_ADVICE,
        *REVIEWS_CHALLENGES,
        *KEEPS_PARTNERS,
        "themes.*",
        "partners.*_checklistitem",
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
