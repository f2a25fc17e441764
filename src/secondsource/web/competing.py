"""Competing hypotheses on a page: which mark speaks for which, what is missing, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secondsource.model import Claim, Hypothesis, Incident, StepEvidence
from secondsource.web.dates import N_
from secondsource.web.telling import Case
from secondsource.web.words import Words
from secondsource.weighing import matrix

COLUMNS, LEAST = 4, 0.01
"""Hypotheses that are held beside one another: the likeliest, as far as they are in the race at all."""
ROWS = 14
STRONG, SOME = 1.5, 0.4
"""Bits from which a mark speaks strongly, or at all, for a hypothesis or against it."""
SPEAKS = {
    "++": N_("speaks strongly for it"),
    "+": N_("speaks for it"),
    "0": N_("says little either way"),
    "-": N_("speaks against it"),
    "--": N_("speaks strongly against it"),
}
SIGN = {"++": "＋＋", "+": "＋", "0": "·", "-": "－", "--": "－－"}
STATE = {
    "shown": N_("told"),
    "hinted": N_("its words stand in a report, but no claim was read"),
    "absent": N_("not told"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One piece of evidence: `cells` are how it speaks of each column."""

    signal: str
    state: str
    claim: Claim | None
    more: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Race:
    """The hypotheses in the race, and the marks that tell them apart."""

    scripts: tuple[Hypothesis, ...]
    marks: tuple[Mark, ...]
    alike: int
    """Marks that were seen and fit all of them."""


def running(cases: Sequence[Case]) -> list[Case]:
    """The hypotheses that are worth a line."""
    return [case for n, case in enumerate(cases) if n < COLUMNS or case.hypothesis.posterior >= LEAST]


def race(incident: Incident, words: Words) -> Race | None:
    """None where there are no two to hold beside each other, or nothing was looked for."""
    if not incident.signals and not incident.hints:
        return None
    running = tuple(h for n, h in enumerate(incident.hypotheses[:COLUMNS]) if h.posterior >= LEAST or n < 2)
    rows = matrix(incident, [h.script for h in running], words.pack)
    if not rows:
        return None
    claims = {c.id: c for c in incident.claims}
    marks = [
        Mark(
            signal=row.signal,
            state=row.state,
            claim=next((claims[c] for c in row.claims if c in claims), None),
            more=len(row.claims) - 1,
            cells=tuple(speaks(bits) for bits in row.bits),
        )
        for row in rows
    ]
    told = [m for m in marks if m.state != "absent"]
    kept = [*told[: ROWS - 3], *(m for m in marks if m.state == "absent")][:ROWS]
    return Race(running, tuple(kept), sum(1 for s in incident.signals if s not in {m.signal for m in told}))


def speaks(bits: float) -> str:
    size = abs(bits)
    sign = "+" if bits > 0 else "-"
    return "0" if size < SOME else sign if size < STRONG else sign * 2


def label(signal: str, words: Words) -> str:
    raw = words.pack.signals.get(signal)
    return words.label(raw.get("label") if isinstance(raw, Mapping) else None, signal)


def lack(step: StepEvidence, words: Words) -> str:
    """What it says that no claim tells of a step."""
    if step.hinted:
        return words._("no claim tells of it, but its words stand in a report: look there")
    if step.weight <= -SOME:
        return words._("no claim tells of it, and one would expect it: that speaks against this")
    return words._("no claim tells of it, which says little: it often goes untold")


def robust(one: Hypothesis, words: Words, *, first: bool) -> str:
    """How much the prior matters, in a sentence."""
    if one.overturn is None:
        return ""
    if first:
        times = _times(1 / max(one.overturn, 1e-9))
        return words._("It would lose the first place if it were %(n)s times rarer beforehand than was assumed.") % {
            "n": times
        }
    return words._("To come first it would have to be %(n)s times as common beforehand as was assumed.") % {
        "n": _times(one.overturn)
    }


def _times(factor: float) -> str:
    if factor >= 1000:
        return "1000+"
    return f"{factor:.0f}" if factor >= 10 else f"{factor:.1f}"


def tells_apart(script: str, words: Words) -> str:
    """The pack's own sentence on what tells a script from its rivals."""
    raw = words.pack.scripts.get(script)
    return " ".join(str(raw.get("tells_apart", "")).split()) if isinstance(raw, Mapping) else ""
