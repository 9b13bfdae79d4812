"""What the browser may do and keep: no abilities that the portal does without, no pages about somebody."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

UNUSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
    "xr-spatial-tracking",
)
# Passkeys are ours alone to ask for.
PERMISSIONS_POLICY = ", ".join(
    [f"{ability}=()" for ability in UNUSED]
    + ["publickey-credentials-create=(self)", "publickey-credentials-get=(self)", "fullscreen=(self)"]
)


class PermissionsPolicyMiddleware:
    """Tell the browser what no page of ours will ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header."""
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


class PrivatePagesMiddleware:
    """Whatever does not say that it may be kept, is not kept: the next person at this computer may press "back"."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add `no-store` and its older cousins."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response
