"""What the partners' records are: one module per subject."""

from partners.models.organisations import Partner, PartnerContact

__all__ = ["Partner", "PartnerContact"]
