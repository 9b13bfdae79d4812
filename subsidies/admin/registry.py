"""The desk of applications: each part of the review adds its steps, parts of the file and pages here."""

from shared.review.desk import CasePage, Desk, Part, Seen, StepPage, WhyNot, with_answers

__all__ = [
    "DESK",
    "CasePage",
    "Part",
    "Seen",
    "StepPage",
    "WhyNot",
    "add_page",
    "find_step",
    "offers",
    "register",
    "show_on_file",
    "with_answers",
]

DESK = Desk("subsidies_application")
register, show_on_file, add_page = DESK.register, DESK.show_on_file, DESK.add_page
find_step, offers = DESK.find_step, DESK.offers
