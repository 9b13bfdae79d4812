"""Take personal data out of words that people work with: the words are replaced, and every older copy is erased."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from partners.models import Finding, JointAction, Listing, Match, Signal, Walk
from partners.workflow import private_copies
from shared.audit import trail
from shared.lifecycle import Lifecycle
from shared.ui import page_cache

# The words that people typed, by what they are about.
WORDS: dict[type[Lifecycle], tuple[str, ...]] = {
    Signal: ("title", "text", "place", "outcome", "public_text"),
    JointAction: ("title", "goal", "result", "stop_reason"),
    Walk: ("title", "gather_at", "route", "summary"),
    Finding: ("text", "place", "result"),
    Listing: ("title", "what", "amount", "place", "conditions"),
    Match: ("result",),
}


@transaction.atomic
def take_out(thing: Lifecycle, words: Mapping[str, str], *, by: Any, version: int | None = None) -> None:
    """Put these words in the place of the old ones; letters, news and events forget what they said.

    Raises:
        StaleVersion: somebody changed it after this person saw it.
    """
    kept = type(thing)._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)
    kept.check_version(version)
    old = {name: getattr(kept, name) for name in WORDS[type(thing)]}
    changed = {name: words[name] for name in old if name in words and words[name] != old[name]}
    if not changed:
        return
    for name, value in changed.items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save(update_fields=[*changed, "version"])

    private_copies.forget(kept, {name: old[name] for name in changed})
    trail.record("partners.words_taken_out", subject=kept, by=by, text=", ".join(sorted(_labels(kept, changed))))
    page_cache.touch()


def _labels(thing: Lifecycle, names: Mapping[str, str]) -> list[str]:
    return [str(thing._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]
