"""What goes on by itself in the demonstration: the portal's own clock, and the days on which finance pays."""

from datetime import datetime, time, timedelta

from django.db.models import F
from django.utils import timezone

from ambassadors.tasks import watch_advice
from participation import tasks as participation
from partners.tasks import watch_listings
from shared import municipality
from shared.notifications.enums import Channel, MessageStatus
from shared.notifications.models import OutboxMessage
from shared.terms import legal_days
from shared.terms.calendar import today
from subsidies import tasks
from subsidies.enums import AccountFinding, BatchStatus, PaymentStatus
from subsidies.models import MunicipalBudget, Payment, PaymentBatch, Scheme
from subsidies.workflow import pay
from subsidies.workflow.after import sample
from wbw_portal.demo import people
from wbw_portal.demo.stage import Play

# Once in so many days is often enough for invented cases, and keeps the loading short.
WATCHES = (
    tasks.watch_waits,
    tasks.watch_terms,
    tasks.watch_settlements,
    tasks.watch_payments,
    tasks.watch_reports,
)
# Who prints comes by every day, so only the newest letters wait.
POSTED_AFTER = timedelta(days=1)
CLOCK_EVERY = timedelta(days=5)
PAY_EVERY = timedelta(days=10)


def clock(first: datetime, now: datetime) -> Play:
    """Reminders, terms that pass, cases that end; a draw each month."""
    drawn_in = 0
    moment = first
    while moment < now:
        yield moment
        _post()
        for watch in (*WATCHES, watch_advice, watch_listings):
            watch()
        participation.remind()
        _adopt_budgets()
        tasks.watch_provisos()
        if today().month != drawn_in:
            drawn_in = today().month
            _draw()
            tasks.finish_cases()
        moment += CLOCK_EVERY


def _post() -> None:
    """What was written has left: mail at once, letters with the next post. A case only ends after its letter left."""
    waiting = OutboxMessage.objects.filter(status=MessageStatus.PENDING, created_at__lte=timezone.now())
    waiting.exclude(channel=Channel.PRINT).update(status=MessageStatus.SENT, sent_at=F("created_at"), attempts=1)
    on_paper = waiting.filter(channel=Channel.PRINT, created_at__lte=timezone.now() - POSTED_AFTER)
    on_paper.update(status=MessageStatus.PRINTED, sent_at=F("created_at") + POSTED_AFTER)


def finance(first: datetime, now: datetime) -> Play:
    """Now and then a file for the bank: made by one, released by the other, paid two days later."""
    moment = timezone.localtime(first).replace(hour=10, minute=40)
    while moment + PAY_EVERY < now:
        yield moment
        batch = _make_batch()
        if batch is not None:
            moment += timedelta(hours=3)
            yield moment
            pay.release_batch(batch, seen=batch.file_sha256, by=people.finance()[1])
            moment += timedelta(days=2)
            yield moment
            for payment in batch.payments.order_by("pk"):
                pay.mark_paid(payment, credited_on=today(), by=people.finance()[0])
            moment -= timedelta(days=2, hours=3)
        moment += PAY_EVERY
    # The newest file waits for its second person.
    yield timezone.make_aware(datetime.combine(timezone.localdate(now) - timedelta(days=1), time(11, 15)))
    _make_batch()


def _make_batch() -> PaymentBatch | None:
    """Look at the accounts that raise no question, and put what is ready in one file."""
    by = people.finance()[0]
    waiting = Payment.objects.filter(status=PaymentStatus.READY).select_related("account").order_by("pk")
    for payment in waiting:
        account = payment.account
        if account and account.checked_at is None and AccountFinding.CHANGED not in account.findings:
            pay.check_account(account, by=by)
    ready = list(waiting.exclude(account__checked_at=None))
    if not ready:
        return None
    execute_on = legal_days.calendar().working_day_from(today() + timedelta(days=1))
    batch = pay.make_batch(ready, execute_on=execute_on, by=by)
    return batch if batch.status == BatchStatus.OPEN else None


def _adopt_budgets() -> None:
    """The council decides on the day that was planned."""
    for each in MunicipalBudget.objects.filter(adopted_on=None, expected_on__lte=today()):
        each.adopted_on, each.source = each.expected_on, "Raadsbesluit (voorbeeld)"
        each.save()


def _draw() -> None:
    last = today() + timedelta(days=municipality.current().periods.sample_ahead_days)
    for scheme in Scheme.objects.filter(versions__sample_percent__gt=0).distinct().order_by("pk"):
        # The same draw each time that the demonstration is loaded on a day.
        sample.draw_sample(scheme, first=today(), last=last, seed=f"demo-{today():%Y-%m}")
