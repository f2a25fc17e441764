"""Who tells a case: an original by one outlet, perhaps its translation, perhaps another outlet that repeats it.

A source tells only what its role lets it know (`knowers`), a report only what comes to be reported
(`reported`) and had happened by then, and whoever repeats a report blurs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from secondsource.packs import Pack
from secondsource.world.cases import Case, Random, pick

LANGUAGES = ("en", "en", "ko", "ko", "ja")
"""Drawn from: two of five originals are English, two Korean, one Japanese."""

TWO_SOURCES, BOTH_SUPPORT = 0.35, 0.5
TRANSLATED, RELAYED, SECOND_OUTLET = 0.25, 0.45, 0.12
KEPT, OTHER_AGENCY, SUM_BLURRED = 0.7, 0.1, 0.7
DATED, BY_DAY = 0.15, 0.45
DELAY_DAYS = (3, 40)
RIVALS = ("MSS", "border_guards", "MPS")


@dataclass(frozen=True, slots=True)
class Seen:
    """When a case first comes out, and through which role of its script."""

    published: date
    role: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One report of a case, before it is put into words."""

    id: str
    case: Case
    kind: Literal["original", "translation", "relay"]
    outlet: str
    language: str
    published: date
    told: tuple[str, ...]
    """Steps besides those of the lead, in the order in which they happened."""
    roles: tuple[str, ...]
    """The roles of its sources in the script: truth, which the text does not tell."""
    voice: str
    """How its first source is described: a key of `source` in telling.yaml."""
    second: Literal["supports", "mood"] | None
    agency: str
    exact: bool
    """Whether ages and sums are told as they are."""
    by_day: bool
    """Whether the day is told, or only the third of the month."""
    dated: bool
    """Whether the year is told."""
    relays: str | None = None
    """The outlet that it cites."""


def tell(pack: Pack, case: Case, rng: Random, seen: Seen | None = None) -> Iterator[Telling]:
    """Every report of a case; none where nothing came to light. `seen`: how its first one comes about."""
    if case.lead is None:
        return
    outlets = sorted(key.removeprefix("outlet ") for key in pack.telling if key.startswith("outlet "))
    order = [outlets[i] for i in rng.permutation(len(outlets))]
    first = _original(pack, case, order[0], rng, seen)
    found = [first]
    if rng.random() < TRANSLATED:
        language = pick(rng, [code for code in ("en", "ko", "ja") if code != first.language])
        published = first.published + timedelta(days=int(rng.integers(0, 4)))
        found.append(replace(first, kind="translation", language=language, published=published))
    if rng.random() < RELAYED:
        found.append(_relay(first, order[1], rng))
    if rng.random() < SECOND_OUTLET:
        found.append(_original(pack, case, order[2], rng, later(seen, rng)))
    for number, telling in enumerate(found):
        yield replace(telling, id=f"{case.id.removeprefix('INC-').lower()}{'abcd'[number]}")


def later(seen: Seen | None, rng: Random) -> Seen | None:
    """Another outlet hears of it after the first."""
    return seen and Seen(seen.published + timedelta(days=int(rng.integers(1, DELAY_DAYS[1]))), seen.role)


def _original(pack: Pack, case: Case, outlet: str, rng: Random, seen: Seen | None = None) -> Telling:
    if seen is None:
        published = case.lead_day + timedelta(days=int(rng.integers(DELAY_DAYS[0], DELAY_DAYS[1] + 1)))
        roles = _roles(case, rng)
    else:
        published, roles = seen.published, _beside(case, seen.role, rng)
    return Telling(
        id="",
        case=case,
        kind="original",
        outlet=outlet,
        language=pick(rng, LANGUAGES),
        published=published,
        told=tuple(code for code in case.played.steps if _comes_out(case, code, roles, published, rng)),
        roles=roles,
        voice=pick(rng, pack.telling["kinds"]["ids"]),
        second=None if len(roles) == 1 else "supports" if rng.random() < BOTH_SUPPORT else "mood",
        agency=case.agency,
        exact=rng.random() < KEPT,
        by_day=rng.random() < BY_DAY,
        dated=rng.random() < DATED,
    )


def _roles(case: Case, rng: Random) -> tuple[str, ...]:
    """One or two roles. The first knows of what the report leads with; those who know more tell more often."""
    witnesses = case.script.step(case.lead_steps[0]).knowers or sorted(case.script.roles)
    known = [role for code in case.played.steps for role in case.script.step(code).knowers]
    first = pick(rng, [*witnesses, *(role for role in known if role in witnesses)])
    return _beside(case, first, rng)


def _beside(case: Case, first: str, rng: Random) -> tuple[str, ...]:
    """A role alone, or with another."""
    others = [role for role in sorted(case.script.roles) if role != first]
    return (first, pick(rng, others)) if others and rng.random() < TWO_SOURCES else (first,)


def _comes_out(case: Case, code: str, roles: tuple[str, ...], published: date, rng: Random) -> bool:
    step = case.script.step(code)
    known = not step.knowers or any(role in step.knowers for role in roles)
    reported = rng.random() < step.reported
    return reported and known and code not in case.lead_steps and case.day(code) <= published


def _relay(first: Telling, outlet: str, rng: Random) -> Telling:
    other = pick(rng, [org for org in RIVALS if org != first.agency])
    keep = first.agency == "chinese_police" or rng.random() >= OTHER_AGENCY
    return replace(
        first,
        kind="relay",
        outlet=outlet,
        language=pick(rng, LANGUAGES),
        published=first.published + timedelta(days=int(rng.integers(1, 15))),
        told=tuple(code for code in first.told if rng.random() < KEPT),
        roles=first.roles[:1],
        second=None,
        agency=first.agency if keep else other,
        exact=rng.random() >= SUM_BLURRED,
        by_day=first.by_day and rng.random() < BY_DAY,
        dated=False,
        relays=first.outlet,
    )
