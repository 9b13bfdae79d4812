"""The pages of staff about projects and their checks."""

from participation.admin import file_parts, papers, project, project_steps, reference, steps

__all__ = ["file_parts", "papers", "project", "project_steps", "reference", "steps"]
