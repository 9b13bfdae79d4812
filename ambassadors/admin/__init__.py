"""Ambassadors in the admin: requests for advice, the board of the coordinator, departments and contacts."""

from ambassadors.admin.advice import AdviceRequestAdmin

__all__ = ["AdviceRequestAdmin"]
