"""What happens: one case of a script, drawn with everything that reports can later tell or blur."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

from secondsource.packs import Pack
from secondsource.packs.once import once
from secondsource.scripts import Played, Script, load, sample

FIRST_DAY = date(2012, 1, 1)
DAYS = 4700
"""Cases begin on a day of the years 2012 to 2024."""

Random = np.random.Generator
T = TypeVar("T")


def pick(rng: Random, options: Sequence[T]) -> T:
    """One of `options`, each as likely as the next."""
    return options[int(rng.integers(len(options)))]


@dataclass(frozen=True, slots=True)
class Case:
    """The truth. `lead`: the signal that its reports lead with, None where nothing came to light."""

    id: str
    script: Script
    played: Played
    begins: date
    place: str
    river: str
    across: str
    """The town on the other bank."""
    people: str
    """Key of `people` in telling.yaml."""
    ages: tuple[int, ...]
    agency: str
    sums: Mapping[str, int]
    """Step to yuan."""
    years: int
    """The sentence, where there is one."""
    lead: str | None
    lead_steps: tuple[str, ...]
    """The steps that the lead tells."""

    def day(self, step: str) -> date:
        return self.begins + timedelta(days=int(self.played.times[step]))

    @property
    def lead_day(self) -> date:
        """When all that the lead tells had happened: the day that it is dated by."""
        return max(self.day(step) for step in self.lead_steps)


@once(most=1)
def known(pack: Pack) -> dict[str, Script]:
    """The scripts of a pack."""
    return load(pack)


def draw(pack: Pack, script: Script, number: int, rng: Random) -> Case:
    """Case `number` as a case of `script`."""
    played = sample(script, rng)
    river = pick(rng, sorted(key.removeprefix("river ") for key in pack.telling if key.startswith("river ")))
    people = pick(rng, for_script(pack, "victims", script.code))
    ages = tuple(_between(rng, text) for text in pack.telling[f"people {people}"]["ages"])
    lead, lead_steps = _lead(pack, script, played)
    return Case(
        id=f"INC-W{number:04d}",
        script=script,
        played=played,
        begins=FIRST_DAY + timedelta(days=int(rng.integers(DAYS))),
        place=pick(rng, pack.telling[f"river {river}"]["ids"]),
        river=river,
        across=pick(rng, pack.telling[f"across {river}"]["ids"]),
        people=people,
        ages=ages,
        agency=pick(rng, for_script(pack, "agency", script.code)),
        sums={step: 1000 * int(rng.integers(2, 61)) for step in played.steps},
        years=int(rng.integers(2, 13)),
        lead=lead,
        lead_steps=lead_steps,
    )


def for_script(pack: Pack, group: str, script: str) -> list[str]:
    """The codes of `GROUP SCRIPT`, or of `GROUP` where the script has none of its own."""
    return pack.telling.get(f"{group} {script}", pack.telling[group])["ids"]


@dataclass(frozen=True, slots=True)
class People:
    code: str
    ages: tuple[int, ...]


def people_of(pack: Pack, codes: Sequence[str], count: int, rng: Random) -> People:
    """One of these groups of people that has `count` persons, else any group of victims that has."""
    everybody = (codes, pack.telling["victims"]["ids"])
    fitting = [[one for one in some if len(pack.telling[f"people {one}"]["ages"]) == count] for some in everybody]
    code = pick(rng, fitting[0] or fitting[1] or codes)
    return People(code, tuple(_between(rng, text) for text in pack.telling[f"people {code}"]["ages"]))


def _between(rng: Random, text: str) -> int:
    low, high = text.split("-")
    return int(rng.integers(int(low), int(high) + 1))


def _lead(pack: Pack, script: Script, played: Played) -> tuple[str | None, tuple[str, ...]]:
    wanted = pack.telling[f"lead of {script.code}"]["ids"]
    happened = {script.step(code).signal: code for code in reversed(played.steps)}
    found = [signal for signal in wanted if signal in happened]
    return (found[0] if found else None), tuple(happened[signal] for signal in found)
