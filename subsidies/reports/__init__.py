"""The programme's tables for staff and council, and the register for everybody."""

from subsidies.reports.applications import APPLICATIONS

__all__ = ["APPLICATIONS"]
