"""Very many incident descriptions at once, with the truth known: what linking is measured on.

Not texts but what would be read in them: an incident has a day, a town, acts, people, sums, details and
words; each report of it tells a part, and blurs some. Drawn in batches with NumPy, so that a million take
a minute. The numbers of how much is kept are judgement; what they lead to is measured, not assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from secondsource.packs import Pack

FIRST_DAY, DAYS = date(2005, 1, 1), 7300
BATCH = 20_000
REPORTS = (0.45, 0.28, 0.14, 0.08, 0.05)
"""Share of incidents with one to five reports."""
LANGUAGES, SPOKEN = ("en", "ko", "ja", "zh"), (0.35, 0.4, 0.2, 0.05)
KEPT = 0.75
"""Probability that a report tells one thing of an incident."""
DATED = (0.50, 0.30, 0.12, 0.08)
"""By day, by a third of a month, by month, not at all."""
SLIPS = 0.05
"""Probability that a report misses the day, by up to five."""
VOCABULARY, WORDS, COMMON = 40_000, 14, 6
KINDS = 40
"""Kinds of incident, each with acts that go with it."""
UNITS = ("CNY", "KPW", "USD")

Row = dict[str, Any]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Codes:
    """What can be drawn, in a fixed order."""

    towns: Sequence[str]
    acts: Sequence[str]
    organisations: Sequence[str]
    relations: Sequence[str]


def descriptions(pack: Pack, *, incidents: int, seed: int) -> Iterator[Row]:
    """A row an account, in the order of receipt within each batch: `incident` is the truth, `report` the report's id,
    and the rest what the report tells, as `secondsource.linking.Description` names it (`when` is EDTF).

    The same pack, number and seed give the same rows.
    """
    codes = _Codes(
        sorted(p.id for p in pack.places.values() if p.kind in {"county", "city"} and p.id.startswith("kp-"))
        or sorted(pack.places),
        sorted(pack.acts),
        sorted(pack.organisations),
        sorted(pack.relations),
    )
    rng = np.random.default_rng(seed)
    done = 0
    while done < incidents:
        size = min(BATCH, incidents - done)
        yield from _batch(codes, rng, done, size)
        done += size


def _batch(codes: _Codes, rng: np.random.Generator, first: int, size: int) -> Iterator[Row]:
    truth = _Truth(codes, rng, size)
    told = rng.choice(len(REPORTS), size, p=REPORTS) + 1
    of = np.repeat(np.arange(size), told)
    rng.shuffle(of)
    draws = _Draws(rng, len(of))
    for n, incident in enumerate(of.tolist()):
        yield _account(codes, truth, draws, n, incident, first)


class _Truth:
    """What happened in each incident of a batch."""

    def __init__(self, codes: _Codes, rng: np.random.Generator, size: int) -> None:
        def some(count: int, number: int) -> list[list[int]]:
            drawn: list[list[int]] = rng.integers(count, size=(size, number)).tolist()
            return drawn

        # Some towns and kinds of incident are told of far more often than others.
        often = 1 / np.arange(1, len(codes.towns) + 1)
        self.town = rng.choice(len(codes.towns), size, p=often / often.sum()).tolist()
        self.others = some(len(codes.towns), 2)
        self.day = rng.integers(DAYS, size=size).tolist()
        self.led_by = rng.integers(1, 60, size=size).tolist()
        self.kind = rng.integers(KINDS, size=size).tolist()
        self.by = some(min(6, len(codes.organisations)), 2)
        self.count = np.minimum(rng.geometric(0.4, size), 12).tolist()
        self.age = rng.integers(18, 70, size=size).tolist()
        self.relations = some(len(codes.relations), 2)
        self.sums = (rng.integers(2, 600, size=(size, 2)) * 100).tolist()
        self.has_sum = (rng.random((size, 2)) < (0.5, 0.2)).tolist()
        self.unit = rng.choice(len(UNITS), (size, 2), p=(0.7, 0.15, 0.15)).tolist()
        # Frequencies of words fall as their rank rises (Zipf); an incident has a few common and a few rare ones.
        self.words = np.minimum(rng.zipf(1.25, size=(size, WORDS)), VOCABULARY).tolist()
        self.own = rng.integers(VOCABULARY, size=(size, 4)).tolist()


class _Draws:
    """The chances of each account of a batch, all drawn at once."""

    def __init__(self, rng: np.random.Generator, size: int) -> None:
        self.language = rng.choice(len(LANGUAGES), size, p=SPOKEN).tolist()
        self.kept = (rng.random((size, 40)) < KEPT).tolist()
        self.dated = rng.choice(len(DATED), size, p=DATED).tolist()
        self.slip = np.where(rng.random(size) < SLIPS, rng.integers(-5, 6, size=size), 0).tolist()
        self.noise = rng.integers(1 << 30, size=(size, 4)).tolist()
        self.common = np.minimum(rng.zipf(1.25, size=(size, COMMON)), VOCABULARY).tolist()


def _account(codes: _Codes, truth: _Truth, draws: _Draws, n: int, i: int, first: int) -> Row:
    kept, noise = draws.kept[n], draws.noise[n]
    day = FIRST_DAY + timedelta(days=truth.day[i] + draws.slip[n])
    town = codes.towns[truth.town[i]]
    acts = {codes.acts[a] for k, a in enumerate(_acts(truth.kind[i], len(codes.acts))) if kept[k]} or {codes.acts[0]}
    if not kept[5]:
        acts.add(codes.acts[noise[0] % len(codes.acts)])
    by = {codes.organisations[o] for k, o in enumerate(truth.by[i]) if kept[6 + k]}
    relations = {codes.relations[r] for k, r in enumerate(truth.relations[i]) if kept[8 + k]}
    sums = {
        f"{amount} {UNITS[truth.unit[i][k]]}"
        for k, amount in enumerate(truth.sums[i])
        if truth.has_sum[i][k] and kept[10 + k]
    }
    when = _when(day, draws.dated[n])
    count = truth.count[i] if kept[12] else None
    age = truth.age[i] if kept[13] else None
    places = {town} if kept[14] or kept[15] else set()
    language = LANGUAGES[draws.language[n]]
    details = _details(codes, truth, kept, i, when, age, count) | {f"act:{a}" for a in acts} | {f"org:{o}" for o in by}
    details |= {f"relation:{r}" for r in relations} | {f"sum:{s}" for s in sums} | {f"place:{p}" for p in places}
    return {
        "id": f"a{first}.{n}",
        "report": f"r{first}.{n}",
        "incident": first + i,
        "language": language,
        "when": when,
        "places": places,
        "acts": acts,
        "perpetrators": by,
        "relations": relations,
        "sums": sums,
        "low": count,
        "high": count,
        "age_low": age,
        "age_high": age,
        "details": details,
        "words": _words(truth, draws, n, i, language),
    }


def _acts(kind: int, number: int) -> list[int]:
    """The five acts that go with a kind of incident."""
    return [(kind * 7 + k * (1 + kind % 5)) % number for k in range(5)]


def _when(day: date, how: int) -> str | None:
    if how == 3:
        return None
    if how == 2:
        return f"{day:%Y-%m}"
    if how == 0:
        return day.isoformat()
    start = day.replace(day=min((day.day - 1) // 10, 2) * 10 + 1)
    if start.day < 21:
        return f"{start}/{start + timedelta(days=9)}"
    return f"{start}/{(day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)}"


def _details(
    codes: _Codes, truth: _Truth, kept: Sequence[bool], i: int, when: str | None, age: int | None, count: int | None
) -> set[str]:
    found = {f"place:{codes.towns[p]}" for k, p in enumerate(truth.others[i]) if kept[16 + k]}
    if when is not None:
        found.add(f"time:{when}")
    if kept[18]:
        found.add(f"time:{FIRST_DAY + timedelta(days=truth.day[i] - truth.led_by[i])}")
    if age is not None:
        found.add(f"age:{age // 10}0s")
    if count is not None and count > 1:
        found.add(f"count:{count}")
    return found


def _words(truth: _Truth, draws: _Draws, n: int, i: int, language: str) -> dict[str, float]:
    told = [w for k, w in enumerate(truth.words[i]) if draws.kept[n][20 + k]]
    own = [w for k, w in enumerate(truth.own[i]) if draws.kept[n][35 + k]]
    return dict.fromkeys((f"{language}{w}" for w in (*told, *own, *draws.common[n])), 1.0)
