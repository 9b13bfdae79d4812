"""What readers of a wijk's letter get: the question to confirm, and the letter itself."""

from collections.abc import Iterable

from django.urls import reverse

from partners.enums.newsletter import HOW_OFTEN, Rhythm
from partners.models import Newsletter
from partners.rules.newsletter import Group
from shared.links import absolute, sign
from shared.notifications.compose import Letter, compose
from shared.notifications.models import Subscription
from shared.wijken.models import Wijk

CONFIRM = "partners.newsletter_confirm"
RHYTHM = "partners.newsletter_rhythm"


def confirm(wijk: Wijk, *, email: str, rhythm: str, language: str) -> Letter:
    """Ask the owner of an address whether they want the letter; nothing is kept before they say yes."""
    token = sign(CONFIRM, wijk=wijk.pk, email=email, rhythm=rhythm)
    context = {
        "wijk": wijk,
        "how_often": str(dict(HOW_OFTEN)[rhythm]),
        "url": absolute(reverse("partners:confirm_newsletter", args=[wijk.slug, token])),
    }
    return compose("partners/letters/newsletter_confirm.txt", context, language=language)


def newsletter(letter: Newsletter, groups: Iterable[Group], *, leave_url: str = "", rhythm_url: str = "") -> Letter:
    """The letter with these groups; a preview, the page and the paper have no addresses to leave."""
    lines = [
        (group.heading, [(item.title, item.detail, absolute(item.path)) for item in group.items]) for group in groups
    ]
    context = {
        "wijk": letter.wijk,
        "intro": letter.intro,
        "groups": lines,
        "first": lines[0][1][0][0] if lines else "",
        "weekly": letter.rhythm == Rhythm.WEEKLY,
        "wijk_url": absolute(reverse("wijk", args=[letter.wijk.slug])),
        "leave_url": leave_url,
        "rhythm_url": rhythm_url,
    }
    return compose("partners/letters/newsletter.txt", context)


def rhythm_url(subscription: Subscription) -> str:
    """The address where a reader chooses how often, without signing in."""
    return absolute(reverse("partners:newsletter_rhythm", args=[sign(RHYTHM, subscription=subscription.pk)]))
