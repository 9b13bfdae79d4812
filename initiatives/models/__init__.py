"""The records of the initiatives programme."""

from initiatives.models.conversation import (
    Agreement,
    ContactMoment,
    Message,
    Note,
    StandardText,
    Update,
)
from initiatives.models.draft import Draft
from initiatives.models.initiative import (
    Attachment,
    Initiative,
    ReferenceCounter,
)
from initiatives.models.involvement import Involvement

__all__ = [
    "Agreement",
    "Attachment",
    "ContactMoment",
    "Draft",
    "Initiative",
    "Involvement",
    "Message",
    "Note",
    "ReferenceCounter",
    "StandardText",
    "Update",
]
