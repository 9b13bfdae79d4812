"""The wijkagenda: the coordinator chooses what of the joint actions and signals everybody may read, and publishes."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.models import JointAction, WijkAgenda
from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import StaleVersion, WorkflowError
from shared.ui import page_cache
from shared.wijken.models import Wijk


@transaction.atomic
def publish(
    wijk: Wijk, year: int, *, intro: str, actions: Iterable[JointAction], by: User, version: int | None = None
) -> WijkAgenda:
    """Put the agenda on the website with these actions, or change what stands there.

    Raises:
        WorkflowError: there is nothing to show.
        StaleVersion: a colleague changed it after this person saw it.
    """
    chosen = {action.pk for action in actions}
    if not chosen and not intro.strip():
        raise WorkflowError(_("Kies minstens één actie, of schrijf een inleiding. Anders is de wijkagenda leeg."))
    agenda = _lock(wijk, year, by=by, version=version)
    of_year = JointAction.objects.of_year(wijk, year)
    known = set(of_year.values_list("pk", flat=True))
    of_year.filter(pk__in=chosen).update(is_public=True)
    of_year.exclude(pk__in=chosen).update(is_public=False)
    agenda.intro = intro
    agenda.published_at = agenda.published_at or timezone.now()
    _save(agenda, by)

    trail.record("partners.agenda_published", subject=agenda, by=by, new={"actions": len(chosen & known)})
    page_cache.touch()
    return agenda


@transaction.atomic
def withdraw(agenda: WijkAgenda, *, by: User, version: int | None = None) -> WijkAgenda:
    """Take it off the website; what was chosen stays chosen."""
    agenda = _lock(agenda.wijk, agenda.year, by=by, version=version)
    agenda.published_at = None
    _save(agenda, by)
    trail.record("partners.agenda_withdrawn", subject=agenda, by=by)
    page_cache.touch()
    return agenda


def _lock(wijk: Wijk, year: int, *, by: User, version: int | None) -> WijkAgenda:
    agenda, created = WijkAgenda.objects.select_for_update(of=("self",)).get_or_create(
        wijk=wijk, year=year, defaults={"changed_by": by}
    )
    if not created and version is not None and version != agenda.version:
        raise StaleVersion(
            _("Een collega heeft deze wijkagenda intussen gewijzigd. Bekijk haar eerst. Er is niets gewijzigd.")
        )
    return agenda


def _save(agenda: WijkAgenda, by: User) -> None:
    agenda.changed_at, agenda.changed_by = timezone.now(), by
    agenda.version += 1
    agenda.save()
