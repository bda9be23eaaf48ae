"""Formats, projections and countries that the portal knows (clms-api.md 4, 9.2)."""

from __future__ import annotations

from typing import Any, Mapping

TOKENS = ("Shapefile", "GDB", "GPKG", "Geojson", "Geotiff", "Netcdf", "GML", "WFS")
_VECTOR = ("Shapefile", "GDB", "GPKG", "Geojson", "GML")
_TARGETS: Mapping[str, tuple[str, ...]] = {
    "Shapefile": _VECTOR, "GDB": _VECTOR, "GPKG": _VECTOR, "Geojson": _VECTOR,
    "Geotiff": ("Geotiff",), "Netcdf": ("Geotiff", "Netcdf"), "GML": ("GML",),
    "WFS": (*_VECTOR, "WFS"),
}
CONVERSIONS = {source: {token: token in targets for token in TOKENS}
               for source, targets in _TARGETS.items()}

BASE_SYSTEMS = ["EPSG:4326", "EPSG:3035", "EPSG:3857", "EPSG:4258"]
EXTRA_SYSTEMS = {f"EPSG:{code}" for code in
                 (2740, 32620, 32622, *range(32625, 32639), 32738, 32740)}

# ISO 3166-1, and EL, UK, XK, KS, AN beside it
COUNTRIES = set("""
AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC
EE EG EH EL ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY
HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KS KW KY KZ
LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX
MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL
TM TN TO TR TT TV TW TZ UA UG UK UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
""".split())


def token(value: Any) -> str:
    """Return the token of a vocabulary value: text, {"title", "token"} or null."""
    if isinstance(value, dict):
        return str(value.get("token") or "")
    return str(value or "")


def systems(record: Mapping[str, Any]) -> list[str]:
    """Return the projections in which a dataset can be ordered."""
    own = [part.strip() for part in record["characteristics_projection"].split("/")]
    own = [part if part.startswith("EPSG") else f"EPSG:{part}" for part in own]
    extra = [part for part in own if part in EXTRA_SYSTEMS] if len(own) > 1 else []
    return BASE_SYSTEMS + extra
