"""What all step forms share: whose case it is, standard texts, and going on with what was typed."""

from typing import Any, ClassVar, NamedTuple, Self

from django import forms
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from initiatives.enums import AnswerKind
from initiatives.models import Initiative, StandardText
from initiatives.rules import StandardTextValues, fill_in
from shared.accounts.models import User
from shared.ui.standing import StandingForm

CHOSEN = "standard_text"


class FilledText(NamedTuple):
    """A standard text with the resident's data in it."""

    pk: int
    name: str
    text: str


def long_text(label: str | Promise, rows: int = 7) -> forms.CharField:
    """The question for the words of a message."""
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}))


def alt_name(pk: object) -> str:
    """The name of the question what there is to see on a photo."""
    return f"alt_{pk}"


class StepForm(StandingForm):
    """A step on one case. `texts_for` names the standard texts that can be put in `text`."""

    texts_for: ClassVar[AnswerKind | None] = None
    # The part of the page with the questions.
    step_template = "admin/initiatives/initiative/_questions.html"
    # How many rows the form has after "one more", for forms that have rows.
    rows_after_more: int = 0

    def __init__(self, *args: Any, initiative: Initiative, user: User, **kwargs: Any) -> None:
        self.initiative, self.user = initiative, user
        super().__init__(*args, **kwargs)

    @cached_property
    def standard_texts(self) -> list[FilledText]:
        """The texts to choose from, as they would read in this case."""
        if self.texts_for is None:
            return []
        values = standard_text_values(self.initiative, self.user)
        texts = StandardText.objects.filter(kind=self.texts_for, active=True)
        return [FilledText(text.pk, text.name, fill_in(text.text, values)) for text in texts]

    @property
    def surroundings(self) -> dict[str, Any]:
        """Whose case it is, and who fills it in."""
        return {"initiative": self.initiative, "user": self.user}

    def with_standard_text(self) -> Self:
        """The same form with the chosen text in it; own words stay in front of it."""
        chosen = str(self.data.get(CHOSEN, ""))
        wanted = next((each.text for each in self.standard_texts if str(each.pk) == chosen), "")
        own = str(self.typed().get("text") or "").strip()
        if own in {each.text.strip() for each in self.standard_texts}:
            own = ""
        return self.again(text="\n\n".join(filter(None, [own, wanted])))


def standard_text_values(initiative: Initiative, user: User) -> StandardTextValues:
    """What the braces in a standard text stand for in this case."""
    return StandardTextValues(
        naam=initiative.name,
        titel=initiative.title,
        nummer=initiative.reference,
        wijk=str(initiative.wijk),
        behandelaar=user.name or _("de gemeente"),
    )
