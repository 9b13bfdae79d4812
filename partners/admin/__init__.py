"""How do we review? One module per subject."""

from partners.admin import newsletter, together

__all__ = ["newsletter", "together"]
