"""One JSON object per line, each with the id of its request, none with a resident's data."""

import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from shared.audit.request import request_id

logger = logging.getLogger("portal.request")

ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
# Databases and mail servers quote what they refuse; addresses of pages may hold a signed token.
PERSONAL = [
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"[\w-]{8,}:[\w-]{4,}:[\w-]{20,}"), "[token]"),
    (re.compile(r"\b[A-Z]{2}\d{2}[A-Z]{4}\d{10}\b"), "[iban]"),
    (re.compile(r"(?<![\w.:-])(\+31|0031|0)[\s-]?(\d[\s-]?){8}\d(?![\w.:-])"), "[phone]"),
]


class RequestIdMiddleware:
    """Give each request an id, for the log, for the error page and for whoever calls us about it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take over the proxy's id, so that its log and ours can be laid side by side."""
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if ACCEPTABLE_ID.fullmatch(given) else uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        token = request_id.set(request.request_id)  # type: ignore[attr-defined]
        started = time.monotonic()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            logger.info("request", extra={"fields": _describe(request, response, started)})
        finally:
            request_id.reset(token)
        return response


def _describe(request: HttpRequest, response: HttpResponse, started: float) -> dict[str, object]:
    """The pattern of the address instead of the address, which may name a case or hold a token."""
    return {
        "method": request.method,
        "route": request.resolver_match.route if request.resolver_match else "",
        "status": response.status_code,
        "ms": round((time.monotonic() - started) * 1000, 1),
    }


def without_personal_data(text: str) -> str:
    """Replace what looks like an e-mail address, telephone number, account number or signed token."""
    for pattern, replacement in PERSONAL:
        text = pattern.sub(replacement, text)
    return text


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, request and, where something failed, the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_personal_data(record.getMessage()),
            "request_id": request_id.get(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["traceback"] = without_personal_data(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)
