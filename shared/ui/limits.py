"""How often one address or one network may send something: generous for people, short for robots, never a captcha."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from shared import municipality
from shared.lifecycle import WorkflowError


class TooOften(WorkflowError):
    """Somebody sends more than people do; the message says when to try again and whom to call."""


@dataclass(frozen=True)
class Limit:
    """So many times per e-mail address and per network in a period; a library or school shares one network."""

    per_address: int
    per_network: int
    period: timedelta = timedelta(hours=1)


LIMITS = {
    "submit": Limit(per_address=5, per_network=30),
    "draft": Limit(per_address=5, per_network=30),
    "confirm": Limit(per_address=3, per_network=30),
    "involve": Limit(per_address=20, per_network=60),
    "keep": Limit(per_address=0, per_network=2000),
    "lookup": Limit(per_address=0, per_network=600),
}


def count(what: str, request: HttpRequest, address: str = "") -> None:
    """Count one more time.

    Raises:
        TooOften: this address or network has had its share for this period.
    """
    limit = LIMITS[what]
    now = timezone.now()
    period = int(limit.period.total_seconds())
    started = int(now.timestamp()) // period * period
    counted = [(f"network:{network(request)}", limit.per_network)]
    if address:
        counted.append((f"address:{address.lower()}", limit.per_address))
    for who, most in counted:
        if _one_more(f"limit:{what}:{_unreadable(who)}:{started}", period) > most:
            raise TooOften(_refusal(datetime.fromtimestamp(started + period, tz=timezone.get_current_timezone())))


def network(request: HttpRequest) -> str:
    """The network that a request came from: the address of IPv4, the /64 of IPv6 (one household)."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    proxies = settings.TRUSTED_PROXIES
    visitor = hops[-proxies] if proxies and len(hops) >= proxies else request.META.get("REMOTE_ADDR", "")
    try:
        ip = ip_address(visitor)
    except ValueError:
        return visitor
    return str(ip) if ip.version == 4 else str(ip_network(f"{ip}/64", strict=False))


def _unreadable(who: str) -> str:
    """The cache holds no addresses of people."""
    return hashlib.blake2b(who.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12).hexdigest()


def _one_more(key: str, period: int) -> int:
    """The new count; without a cache nobody is refused."""
    if cache.add(key, 1, period):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:
        return 0


def _refusal(again_at: datetime) -> str:
    return _(
        "U heeft dit net al vaak gedaan. Probeer het na %(time)s uur opnieuw, of bel %(phone)s. Wij helpen u graag."
    ) % {
        "time": format_date(again_at, "H:i"),
        "phone": municipality.current().phone,
    }
