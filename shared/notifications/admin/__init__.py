"""Messages in the admin: what left, what did not and why, and what must be printed."""

from shared.notifications.admin.messages import OutboxMessageAdmin

__all__ = ["OutboxMessageAdmin"]
