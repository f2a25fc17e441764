"""Analysis of competing hypotheses (Heuer 1999): each piece of evidence against each hypothesis that is in the race."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondsource.model import Incident
from secondsource.packs import Pack
from secondsource.scripts.score import ABSENT, HINTED, SHOWN
from secondsource.weighing.knowledge import knowledge

TELLING = 0.7
"""Bits between the best and the worst hypothesis from which a piece of evidence is worth a row."""
STATES = {ABSENT: "absent", HINTED: "hinted", SHOWN: "shown"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One mark. `state`: shown, hinted or absent. `bits`: for each hypothesis asked for, against the mean
    probability under all of them; positive where the mark, or its lack, is what one would expect."""

    signal: str
    state: str
    claims: tuple[str, ...]
    bits: tuple[float, ...]

    @property
    def apart(self) -> float:
        """How far it tells the hypotheses apart, in bits."""
        return max(self.bits) - min(self.bits)


def matrix(incident: Incident, scripts: Sequence[str], pack: Pack) -> list[Evidence]:
    """What tells `scripts` apart, what was seen first, then what is missing, each most telling first.

    What fits all of them alike is left out: it may be true, but decides nothing.
    """
    known = knowledge(pack)
    rows = [list(known.scripts).index(code) for code in scripts if code in known.scripts]
    if len(rows) < 2:
        return []
    levels = known.scorer.levels(incident.signals, incident.hints)
    each = known.tempering * known.scorer.each(levels, len(incident.reports))[rows]
    bits = each - np.log2(np.exp2(each).mean(axis=0))
    found = [
        Evidence(
            signal=code,
            state=STATES[int(levels[n])],
            claims=incident.signals.get(code, ()),
            bits=tuple(round(float(b), 2) for b in bits[:, n]),
        )
        for n, code in enumerate(known.scorer.codes)
    ]
    telling = [one for one in found if one.apart >= TELLING]
    return sorted(telling, key=lambda one: (list(STATES.values())[::-1].index(one.state), -one.apart, one.signal))
