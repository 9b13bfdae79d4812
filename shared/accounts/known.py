"""Of whom something is kept without an account: they may ask for a code too, to see it and have it deleted."""

from collections.abc import Callable

# A programme, or the portal, answers whether it keeps anything under this address.
HOLDERS: list[Callable[[str], bool]] = []


def is_held(email: str) -> bool:
    """Whether anything is kept under this address."""
    return any(holds(email) for holds in HOLDERS)
