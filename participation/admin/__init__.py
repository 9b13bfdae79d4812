"""The pages of staff about projects and their checks."""

from participation.admin import project, reference

__all__ = ["project", "reference"]
