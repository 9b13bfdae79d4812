"""Handling challenges on the review desk: a work list, a file page, and a confirm page for each step."""

from participation.challenges.admin.challenge import ChallengeAdmin

__all__ = ["ChallengeAdmin"]
