"""Take a step for real, read the letters that it wrote, and undo it all: a preview that cannot differ from the step.

What the person saw is remembered as a fingerprint. The step itself is undone too when its letters turn out to be
other ones than those that were seen.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared.notifications.compose import Letter
from shared.notifications.enums import Channel
from shared.notifications.models import MessageAttachment, OutboxMessage
from shared.notifications.outbox import Recipient
from shared.notifications.querysets import OutboxQuerySet

Act = Callable[[], object]
# A signed link holds the moment at which it was made, and perhaps a number that did not exist yet.
SIGNED = re.compile(r"[\w.-]+:[\w-]{6}:[\w-]{43}")
# So many people are named; of a whole neighbourhood the number says more.
NAMED = 3


@dataclass
class Example:
    """A letter as one reader gets it, and who else gets the same words under another name and link."""

    letter: Letter
    recipient: Recipient
    others: list[str]


@dataclass(frozen=True)
class Letters:
    """The letters of one step, in the order in which they were written."""

    messages: tuple[OutboxMessage, ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same words to the same people along the same way."""
        seen = [(each.channel, each.recipient_line, each.subject, SIGNED.sub("", each.text)) for each in self.messages]
        return hashlib.sha256(repr(seen).encode()).hexdigest()

    @property
    def examples(self) -> list[Example]:
        """Each letter that differs in more than the name and the link, with whom it goes to, for the page."""
        found: dict[tuple[str, ...], Example] = {}
        for each in self.messages:
            text = SIGNED.sub("", each.text)
            text = text.replace(each.recipient_name, "") if each.recipient_name else text
            same = found.setdefault(
                (each.channel, each.subject, text), Example(_letter(each), _recipient(each), others=[])
            )
            if same.recipient != _recipient(each):
                same.others.append(each.recipient_line)
        return list(found.values())

    @property
    def ending(self) -> str:
        """What the button says after the verb."""
        channels = {each.channel for each in self.messages}
        if Channel.EMAIL in channels:
            return _(" en versturen")
        return _(" en brief klaarzetten") if channels else ""

    @property
    def told(self) -> str:
        """To whom they went, in one sentence."""
        if not self.messages:
            return _("Er is niets verstuurd.")
        people = "; ".join(each.recipient_line for each in self.messages[:NAMED])
        if more := len(self.messages[NAMED:]):
            people = ngettext("%(people)s en nog %(n)d ander", "%(people)s en nog %(n)d anderen", more) % {
                "people": people,
                "n": more,
            }
        if self.messages[0].channel == Channel.PRINT:
            return _("De brief staat klaar om te printen. Aan: %(people)s.") % {"people": people}
        return _("Het bericht wordt verstuurd. Aan: %(people)s.") % {"people": people}


# What somebody saw who takes a step that writes to nobody.
NO_LETTERS = Letters(()).fingerprint


class OtherLetters(Exception):
    """The step would send other letters than were seen; they come along to be shown."""

    def __init__(self, letters: Letters) -> None:
        super().__init__(letters.fingerprint)
        self.letters = letters


def rehearse(case: models.Model, act: Act) -> Letters:
    """The letters that this step would send now; nothing is kept."""
    with transaction.atomic():
        letters = _letters(case, act)
        transaction.set_rollback(True)
    return letters


def rehearse_paper(case: models.Model, act: Act) -> bytes | None:
    """The PDF that would go along with the letters of this step; None when there is none. Nothing is kept."""
    with transaction.atomic():
        messages = _letters(case, act).messages
        files = MessageAttachment.objects.filter(message__in=messages, content_type="application/pdf")
        found = files.order_by("pk").first()
        content = bytes(found.content) if found else None
        transaction.set_rollback(True)
    return content


@transaction.atomic
def perform(case: models.Model, act: Act, *, seen: str | None) -> Letters:
    """Take the step. `seen` is the fingerprint of the letters that the person saw; None when none had to be seen.

    Raises:
        OtherLetters: other letters than those; the step is undone.
    """
    letters = _letters(case, act)
    if seen is not None and seen != letters.fingerprint:
        raise OtherLetters(letters)
    return letters


def _letters(case: models.Model, act: Act) -> Letters:
    # Every step locks the case before it writes, so what appears from here on is ours, or a reminder that slipped in
    # just before: then the letters differ from those that were seen, and are shown again.
    about = _about(case).order_by("pk")
    before = set(about.values_list("pk", flat=True))
    act()
    return Letters(tuple(about.exclude(pk__in=before)))


def _about(case: models.Model) -> OutboxQuerySet:
    """About this case, and about what has letters of its own and goes along with it (`with_own_letters`)."""
    found: OutboxQuerySet = OutboxMessage.objects.about(case)
    for other in getattr(case, "with_own_letters", ()):
        found |= OutboxMessage.objects.about(other)
    return found


def _letter(message: OutboxMessage) -> Letter:
    return Letter(message.subject, message.text, message.html, message.letter_blocks)


def _recipient(message: OutboxMessage) -> Recipient:
    return Recipient(
        name=message.recipient_name,
        email=message.recipient_email,
        postal_address=message.recipient_address,
        phone=message.recipient_phone,
    )
