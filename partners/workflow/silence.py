"""Proposals that nobody answers: one reminder, and then they lapse, so that others get a turn."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from partners.enums.offers import MatchStatus
from partners.letters import matches as letters
from partners.models import Match
from partners.workflow.match_mail import send
from partners.workflow.people import readers_of
from partners.workflow.proposals import by_reader, lock
from shared import municipality
from shared.audit import trail
from shared.audit.enums import Visibility


def remind(today: date) -> None:
    """Remind who was asked and did not answer, once for each question; one letter for each reader."""
    asked_until = today - timedelta(days=municipality.current().periods.match_reminder_days)
    _remind(Match.objects.unanswered(asked_until))


@transaction.atomic
def _remind(matches: Iterable[Match]) -> None:
    found = [match for match in map(lock, matches) if match.reminded_at is None and match.asked_at is not None]
    offers = [match for match in found if match.status == MatchStatus.PROPOSED]
    for reader, theirs in by_reader(offers, lambda match: match.offer).items():
        first = min(theirs, key=lambda match: match.pk)
        key = f"proposals_reminder:{first.pk}:{first.version}"
        send(letters.proposals(theirs, reader, again=True), reader, key, first)
    for match in found:
        if match.status == MatchStatus.WILLING:
            # Who has no e-mail is called by the coordinator, who finds it on Vandaag.
            for reader in filter(lambda one: one.to.email, readers_of(match.need)):
                letter = letters.need_question(match, reader, again=True)
                send(letter, reader, f"need_question_reminder:{match.pk}", match)
        match.reminded_at = timezone.now()
        match.save(update_fields=["reminded_at"])
        trail.record("partners.match_reminded", subject=match)


def lapse(today: date) -> None:
    """End what stayed unanswered for so many days after the reminder."""
    reminded_until = today - timedelta(days=municipality.current().periods.match_lapse_days)
    for match in Match.objects.silent(reminded_until).order_by("pk"):
        _lapse(match, reminded_until)


@transaction.atomic
def _lapse(match: Match, reminded_until: date) -> None:
    match = lock(match)
    reminded_at = match.reminded_at
    if match.asked_at is None or reminded_at is None or timezone.localdate(reminded_at) > reminded_until:
        return
    was_willing = match.status == MatchStatus.WILLING
    match.move_to(MatchStatus.LAPSED)
    match.closed_at = timezone.now()
    match.save()
    trail.record("partners.match_silent", subject=match, visibility=Visibility.RESIDENT)
    # Who said yes hears that nobody answered; who did not answer is left alone.
    for reader in readers_of(match.offer) if was_willing else []:
        send(letters.unanswered(match, reader), reader, f"unanswered:{match.pk}", match)
