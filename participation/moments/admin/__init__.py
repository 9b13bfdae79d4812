"""Organising moments on the review desk: planning, people, what they said, and the feedback."""

from participation.moments.admin.moment import MomentAdmin

__all__ = ["MomentAdmin"]
