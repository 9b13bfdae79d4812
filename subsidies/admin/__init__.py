"""The small grant in the stock Django admin: a work list, a file page, and a confirm page with preview for each step.

Each part of the work brings its own steps and its own parts of the file page to `registry`.
"""

from subsidies.admin import decide, file_parts, handling, incoming, money_steps
from subsidies.admin.application import ApplicationAdmin
from subsidies.admin.batch import PaymentBatchAdmin
from subsidies.admin.payment import PaymentAdmin

__all__ = [
    "ApplicationAdmin",
    "PaymentAdmin",
    "PaymentBatchAdmin",
    "decide",
    "file_parts",
    "handling",
    "incoming",
    "money_steps",
]
