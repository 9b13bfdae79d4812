"""Clock-driven calls: take ids, load, one workflow call each; safe to run twice."""

from collections.abc import Callable

from celery import shared_task
from celery.schedules import crontab

from ambassadors.models import AdviceRequest
from ambassadors.seats import seats
from ambassadors.workflow import clock, roundup
from shared.terms.calendar import today


@shared_task
def watch_advice() -> None:
    """Close what is decided, give to successors, remind, note silence, escalate; each step in its own transaction."""
    day = today()
    by_department = {seat.department.pk: seat for seat in seats(day)}
    for request in AdviceRequest.objects.open().select_related("owner", "department").most_urgent_first():
        if clock.overtake(request):
            continue
        if seat := by_department.get(request.department_id or 0):
            clock.pass_to_successor(request, seat)
        steps: tuple[Callable[..., bool], ...] = (clock.remind, clock.lapse, clock.escalate)
        for step in steps:
            step(request, day)


@shared_task
def send_roundups() -> None:
    """Tell what each department did last month; on more than one day, for when the first finds nobody at home."""
    roundup.send_roundups(today())


TIMETABLE = {
    "ambassadors.send_roundups": (send_roundups, crontab(day_of_month="1-5", hour=7, minute=5)),
    "ambassadors.watch_advice": (watch_advice, crontab(hour="6-19", minute=20)),
}
