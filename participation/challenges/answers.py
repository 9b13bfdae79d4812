"""The answers of a group as people read them back: on the check page, in the own file and in the admin."""

from django.utils.translation import gettext as _

from initiatives.answers import Answer, Group
from participation.challenges.models import Challenge
from participation.challenges.workflow import Group as Asker
from participation.challenges.workflow import Task
from shared.ui import notations


def about_task(task: Task | Challenge) -> Group:
    """What the group wants to take over, in the order of the form."""
    where = f"{task.buurt}, {task.wijk}" if task.buurt else str(task.wijk)
    return Group(
        _("De taak"),
        [
            Answer(_("Welke taak van de gemeente wilt u overnemen?"), task.title, "title"),
            Answer(_("Waarom? Wat kan er nu beter?"), task.now, "now"),
            Answer(_("Hoe wilt u het doen?"), task.plan, "plan"),
            Answer(_("Wat wordt er beter, en voor wie?"), task.value, "value"),
            Answer(_("Wat heeft u nodig van de gemeente?"), task.costs, "costs"),
            Answer(_("In welke buurt?"), where, "buurt"),
            Answer(_("Straat of plek"), task.place, "place"),
            Answer(_("Wie in de buurt staat erachter?"), task.support, "support"),
        ],
    )


def about_group(group: Asker | Challenge) -> Group:
    """The group, and who speaks for it."""
    return Group(
        _("De groep"),
        [
            Answer(_("Hoe heet uw groep?"), group.group_name, "group_name"),
            Answer(_("Met hoeveel mensen bent u?"), str(group.members), "members"),
            Answer(_("Uw naam"), group.name, "name"),
            Answer(_("Uw e-mailadres"), group.email, "email"),
            Answer(_("Uw telefoonnummer"), notations.phone_text(group.phone) if group.phone else "", "phone"),
            Answer(
                _("De taak, de groepsnaam en hoe het ervoor staat mogen op de website"),
                _("Ja") if group.may_publish else _("Nee"),
                "may_publish",
            ),
        ],
    )
