"""A mail server that really listens."""

import pytest

from tests.shared.notifications.smtp_server import smtp_server


@pytest.fixture
def mail_server(settings):
    """The portal sends to this server for the length of the test."""
    with smtp_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server
