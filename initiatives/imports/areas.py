"""In which wijk a row belongs: by code, name, buurt or postcode, or as the person who runs the import chose."""

from dataclasses import dataclass, field
from hashlib import sha256

from django.utils.translation import gettext as _

from initiatives.imports.columns import plain
from initiatives.imports.values import ValueUnclear
from shared.wijken import lookup
from shared.wijken.models import Buurt, Wijk


@dataclass(frozen=True)
class Area:
    """The outcome; `certain` is false when the wijk was chosen by the caller and not by the list."""

    wijk: Wijk
    buurt: Buurt | None = None
    certain: bool = True


@dataclass(frozen=True)
class AreaFinder:
    """The municipality's present wijken and buurten by every name they have.

    Rows that name none of them go to one of `otherwise`: always the same one for the same row.
    """

    wijken: dict[str, Wijk]
    buurten: dict[str, Buurt]
    municipalities: frozenset[str]
    otherwise: list[Wijk] = field(default_factory=list)

    @classmethod
    def of_today(cls, otherwise: list[Wijk]) -> "AreaFinder":
        """The areas in force now."""
        wijken = {
            plain(name): wijk
            for wijk in Wijk.objects.current().without_geometry()
            for name in (wijk.code, wijk.name, wijk.short_name)
        }
        buurten = {
            plain(name): buurt
            for buurt in Buurt.objects.current().without_geometry().select_related("wijk")
            for name in (buurt.code, buurt.name)
        }
        municipalities = frozenset(plain(wijk.municipality_name) for wijk in wijken.values())
        return cls(wijken, buurten, municipalities, otherwise)

    def find(self, *, municipality: str, wijk_names: list[str], buurt_name: str, postcode: str, key: str) -> Area:
        """The area of a row. “Centrum” of another municipality is not ours.

        Raises:
            ValueUnclear: nothing in the row leads to a wijk, and the caller chose none.
        """
        if not municipality or plain(municipality) in self.municipalities:
            area = self._by_name(buurt_name, wijk_names) or self._by_postcode(postcode)
            if area is not None:
                return area
        if self.otherwise:
            number = int.from_bytes(sha256(key.encode()).digest()[:4])
            return Area(self.otherwise[number % len(self.otherwise)], certain=False)
        names = ", ".join(filter(None, [*wijk_names, buurt_name, postcode, municipality]))
        if not names:
            raise ValueUnclear(_("er staat geen wijk, buurt of postcode bij"))
        raise ValueUnclear(_("“%(names)s” is geen wijk of buurt van deze gemeente") % {"names": names})

    def _by_name(self, buurt_name: str, wijk_names: list[str]) -> Area | None:
        if buurt := self.buurten.get(plain(buurt_name)):
            return Area(buurt.wijk, buurt)
        for name in map(plain, wijk_names):
            if name in self.wijken:
                return Area(self.wijken[name])
            if name in self.buurten:
                return Area(self.buurten[name].wijk, self.buurten[name])
        return None

    def _by_postcode(self, postcode: str) -> Area | None:
        proposal = lookup.propose(postcode, None) if postcode else None
        if proposal is None or proposal.wijk is None:
            return None
        return Area(proposal.wijk, proposal.buurt if proposal.certain else None)
