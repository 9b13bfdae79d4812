"""The reports of all programmes, by name: a task that makes a file later finds them here."""

from shared.reports.columns import Report

_REPORTS: dict[str, Report] = {}


def register(report: Report) -> Report:
    """Make a report known; a programme's `reports.py` does so when the portal starts."""
    _REPORTS[report.name] = report
    return report


def find(name: str) -> Report | None:
    """The report with this name, if there is one."""
    return _REPORTS.get(name)
