"""The small grant in the stock Django admin: a work list, a file page, and a confirm page with preview for each step.

Each part of the work brings its own steps and its own parts of the file page to `registry`.
"""

from subsidies.admin import (
    debts,
    decide,
    file_parts,
    handling,
    incoming,
    money_steps,
    objection,
    objection_decide,
    report,
)
from subsidies.admin.application import ApplicationAdmin
from subsidies.admin.batch import PaymentBatchAdmin
from subsidies.admin.budget import CeilingAdmin
from subsidies.admin.complaint import ComplaintAdmin
from subsidies.admin.objection_lists import DefaultNoticeAdmin, ObjectionAdmin
from subsidies.admin.payment import PaymentAdmin
from subsidies.admin.proviso import MunicipalBudgetAdmin
from subsidies.admin.recovery import RecoveryAdmin
from subsidies.admin.reference import InterestRateAdmin, LetterTextAdmin, MandateAdmin, PenaltyRateAdmin
from subsidies.admin.scheme import SchemeAdmin

__all__ = [
    "ApplicationAdmin",
    "CeilingAdmin",
    "ComplaintAdmin",
    "DefaultNoticeAdmin",
    "InterestRateAdmin",
    "LetterTextAdmin",
    "MandateAdmin",
    "MunicipalBudgetAdmin",
    "ObjectionAdmin",
    "PaymentAdmin",
    "PaymentBatchAdmin",
    "PenaltyRateAdmin",
    "RecoveryAdmin",
    "SchemeAdmin",
    "debts",
    "decide",
    "file_parts",
    "handling",
    "incoming",
    "money_steps",
    "objection",
    "objection_decide",
    "report",
]
