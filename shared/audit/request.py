"""The number of the request, or of the task that it asked for: the same in the log and in the trail."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
