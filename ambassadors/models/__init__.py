"""What a request for advice, a duty and a contact are."""

from ambassadors.models.advice import AdviceRequest, HandOver
from ambassadors.models.contact import ContactNote
from ambassadors.models.duty import ThemeDuty

__all__ = ["AdviceRequest", "ContactNote", "HandOver", "ThemeDuty"]
