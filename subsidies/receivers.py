"""What follows here from what functional managers enter elsewhere."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from shared.terms.models import PortalOutage
from shared.ui import page_cache


@receiver([post_save, post_delete], sender=PortalOutage)
def show_the_new_last_day(sender: type[PortalOutage], **kwargs: Any) -> None:
    """An outage moves the last day to apply, which public pages show (Wmebv)."""
    page_cache.touch()
