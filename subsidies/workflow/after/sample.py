"""The sample: of some who only send a photo, the receipts are asked too; a kept seed makes the draw repeatable."""

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shared.audit import trail
from shared.audit.enums import Visibility
from subsidies import budget, rules
from subsidies.enums import AWARDED, AccountabilityMode
from subsidies.letters import after as letters
from subsidies.models import Lottery, Report, Scheme
from subsidies.workflow.case import lock, tell_applicant


@transaction.atomic
def draw_sample(scheme: Scheme, *, first: date, last: date, seed: str = "") -> Lottery | None:
    """Draw from the reports that are due between these days and were in no draw before; None when there are none.

    Each version of the scheme has its own share, so a report enters with the others of its version.
    """
    Scheme.objects.select_for_update().get(pk=scheme.pk)
    entered = _to_draw_from(scheme, first, last)
    if not entered:
        return None
    seed = seed or secrets.token_hex(16)
    drawn: list[str] = []
    for percent in sorted({percent for _report, percent in entered.values()}):
        group = [reference for reference, (_report, share) in entered.items() if share == percent]
        drawn += budget.in_drawn_order(group, seed)[: rules.sample_size(len(group), percent)]
    for reference in drawn:
        _ask_receipts(entered[reference][0])
    return Lottery.objects.create(
        scheme=scheme, about=_about(first, last), seed=seed, entered=sorted(entered), drawn=drawn
    )


def _to_draw_from(scheme: Scheme, first: date, last: date) -> dict[str, tuple[Report, int]]:
    about_samples = Lottery.objects.filter(scheme=scheme, about__startswith=_name())
    before = {reference for row in about_samples.values_list("entered", flat=True) for reference in row}
    found = (
        Report.objects.expected()
        .filter(
            application__scheme=scheme,
            application__status__in=AWARDED,
            application__scheme_version__sample_percent__gt=0,
            mode=AccountabilityMode.PHOTO,
            due_on__range=(first, last),
        )
        .select_related("application__scheme_version")
        .order_by("application__reference")
    )
    return {
        report.application.reference: (report, report.application.scheme_version.sample_percent)
        for report in found
        if report.application.reference not in before
    }


def _ask_receipts(report: Report) -> None:
    application = lock(report.application)
    report.sampled_at = timezone.now()
    report.save(update_fields=["sampled_at"])
    report.application = application
    trail.record("subsidies.report_sampled", subject=application, visibility=Visibility.RESIDENT)
    tell_applicant(application, letters.sampled(report), "sampled")


def _name() -> str:
    # Kept, so in one language whoever draws.
    with translation.override("nl"):
        return _("Steekproef bonnen")


def _about(first: date, last: date) -> str:
    return f"{_name()} {first:%d-%m-%Y} – {last:%d-%m-%Y}"
