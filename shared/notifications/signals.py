"""What programmes can wait for: a message that really left."""

from django.dispatch import Signal

# Sent with `message` (the outbox row) once the mail server took it, or somebody says that it is in the post. What
# follows is saved together with that, and may never keep a message from counting as sent.
message_left = Signal()
