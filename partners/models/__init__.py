"""What the partners' records are: one module per subject."""

from partners.models.actions import ActionStep, JointAction, WijkAgenda
from partners.models.agenda import AgendaItem, PersonalFeed
from partners.models.matches import Match
from partners.models.newsletter import Newsletter, NewsletterSettings, Told
from partners.models.noticeboard import Notice, NoticeReading
from partners.models.offers import HelpConsent, Listing
from partners.models.organisations import Partner, PartnerContact
from partners.models.signals import Signal
from partners.models.walks import ChecklistItem, Finding, InOrder, Walk

__all__ = [
    "ActionStep",
    "AgendaItem",
    "ChecklistItem",
    "Finding",
    "HelpConsent",
    "InOrder",
    "JointAction",
    "Listing",
    "Match",
    "Newsletter",
    "NewsletterSettings",
    "Notice",
    "NoticeReading",
    "Partner",
    "PartnerContact",
    "PersonalFeed",
    "Signal",
    "Told",
    "Walk",
    "WijkAgenda",
]
