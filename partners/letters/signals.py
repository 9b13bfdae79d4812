"""What we write about signals."""

from partners.models import Signal
from shared.links import absolute
from shared.notifications.compose import Letter, compose


def noted(signal: Signal) -> Letter:
    """To the coordinator: somebody noticed something."""
    return _letter("signal_noted", signal)


def closed(signal: Signal) -> Letter:
    """To who noted it: what was done, or why nothing will be."""
    return _letter("signal_closed", signal)


def _letter(name: str, signal: Signal) -> Letter:
    return compose(f"partners/letters/{name}.txt", {"signal": signal, "url": absolute(signal.get_absolute_url())})
