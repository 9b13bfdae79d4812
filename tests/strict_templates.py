"""Undefined variables in our own templates fail; those of Django and the packages stay as forgiving as they are."""

import sys
from types import FrameType

import pytest
from django.conf import settings
from django.template.base import FilterExpression, Node


class Undefined(str):
    """Stands in for `string_if_invalid`; Django asks whether it is empty, or formats it with the variable's name."""

    __slots__ = ()

    def __bool__(self) -> bool:
        """Called by FilterExpression.resolve when the variable does not exist."""
        frame = sys._getframe(1)
        expression = frame.f_locals.get("self")
        if isinstance(expression, FilterExpression) and frame.f_code.co_name == "resolve":
            _complain(str(expression.var), frame)
        return False

    def __contains__(self, text: object) -> bool:
        """Called by {% blocktranslate %}."""
        frame = sys._getframe(1)
        if frame.f_code.co_name == "render_value":
            _complain(str(frame.f_locals["key"]), frame)
        return False


def _complain(variable: str, frame: FrameType | None) -> None:
    template = _template(frame)
    if template.startswith(str(settings.BASE_DIR)) and "/.venv/" not in template:
        pytest.fail(f"Undefined variable “{variable}” in {template}")


def _template(frame: FrameType | None) -> str:
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return str(node.origin)
        frame = frame.f_back
    return ""
