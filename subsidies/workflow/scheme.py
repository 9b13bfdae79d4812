"""A regulation changes: a new version, published and never touched again; opened, closed; its ceilings and draws."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from shared.ui import page_cache
from shared.ui.notations import euro_text
from shared.wijken.models import Wijk
from subsidies import budget
from subsidies.budget.position import undecided_asks
from subsidies.enums import IN_ROUNDS, AdviserKind, Distribution
from subsidies.models import Ceiling, Ground, Lottery, Scheme, SchemeVersion
from subsidies.statute import STATUTORY_GROUNDS

# What belongs to a version and comes along to the next.
CHILDREN = (
    "category_caps",
    "eligibility_questions",
    "criteria",
    "grounds",
    "obligations",
    "accountability_bands",
)


class SchemeNotReady(WorkflowError):
    """Something that the law or the portal needs is missing; the message names it."""


@transaction.atomic
def make_version(scheme: Scheme, *, by: User | None) -> SchemeVersion:
    """Copy the newest version with everything that belongs to it, as a draft.

    Raises:
        WorkflowError: there is a draft already, or nothing to copy.
    """
    scheme = _lock(scheme)
    newest = scheme.versions.order_by("-number").first()
    if newest is None:
        raise WorkflowError(_("Deze regeling heeft nog geen versie. Voeg de eerste toe."))
    if newest.published_at is None:
        raise WorkflowError(_("Er is al een concept: versie %(number)d. Pas dat aan.") % {"number": newest.number})
    copy = SchemeVersion.objects.get(pk=newest.pk)
    copy.pk, copy.number, copy.published_at, copy.valid_from = None, newest.number + 1, None, today()
    copy.save()
    for name in CHILDREN:
        for child in getattr(newest, name).all():
            child.pk, child.scheme_version = None, copy
            child.save()
    trail.record("subsidies.version_made", subject=scheme, by=by, new={"versie": copy.number})
    return copy


@transaction.atomic
def give_statutory_grounds(version: SchemeVersion) -> None:
    """The grounds of the Awb below those of the scheme; an article that is there keeps the words it has.

    For a first version only: later ones are copies, in which the municipality may have changed the words.
    """
    there = set(version.grounds.values_list("kind", "article"))
    position = version.grounds.aggregate(last=Max("position", default=0))["last"]
    Ground.objects.bulk_create(
        Ground(scheme_version=version, position=position + number, **asdict(ground))
        for number, ground in enumerate(STATUTORY_GROUNDS, start=1)
        if (ground.kind, ground.article) not in there
    )


@transaction.atomic
def publish_version(version: SchemeVersion, *, by: User | None) -> SchemeVersion:
    """Fix a version for good; applicants from its first day on read it.

    Raises:
        SchemeNotReady: something is missing, named.
    """
    scheme = _lock(version.scheme)
    version = SchemeVersion.objects.select_for_update().get(pk=version.pk)
    if version.published_at is not None:
        raise WorkflowError(_("Deze versie is al vastgesteld."))
    if missing := lacks(version):
        raise SchemeNotReady(" ".join(missing))
    version.published_at = timezone.now()
    version.save()
    trail.record("subsidies.version_published", subject=scheme, by=by, new={"versie": version.number})
    page_cache.touch()
    return version


def lacks(version: SchemeVersion) -> list[str]:
    """What keeps a version from being published, in sentences."""
    checks = {
        _("Voeg ten minste één criterium toe."): not version.criteria.exists(),
        _("Voeg ten minste één grond om te weigeren toe."): not version.grounds.filter(active=True).exists(),
        _("Zeg hoe de ontvanger verantwoordt: begin bij € 0."): not version.accountability_bands.filter(
            from_amount=0
        ).exists(),
        _("Noem de criteria voor de rangschikking."): version.distribution == Distribution.RANKING
        and not version.score_criteria.strip(),
        _("Direct vaststellen kan niet boven het maximumbedrag."): version.direct_settlement_until
        > version.maximum_amount,
        _("Zeg wie het bindende advies geeft."): version.advice_binding and version.adviser == AdviserKind.NONE,
        _("Vul de naam en het e-mailadres van het panel of de partner in."): version.adviser
        in (AdviserKind.PANEL, AdviserKind.PARTNER)
        and not (version.adviser_name.strip() and version.adviser_email),
        # Whoever applied read the version of that day; it cannot change afterwards.
        _("De eerste dag van een nieuwe versie kan niet vóór vandaag liggen, want er zijn al aanvragen gedaan."): (
            version.valid_from < today()
            and version.scheme.applications.filter(received_on__gte=version.valid_from).exists()
        ),
    }
    return [sentence for sentence, is_missing in checks.items() if is_missing]


@transaction.atomic
def open_scheme(scheme: Scheme, *, by: User | None) -> Scheme:
    """Take applications from now on.

    Raises:
        SchemeNotReady: no legal basis (Awb article 4:23), no version, or a ceiling that was not published before its
            period (Awb article 4:27).
    """
    scheme = _lock(scheme)
    if scheme.is_open:
        raise WorkflowError(_("Deze regeling is al open."))
    if missing := why_not_open(scheme):
        raise SchemeNotReady(" ".join(missing))
    scheme.opened_at, scheme.closed_at = timezone.now(), None
    scheme.save()
    trail.record("subsidies.scheme_opened", subject=scheme, by=by)
    page_cache.touch()
    return scheme


def why_not_open(scheme: Scheme) -> list[str]:
    """What keeps a scheme from opening, in sentences."""
    published = scheme.versions.filter(published_at__isnull=False)
    late = [ceiling for ceiling in scheme.ceilings.filter(period_to__gte=today()) if not _published_in_time(ceiling)]
    newest = published.order_by("-valid_from", "-number").first()
    ranked = newest is not None and newest.distribution in IN_ROUNDS
    checks = {
        _("Vul de wettelijke grondslag in (Awb artikel 4:23)."): not scheme.legal_basis.strip(),
        _("Stel eerst een versie vast."): newest is None,
        _("Maak eerst een ronde: deze regeling werkt met rondes."): ranked and not scheme.rounds.exists(),
        _("Maak het subsidieplafond bekend vóór het begin van de periode (Awb artikel 4:27)."): bool(late),
    }
    return [sentence for sentence, is_missing in checks.items() if is_missing]


@transaction.atomic
def close_scheme(scheme: Scheme, *, by: User) -> Scheme:
    """Take no applications any more; those that came in are handled as usual."""
    scheme = _lock(scheme)
    if not scheme.is_open:
        raise WorkflowError(_("Deze regeling is niet open."))
    scheme.closed_at = timezone.now()
    scheme.save()
    trail.record("subsidies.scheme_closed", subject=scheme, by=by)
    page_cache.touch()
    return scheme


@transaction.atomic
def set_ceiling(ceiling: Ceiling, amount: Decimal, *, by: User | None) -> Ceiling:
    """Save a new ceiling and fill it.

    Raises:
        WorkflowError: it overlaps another one for the same wijk.
    """
    scheme = _lock(ceiling.scheme)
    same_place = Ceiling.objects.filter(scheme=scheme, wijk=ceiling.wijk)
    if same_place.filter(period_from__lte=ceiling.period_to, period_to__gte=ceiling.period_from).exists():
        raise WorkflowError(_("Er is in deze periode al een plafond. Verhoog of verlaag dat."))
    ceiling.available = Decimal(0)
    ceiling.save()
    budget.raise_or_lower(ceiling, amount, by=by, on=ceiling.period_from)
    trail.record("subsidies.ceiling_set", subject=scheme, by=by, text=str(ceiling), new={"bedrag": euro_text(amount)})
    page_cache.touch()
    ceiling.refresh_from_db()
    return ceiling


@transaction.atomic
def publish_ceiling(ceiling: Ceiling, *, by: User) -> Ceiling:
    """Keep when and where the ceiling was published; from then on people may count on it."""
    Ceiling.objects.filter(pk=ceiling.pk).update(
        published_on=ceiling.published_on, published_where=ceiling.published_where
    )
    trail.record(
        "subsidies.ceiling_set",
        subject=ceiling.scheme,
        by=by,
        text=str(ceiling),
        new={"bekendgemaakt": f"{ceiling.published_on or ''}", "waar": ceiling.published_where},
    )
    page_cache.touch()
    return ceiling


@transaction.atomic
def raise_ceiling(ceiling: Ceiling, amount: Decimal, *, reason: str, by: User) -> Ceiling:
    """Add money."""
    return _change(ceiling, amount, reason=reason, on=today(), by=by)


@transaction.atomic
def lower_ceiling(ceiling: Ceiling, amount: Decimal, *, published_on: date, reason: str, by: User) -> Ceiling:
    """Take money away that nobody who applied before the publication may count on (Awb article 4:27(2)).

    Raises:
        WorkflowError: undecided applications of before that day may still ask for it.
    """
    _keep_for_earlier(ceiling, amount, published_on)
    return _change(ceiling, -amount, reason=reason, on=max(published_on, today()), by=by)


@transaction.atomic
def move_money(source: Ceiling, target: Ceiling, amount: Decimal, *, by: User) -> None:
    """Bring what one wijk did not use to another, from the day on that the scheme names.

    Raises:
        WorkflowError: too early, not the same scheme and period, or somebody may still ask for it.
    """
    if (source.scheme_id, source.period_from) != (target.scheme_id, target.period_from) or source == target:
        raise WorkflowError(_("Kies een ander plafond van dezelfde regeling en periode."))
    first = reallocation_day(source)
    if first is None:
        raise WorkflowError(_("Deze regeling kent geen overheveling tussen wijken."))
    if today() < first:
        raise WorkflowError(_("Overhevelen kan vanaf %(day)s.") % {"day": f"{first:%d-%m-%Y}"})
    # Always in the same order, so that two people never wait for each other.
    list(Ceiling.objects.locked().filter(pk__in=[source.pk, target.pk]).order_by("pk"))
    _keep_for_earlier(source, amount, today())
    note = _("Overheveling van %(source)s naar %(target)s") % {"source": _place(source), "target": _place(target)}
    budget.raise_or_lower(source, -amount, by=by, on=today(), note=note)
    budget.raise_or_lower(target, amount, by=by, on=today(), note=note)
    trail.record("subsidies.ceiling_moved", subject=source.scheme, by=by, text=note, new={"bedrag": euro_text(amount)})
    page_cache.touch()


@transaction.atomic
def draw_lots(ceiling: Ceiling, place: budget.Place, *, by: User) -> Lottery:
    """Draw between the applications that share a day or a score; the seed is kept, so anyone can repeat it.

    Raises:
        WorkflowError: there are not two to draw between, or the order of the round can still change.
    """
    _lock(ceiling.scheme)
    waiting = budget.undrawn(ceiling, place)
    if len(waiting) < 2:
        raise WorkflowError(_("Er zijn hier geen twee aanvragen om tussen te loten."))
    # Who comes at this place later would only get what the others leave.
    if not_final := budget.why_not_final(waiting[0], today()):
        raise WorkflowError(_("Loten kan nog niet. %(why)s") % {"why": not_final})
    about = _("Aanvragen %(place)s, %(ceiling)s") % {"place": place, "ceiling": ceiling}
    lottery = budget.draw(ceiling.scheme, waiting, about=about[:200])
    for application in waiting:
        trail.record("subsidies.lots_drawn", subject=application, by=by, new={"seed": lottery.seed})
    return lottery


def reallocation_day(ceiling: Ceiling) -> date | None:
    """From when on money may move between wijken in the year of this ceiling; None when the scheme has no such day."""
    version = ceiling.scheme.versions.in_force(today()).first()
    if version is None or not version.reallocate_on:
        return None
    day, month = (int(part) for part in version.reallocate_on.split("-"))
    return date(ceiling.period_from.year, month, day)


def _change(ceiling: Ceiling, amount: Decimal, *, reason: str, on: date, by: User) -> Ceiling:
    if amount == 0:
        raise WorkflowError(_("Vul een bedrag in dat meer is dan nul."))
    budget.raise_or_lower(ceiling, amount, by=by, on=on, note=reason[:300])
    trail.record(
        "subsidies.ceiling_set",
        subject=ceiling.scheme,
        by=by,
        text=f"{ceiling}: {reason}",
        new={"erbij": euro_text(amount) if amount > 0 else f"-{euro_text(-amount)}"},
    )
    page_cache.touch()
    ceiling.refresh_from_db()
    return ceiling


def _keep_for_earlier(ceiling: Ceiling, amount: Decimal, published_on: date) -> None:
    list(Ceiling.objects.locked().filter(pk=ceiling.pk))
    asked = undecided_asks(ceiling, published_on)
    free = budget.available(ceiling) - asked
    if amount > free:
        raise WorkflowError(
            _(
                "Een verlaging raakt niet wie al had aangevraagd (Awb artikel 4:27). Die aanvragen vragen samen nog "
                "%(asked)s. U kunt ten hoogste %(free)s weghalen."
            )
            % {"asked": euro_text(asked), "free": euro_text(max(free, Decimal(0)))}
        )


def _published_in_time(ceiling: Ceiling) -> bool:
    return ceiling.published_on is not None and ceiling.published_on < ceiling.period_from


def _place(ceiling: Ceiling) -> str:
    wijk: Wijk | None = ceiling.wijk
    return wijk.short_name if wijk else _("de hele gemeente")


def _lock(scheme: Scheme) -> Scheme:
    locked: Scheme = Scheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)
    return locked
