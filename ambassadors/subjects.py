"""What advice can be asked about: each programme says in `AppConfig.ready` how its cases read to an adviser.

    subjects.register(
        SubjectKind(
            model=Project,
            noun=_("project"),
            describe=describe,          # Project -> Summary; never a name, an address or a phone number
            why_closed=why_closed,      # Project -> "" while an answer helps, else one sentence for the adviser
            may_ask=may_review,         # (User, Project) -> bool: who may ask, take back and see the answers
            reviewers=reviewers,        # Project -> [User]: who hears what came of it
            file_url=file_url,          # Project -> "/beheer/…": the page of staff
        )
    )

A kind whose model is a `Lifecycle` needs no more than that; `lock` and `changed` are for a case with other habits.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise

from shared.accounts.models import User
from shared.themes.models import Theme
from shared.wijken.models import Wijk


@dataclass(frozen=True)
class Section:
    """A piece of text that the adviser reads."""

    heading: str
    text: str
    language: str = "nl"


@dataclass(frozen=True)
class Fact:
    """A fact in a few words: where, when, how much."""

    label: str
    value: str


@dataclass(frozen=True)
class Summary:
    """A case as its adviser reads it. Who asks for it is never in it.

    `intro` says in one sentence what this is about; `closing` what is done with the answer, and who reads it. The theme
    and the wijk are kept with the request; a case that has more of them is routed by all of them.
    """

    title: str
    reference: str
    intro: str
    closing: str
    sections: tuple[Section, ...] = ()
    facts: tuple[Fact, ...] = ()
    theme: Theme | None = None
    wijk: Wijk | None = None
    more_themes: tuple[Theme, ...] = ()
    more_wijken: tuple[Wijk, ...] = ()

    @property
    def theme_keys(self) -> set[int]:
        """Every theme that it is about."""
        return {each.pk for each in (self.theme, *self.more_themes) if each}

    @property
    def wijk_keys(self) -> set[int]:
        """Every wijk that it is in."""
        return {each.pk for each in (self.wijk, *self.more_wijken) if each}


def _lock(subject: Any, version: int | None) -> Any:
    """The newest state, locked; refused when it changed after the person saw `version`."""
    locked = type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    locked.check_version(version)
    return locked


def _changed(subject: Any) -> None:
    """Whoever has the case open sees that something happened."""
    subject.version += 1
    subject.save(update_fields=["version"])


def _nobody(subject: Any) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class SubjectKind:
    """One kind of case. `own_addresses` are e-mail addresses that are never asked: those of who brought the case."""

    model: type[models.Model]
    noun: str | Promise
    describe: Callable[[Any], Summary]
    why_closed: Callable[[Any], str]
    may_ask: Callable[[User, Any], bool]
    reviewers: Callable[[Any], Iterable[User]]
    file_url: Callable[[Any], str]
    own_addresses: Callable[[Any], frozenset[str]] = _nobody
    lock: Callable[[Any, int | None], Any] = _lock
    changed: Callable[[Any], None] = _changed


_kinds: dict[str, SubjectKind] = {}


def register(kind: SubjectKind) -> SubjectKind:
    """Let advice be asked about this kind of case."""
    _kinds[kind.model._meta.label_lower] = kind
    return kind


def kinds() -> list[SubjectKind]:
    """Everything that advice can be asked about."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_of(subject: models.Model) -> SubjectKind:
    """How this case is handled.

    Raises:
        KeyError: no programme registered this kind.
    """
    return _kinds[subject._meta.label_lower]


def noun_of(subject_type: str) -> str:
    """What this kind is called, for lists."""
    kind = _kinds.get(subject_type)
    return str(kind.noun) if kind else subject_type


def find(subject_type: str, subject_id: str) -> models.Model | None:
    """The case itself; None when it is no more."""
    kind = _kinds.get(subject_type)
    if kind is None:
        return None
    found: models.Model | None = kind.model._default_manager.filter(pk=subject_id).first()
    return found
