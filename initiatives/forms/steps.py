"""What all step forms share: whose case it is, standard texts, and going on with what was typed."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar, NamedTuple, Self

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ambassadors.models import AdviceRequest
from initiatives.enums import AnswerKind
from initiatives.models import Initiative, StandardText
from initiatives.rules import StandardTextValues, fill_in
from shared.accounts.models import User
from shared.review import forms

CHOSEN = "standard_text"

# The question for the words of a message.
long_text = partial(forms.long_text, rows=7, most=4000)


class FilledText(NamedTuple):
    """A text to start from: a standard text with the resident's data in it, or what an adviser wrote.

    Of two standard texts the second takes the place of the first; what `adds` always comes behind what is there.
    """

    key: str
    name: str
    text: str
    adds: bool = False


def alt_name(pk: object) -> str:
    """The name of the question what there is to see on a photo."""
    return f"alt_{pk}"


class StepForm(forms.StepForm):
    """A step on one case. `texts_for` names the standard texts that can be put in `text`."""

    texts_for: ClassVar[AnswerKind | None] = None
    # How many rows the form has after "one more", for forms that have rows.
    rows_after_more: int = 0

    @property
    def initiative(self) -> Initiative:
        """The case."""
        found: Initiative = self.case
        return found

    @cached_property
    def standard_texts(self) -> list[FilledText]:
        """The texts to choose from, as they would read in this case; then the advice that was given about it."""
        if self.texts_for is None:
            return []
        values = standard_text_values(self.initiative, self.user)
        texts = StandardText.objects.filter(kind=self.texts_for, active=True)
        standard = [FilledText(str(text.pk), text.name, fill_in(text.text, values)) for text in texts]
        return [*standard, *self._advice()]

    def _advice(self) -> Iterator[FilledText]:
        """What advisers wrote; of a plan that is finished nobody needs it any more."""
        if self.texts_for == AnswerKind.FINISH:
            return
        for each in AdviceRequest.objects.given_about(self.initiative).exclude(text=""):
            words = {"adviser": each.adviser, "verdict": each.get_verdict_display()}
            name = _("Advies van %(adviser)s: %(verdict)s") % words
            yield FilledText(f"advies-{each.pk}", name, each.text, adds=True)

    def pressed(self, sent: QueryDict) -> Self | None:
        """Put a standard text in, or give one more row."""
        if "_use_text" in sent:
            return self.with_standard_text()
        return self.again(rows=self.rows_after_more) if "_more" in sent else None

    def with_standard_text(self) -> Self:
        """The same form with the chosen text in it, once; own words stay in front of it."""
        chosen = str(self.data.get(CHOSEN, ""))
        wanted = next((each for each in self.standard_texts if each.key == chosen), FilledText("", "", "", adds=True))
        own = str(self.typed().get("text") or "").strip()
        if not wanted.adds and own in {each.text.strip() for each in self.standard_texts if not each.adds}:
            own = ""
        texts = [own] if wanted.text.strip() in own else [own, wanted.text]
        return self.again(text="\n\n".join(filter(None, texts)), **{CHOSEN: chosen})

    @property
    def chosen_text(self) -> str:
        """The text that was put in last, so that the list of texts still stands there."""
        return str(self.initial.get(CHOSEN, ""))


def standard_text_values(initiative: Initiative, user: User) -> StandardTextValues:
    """What the braces in a standard text stand for in this case."""
    return StandardTextValues(
        naam=initiative.name,
        titel=initiative.title,
        nummer=initiative.reference,
        wijk=str(initiative.wijk),
        behandelaar=user.name or _("de gemeente"),
    )
