"""The desk of projects: each part of the work adds its steps, parts of the file and pages here."""

from shared.review.desk import Desk

DESK = Desk("participation_project")
