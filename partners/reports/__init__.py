"""What we report: one module per subject; the portal starts each of them by importing this room."""

from partners.reports.actions import JOINT_ACTIONS
from partners.reports.offers import LISTINGS
from partners.reports.signals import SIGNALS

__all__ = ["JOINT_ACTIONS", "LISTINGS", "SIGNALS"]
