"""The records of the small grant."""

from subsidies.models.after import Evaluation, Recovery, Repayment, Report, ReportReturn, Waiver
from subsidies.models.application import (
    Application,
    ApplicationCounter,
    ApplicationDraft,
    CaseFile,
    CaseMessage,
    CostLine,
)
from subsidies.models.budget import Ceiling, Entry, Lottery
from subsidies.models.catalogue import (
    AccountabilityBand,
    CategoryCap,
    Criterion,
    EligibilityQuestion,
    Ground,
    InterestRate,
    LetterText,
    Mandate,
    Obligation,
    PenaltyRate,
    Round,
)
from subsidies.models.complaint import Complaint, ComplaintDelay
from subsidies.models.decision import Decision, Proposal
from subsidies.models.objection import DefaultNotice, Objection, PastHearing, Postponement, RepairRequest
from subsidies.models.payment import BankAccount, LateInterest, Payment, PaymentBatch
from subsidies.models.proviso import BudgetProviso, MunicipalBudget
from subsidies.models.review import CaseNote, CompletionRequest, Hearing, LaterDecision, Pause, Reply
from subsidies.models.scheme import Scheme, SchemeVersion

__all__ = [
    "AccountabilityBand",
    "Application",
    "ApplicationCounter",
    "ApplicationDraft",
    "BankAccount",
    "BudgetProviso",
    "CaseFile",
    "CaseMessage",
    "CaseNote",
    "CategoryCap",
    "Ceiling",
    "Complaint",
    "ComplaintDelay",
    "CompletionRequest",
    "CostLine",
    "Criterion",
    "Decision",
    "DefaultNotice",
    "EligibilityQuestion",
    "Entry",
    "Evaluation",
    "Ground",
    "Hearing",
    "InterestRate",
    "LateInterest",
    "LaterDecision",
    "LetterText",
    "Lottery",
    "Mandate",
    "MunicipalBudget",
    "Objection",
    "Obligation",
    "PastHearing",
    "Pause",
    "Payment",
    "PaymentBatch",
    "PenaltyRate",
    "Postponement",
    "Proposal",
    "Recovery",
    "RepairRequest",
    "Repayment",
    "Reply",
    "Report",
    "ReportReturn",
    "Round",
    "Scheme",
    "SchemeVersion",
    "Waiver",
]
