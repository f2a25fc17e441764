"""An incident as it is kept: what rates and priors decide of it apart from the rest, so that it can be made anew alone.

Nine tenths of an incident are its accounts and findings, which rates do not change: those are not even read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from secondsource import casebook, weighing
from secondsource.model import Hypothesis, Incident, Link, Modality
from secondsource.packs import Pack

VERDICT = frozenset({"signals", "hints", "hypotheses", "question", "manufactured"})
"""Fields of the verdict: what was seen, and what rates decide."""
HYPOTHESES = TypeAdapter(tuple[Hypothesis, ...])
MODALITIES = {how.value: how for how in Modality}


def stored(incident: Incident, position: int) -> casebook.Stored:
    shown = {claim for claims in incident.signals.values() for claim in claims}
    claims = [(c.id, c.act, c.modality) for c in incident.claims if c.id in shown]
    marks = {"coded": not incident.uncoded, "reports": len(incident.reports), "claims": claims}
    return casebook.Stored(
        position,
        incident.id,
        incident.model_dump_json(exclude=set(VERDICT)),
        _verdict(incident.signals, incident.hints, incident),
        to_json(marks).decode(),
    )


def _verdict(signals: Mapping[str, Sequence[str]], hints: Sequence[str], decided: Incident | weighing.Verdict) -> str:
    """As JSON. Most steps of a hypothesis are told nowhere: what is as always is left out, which halves it."""
    seen = to_json({"signals": signals, "hints": hints, "question": decided.question}).decode()
    hypotheses = HYPOTHESES.dump_json(decided.hypotheses, exclude_defaults=True).decode()
    return f'{seen[:-1]},"manufactured":"{decided.manufactured.value}","hypotheses":{hypotheses}}}'


def relinked(body: str, links: Sequence[Link]) -> str:
    """What is kept of an incident, with other links."""
    return to_json(from_json(body) | {"links": links}).decode()


class Marked(NamedTuple):
    """What is kept of a claim that shows a mark."""

    id: str
    act: str
    modality: Modality


def rated(verdict: str, marks: str, pack: Pack) -> str:
    """The verdict under the pack's rates. KeyError, TypeError or ValueError where what was kept is not such."""
    kept, found = from_json(marks), from_json(verdict)
    if not kept["coded"]:
        return verdict
    seen = weighing.Observed({code: tuple(ids) for code, ids in found["signals"].items()}, frozenset(found["hints"]))
    claims = [Marked(one, act, MODALITIES[how]) for one, act, how in kept["claims"]]
    new = weighing.verdict(seen, claims, kept["reports"], pack)
    return _verdict(found["signals"], found["hints"], new)
