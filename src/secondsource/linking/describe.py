"""What an account is compared by: one row an account, the table that every engine links.

A row holds codes and numbers only, but for the words of the text, so that reports in several languages
meet. Dates are days (ordinals); a date without a year is a turn of the year (day 0 to 365).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from secondsource import edtf
from secondsource.linking.accounts import thirds
from secondsource.linking.bags import MOST_WORDS, SHINGLE, weighed_words
from secondsource.model import Account, Report
from secondsource.packs import Pack
from secondsource.packs.model import Place
from secondsource.scripts import Signal, observe

ENDLESS = 10_000_000
"""Days: an open end of an interval."""
YEAR = 366
"""Days of the circle in which dates without a year are compared; a leap year's, so that 29 February has a place."""
EARTH = 6371.0
"""Mean radius in kilometres."""
VAGUE = frozenset({"river", "border", "country"})
"""Kinds of place that are too long to say where."""
TOWNS = frozenset({"county", "city"})
INSIDE_TOWNS = frozenset({"district", "site"})


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, ready to be compared. `turn` and `turn_days` say where in a year it lies."""

    first: int
    last: int
    yearless: bool
    turn: int
    turn_days: int

    @property
    def width(self) -> int:
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Description:
    """One account as it is linked. Unknown numbers are None, unknown sets empty."""

    id: str
    report: str
    language: str
    ref: str | None = None
    reprint_of: str | None = None
    practice: bool = False
    when: When | None = None
    edtf: str | None = None
    sure: bool = False
    """Whether the date's year is the report's own word, so that another date excludes it."""
    thirds: frozenset[str] = frozenset()
    """The parts of months (`6-2`: mid June) that its date may mean, if it is no wider than a month."""
    mentioned: frozenset[str] = frozenset()
    """The same for every date that the report mentions."""
    places: frozenset[str] = frozenset()
    """Where it happened, as fine as towns."""
    around: frozenset[str] = frozenset()
    """The same with all they lie in, countries left out."""
    towns: frozenset[str] = frozenset()
    """All towns that the report mentions, whatever for."""
    vague: bool = True
    """All of its places are too long to say where, or it has none."""
    spot: tuple[float, float, float] | None = None
    """Kilometres from the earth's centre: the chord between two is their distance."""
    acts: frozenset[str] = frozenset()
    perpetrators: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    sums: frozenset[str] = frozenset()
    low: int | None = None
    high: int | None = None
    age_low: int | None = None
    age_high: int | None = None
    details: tuple[str, ...] = ()
    words: Mapping[str, float] = field(default_factory=dict)
    """Word or shingle to how often it stands in the text."""
    coded: bool = True
    """Whether any claim stands behind it; otherwise it is the report alone, and only its text can be compared."""
    bag: Mapping[str, float] = field(default_factory=dict)
    """The text's words as `bags.weighed_words` counts them, where the pack groups reports by their texts."""


def describe(account: Account, report: Report, pack: Pack, marks: Mapping[str, Signal]) -> Description:
    """`marks`: the pack's signals. What is observable of how it was done counts as a detail."""
    fine = _fine(account, pack)
    chains = {q for p in fine for q in pack.within(p)}
    signals = observe(pack, account.claims, {report.id: report.text}, {report.id: report.language}, marks)
    return Description(
        id=account.id,
        report=account.report_id,
        language=str(report.language),
        ref=report.ref,
        reprint_of=report.reprint_of,
        practice=account.practice,
        when=days(account.when),
        edtf=account.when,
        sure=account.when_basis != "unknown",
        thirds=frozenset(thirds(account.when) if account.when else ()),
        mentioned=frozenset(d.removeprefix("third:") for d in account.details if d.startswith("third:")),
        places=frozenset(fine),
        around=frozenset(q for q in chains if pack.places[q].kind != "country"),
        towns=frozenset(_towns(account, pack)),
        vague=all(pack.places[p].kind in VAGUE for p in fine),
        spot=_spot(fine, pack),
        acts=frozenset(account.acts),
        perpetrators=frozenset(account.perpetrators),
        relations=frozenset(account.relations),
        sums=frozenset(f"{s.amount:g} {s.currency}" for s in account.sums),
        low=account.victims.low,
        high=account.victims.high,
        age_low=account.age_min,
        age_high=account.age_max,
        details=tuple(sorted({*account.details, *(f"signal:{code}" for code in signals)})),
        words=words(report.text, str(report.language)),
        coded=bool(account.claims or account.acts),
        bag=_bag(account, report, pack),
    )


def _bag(account: Account, report: Report, pack: Pack) -> dict[str, float]:
    spec = pack.linking.stories
    return {} if spec is None or account.practice else weighed_words(report.text, str(report.language), spec)


@lru_cache(maxsize=4096)
def days(text: str | None) -> When | None:
    """An EDTF date as days; None where nothing is known of it."""
    if text is None:
        return None
    found = edtf.parse(text)
    if found.earliest is None and found.latest is None:
        return None
    first = found.earliest.toordinal() if found.earliest else -ENDLESS
    last = found.latest.toordinal() if found.latest else ENDLESS
    length = min(last - first, YEAR)
    turn = _turn(found.earliest) if found.earliest else 0
    return When(first, last, found.yearless, turn, length)


def _turn(day: date) -> int:
    return date(edtf.LEAP, day.month, day.day).timetuple().tm_yday - 1


def gap(a: When, b: When) -> int:
    """The least number of days between two dates, 0 where they meet; round the year where one has none."""
    if not a.yearless and not b.yearless:
        return max(0, a.first - b.last, b.first - a.last)
    after, before = (b.turn - a.turn) % YEAR, (a.turn - b.turn) % YEAR
    if after <= a.turn_days or before <= b.turn_days:
        return 0
    return min(after - a.turn_days, before - b.turn_days)


def _fine(account: Account, pack: Pack) -> set[str]:
    """Where it happened, districts raised to their county or city."""
    found = set()
    for mention in account.places:
        chain = [p for p in pack.within(mention.place) if pack.places[p].kind not in INSIDE_TOWNS]
        if chain:
            found.add(chain[0])
    return {p for p in found if pack.places[p].kind in TOWNS} or found


def _towns(account: Account, pack: Pack) -> set[str]:
    found = {d.removeprefix("place:") for d in account.details if d.startswith("place:")}
    return {p for p in found if p in pack.places and pack.places[p].kind in TOWNS}


def _spot(places: set[str], pack: Pack) -> tuple[float, float, float] | None:
    entries = (pack.places[place] for place in sorted(places))
    return next((spot(e) for e in entries if e.kind in TOWNS and e.lat is not None), None)


def spot(place: Place) -> tuple[float, float, float] | None:
    """Where on the globe a place of the gazetteer is; None where the gazetteer does not say."""
    if place.lat is None or place.lon is None:
        return None
    lat, lon = math.radians(place.lat), math.radians(place.lon)
    return EARTH * math.cos(lat) * math.cos(lon), EARTH * math.cos(lat) * math.sin(lon), EARTH * math.sin(lat)


def words(text: str, language: str) -> dict[str, float]:
    """Word (or shingle of a script without spaces) to its count."""
    size = SHINGLE.get(language)
    folded = text.casefold()
    if size is None:
        return _most(Counter(re.findall(r"[^\W_]+", folded)))
    packed = re.sub(r"[\W_]+", "", folded)
    return _most(Counter(packed[i : i + size] for i in range(len(packed) - size + 1)))


def _most(counts: Counter[str]) -> dict[str, float]:
    if len(counts) <= MOST_WORDS:
        return {word: float(n) for word, n in counts.items()}
    return {word: float(n) for word, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]}
