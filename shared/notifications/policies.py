"""Who may read which message, and who may send one again."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from shared.notifications.models import OutboxMessage
from shared.notifications.querysets import OutboxQuerySet

# about_type ("initiatives.initiative") -> the records of that kind that someone may see, given the user;
# each app adds its own in `AppConfig.ready`.
SCOPES: dict[str, Callable[[Any], models.QuerySet[Any]]] = {}


def readable_by(user: Any) -> OutboxQuerySet:
    """The messages that this colleague may read: all, or those about the cases that are theirs."""
    messages: OutboxQuerySet = OutboxMessage.objects.all()
    if user.has_perm("notifications.read_all"):
        return messages
    mine = models.Q(pk__in=[])
    for about_type, scope in SCOPES.items():
        numbers = scope(user).order_by().annotate(as_text=Cast("pk", models.TextField())).values("as_text")
        mine |= models.Q(about_type=about_type, about_id__in=numbers)
    return messages.filter(mine)


def may_read(user: Any) -> bool:
    """Whether this colleague has anything to do with messages."""
    return bool(user.has_perm("notifications.view_outboxmessage"))


def may_send_again(user: Any) -> bool:
    """Whether this colleague may send, stop and print."""
    return bool(user.has_perm("notifications.send_again"))
