"""What we write about the noticeboard; each link in it answers for one reader, without signing in."""

from django.urls import reverse

from partners.models import Notice
from shared.accounts.models import User
from shared.links import absolute, sign
from shared.notifications.compose import Letter, compose

REPLY = "partners.notice_reply"


def mention(notice: Notice, reader: User) -> Letter:
    """Somebody named you; the words, and a link to answer."""
    return compose(
        "partners/letters/notice_mention.txt",
        {
            "notice": notice,
            "reader": reader,
            "url": reply_url(notice, reader),
            "board_url": absolute(board_path(notice)),
        },
    )


def reply_url(notice: Notice, reader: User) -> str:
    """Where this reader answers without signing in; the address is theirs alone, and ends."""
    return absolute(reverse("partners:notice_reply", args=[sign(REPLY, notice=notice.pk, user=reader.pk)]))


def board_path(notice: Notice) -> str:
    """The message among the others, for who signs in."""
    return notice.get_absolute_url()
