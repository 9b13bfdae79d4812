"""One source per letter; the text and the HTML are both made from it, so that they cannot say different things."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation
from django.utils.safestring import SafeString

from shared import municipality
from shared.notifications import layout, markup
from shared.notifications.markup import Block


@dataclass(frozen=True)
class Letter:
    """A message as it will leave the building. `blocks` is what text, HTML and the letter on paper are made from."""

    subject: str
    text: str
    html: str
    blocks: tuple[Block, ...]

    @property
    def is_readable(self) -> bool:
        """A letter that is not in the outbox yet was never erased."""
        return True

    @property
    def body(self) -> SafeString:
        """The words between heading and footer, for a page of the portal."""
        return layout.page_body(self.blocks)


def compose(template: str, context: Mapping[str, Any], *, language: str = "nl") -> Letter:
    """Write a letter in the language of who gets it, whatever language the visitor reads.

    The template's first line is the subject. Then: a blank line starts a paragraph, "## " a heading, "- " an item,
    "> " a quote, "\\" at the end of a line breaks it, "[label](address)" is a link, "[[label]](address)" alone
    on a line a button, and "-- " says at the bottom why someone gets this letter. `municipality` is always there.

    Raises:
        LetterIncomplete: the template names something that the context does not have.
    """
    with translation.override(language):
        values = {"municipality": municipality.current(), **context}
        rendered = _engine().get_template(template).render(Context(values, autoescape=False))
        subject, blocks = markup.parse(rendered)
        return Letter(subject, layout.text(blocks), layout.html(subject, blocks), blocks)


@cache
def _engine() -> Engine:
    options: dict[str, Any] = settings.TEMPLATES[0]
    return Engine(
        dirs=options["DIRS"],
        loaders=[("django.template.loaders.cached.Loader", ["shared.notifications.markup.LetterLoader"])],
        builtins=options["OPTIONS"]["builtins"],
        string_if_invalid=f"%s {markup.HOLE}",
    )
