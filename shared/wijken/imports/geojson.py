"""Reading areas from GeoJSON, under the property names that CBS and PDOK use."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.wijken.imports.tables import ImportRefused, full_code
from shared.wijken.models import OFFICIAL_PREFIX

WIJK, BUURT = "WK", "BU"
# The names of one property in the editions of the map, the most specific first.
NAMES = {
    WIJK: {"code": ("statcode", "wijkcode", "wk_code"), "name": ("statnaam", "wijknaam", "wk_naam")},
    BUURT: {"code": ("statcode", "buurtcode", "bu_code"), "name": ("statnaam", "buurtnaam", "bu_naam")},
}
PARENT_CODE = ("wijkcode", "wk_code")
MUNICIPALITY_CODE = ("gemeentecode", "gm_code")
MUNICIPALITY_NAME = ("gemeentenaam", "gm_naam")
INHABITANTS = ("aantal_inwoners", "aant_inw", "aantalinwoners")
WATER = ("water", "h2o")
# What CBS asks to show under its map; a file may say it more precisely.
ATTRIBUTION = "Kadaster / Centraal Bureau voor de Statistiek"
CODE = re.compile(r"(WK\d{6}|BU\d{8})")


@dataclass(frozen=True)
class AreaRecord:
    """One wijk or buurt as the file gives it; `source` names the file and the feature for messages."""

    level: str
    code: str
    name: str
    short_name: str
    wijk_code: str
    municipality_code: str
    municipality_name: str
    geometry: dict[str, Any]
    attribution: str
    inhabitants: int | None
    source: str


def read(path: Path) -> Iterator[AreaRecord]:
    """The wijken and buurten in one file; municipalities and water are passed over.

    Raises:
        ImportRefused: not GeoJSON, or a feature lacks something; the message names the file and the feature.
    """
    content = _content(path)
    attribution = str(content.get("attribution") or ATTRIBUTION)
    for number, feature in enumerate(content["features"], start=1):
        properties = _properties(feature)
        source = f"{path}, feature {number}"
        if str(_first(properties, WATER)).upper() == "JA" or str(_first(properties, ("statcode",))).startswith("GM"):
            continue
        yield _record(properties, _geometry(feature, source), attribution, source)


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ImportRefused(f"{path}: cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise ImportRefused(f"{path}: not GeoJSON ({error}).") from error
    if not isinstance(content, dict) or not isinstance(content.get("features"), list):
        raise ImportRefused(f'{path}: not GeoJSON (there is no list "features").')
    return content


def _properties(feature: Any) -> dict[str, Any]:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return {name.lower(): value for name, value in (found or {}).items() if value not in (None, "")}


def _record(properties: dict[str, Any], geometry: dict[str, Any], attribution: str, source: str) -> AreaRecord:
    level, code = _level_and_code(properties, source)
    name = str(_first(properties, NAMES[level]["name"])).strip()
    if not name:
        raise ImportRefused(f"{source} ({code}): no name ({' or '.join(NAMES[level]['name'])}).")
    inhabitants = _first(properties, INHABITANTS)
    return AreaRecord(
        level=level,
        code=code,
        name=name,
        short_name=str(properties.get("naam_kort") or OFFICIAL_PREFIX.sub("", name)),
        wijk_code=str(_first(properties, PARENT_CODE) or f"WK{code[2:8]}"),
        municipality_code=str(_first(properties, MUNICIPALITY_CODE) or f"GM{code[2:6]}"),
        municipality_name=str(_first(properties, MUNICIPALITY_NAME)),
        geometry=geometry,
        attribution=attribution,
        # CBS writes -99997 where a figure is secret or unknown.
        inhabitants=inhabitants if isinstance(inhabitants, int) and inhabitants >= 0 else None,
        source=source,
    )


def _level_and_code(properties: dict[str, Any], source: str) -> tuple[str, str]:
    """A buurt also names its wijk, so the buurt's own names are tried first."""
    for level in (BUURT, WIJK):
        for name in NAMES[level]["code"]:
            code = full_code(str(properties.get(name, "")), level)
            if CODE.fullmatch(code) and code.startswith(level):
                return level, code
    raise ImportRefused(f"{source}: no CBS code of a wijk (WK053101) or buurt (BU05310101) in its properties.")


def _geometry(feature: dict[str, Any], source: str) -> dict[str, Any]:
    geometry = feature.get("geometry") or {}
    if geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise ImportRefused(f"{source}: the geometry is not a Polygon or MultiPolygon.")
    points = list(_points(geometry.get("coordinates")))
    if not points:
        raise ImportRefused(f"{source}: the polygon has no points.")
    if any(abs(longitude) > 180 or abs(latitude) > 90 for longitude, latitude in points):
        raise ImportRefused(f"{source}: not in degrees. Save the file in WGS84 (EPSG:4326), not in RD coordinates.")
    return {"type": geometry["type"], "coordinates": geometry["coordinates"]}


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if not isinstance(coordinates, list) or not coordinates:
        return
    if isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _points(part)


def _first(properties: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((properties[name] for name in names if name in properties), "")
