"""Who brings moments in. Each programme adds its own in `AppConfig.ready`; the portal adds those of what lies beside.

A source answers what it has in a period, for these eyes: `source(window, audience)`. It must leave out what they may
not see itself; `gather` checks it once more.
"""

from collections.abc import Callable, Iterable

from partners.moments.audience import EVERYBODY, Audience
from partners.moments.moment import Moment
from partners.rules.agenda import Window

Source = Callable[[Window, Audience], Iterable[Moment]]

SOURCES: list[Source] = []


def series(
    window: Window, audience: Audience = EVERYBODY, *, wijk: int | None = None, theme: int | None = None
) -> list[Moment]:
    """What there is in this period, each once, by first day; what is for the whole municipality is in each wijk."""
    found = [moment for source in SOURCES for moment in source(window, audience)]
    chosen = [
        moment
        for moment in found
        if audience.may_see(moment.visibility, moment.wijken)
        and (wijk is None or not moment.wijken or wijk in moment.wijken)
        and (theme is None or theme in moment.themes)
    ]
    return sorted(chosen, key=lambda moment: moment.order)


def gather(
    window: Window, audience: Audience = EVERYBODY, *, wijk: int | None = None, theme: int | None = None
) -> list[Moment]:
    """What there is in this period, on each of its days, in the order of the days."""
    found = series(window, audience, wijk=wijk, theme=theme)
    each = (occurrence for moment in found for occurrence in moment.on_each_day(window))
    return sorted(each, key=lambda moment: moment.order)
