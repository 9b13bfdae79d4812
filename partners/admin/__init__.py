"""How do we review? One module per subject."""

from partners.admin import newsletter

__all__ = ["newsletter"]
