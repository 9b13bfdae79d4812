"""Organising moments on the review desk: planning, people, what they said, the feedback, and how it went."""

from participation.moments.admin import on_project
from participation.moments.admin.moment import MomentAdmin

__all__ = ["MomentAdmin", "on_project"]
