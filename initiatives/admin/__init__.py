"""Reviewing in the stock Django admin: a work list, a file page, and a confirm page with preview for each step."""

from initiatives.admin.initiative import InitiativeAdmin
from initiatives.admin.reference import StandardTextAdmin

__all__ = ["InitiativeAdmin", "StandardTextAdmin"]
