"""How do we review? One module per subject."""

from partners.admin import newsletter, offers, organisations, together

__all__ = ["newsletter", "offers", "organisations", "together"]
