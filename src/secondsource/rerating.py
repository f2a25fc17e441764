"""An incident as it is kept: what rates and priors decide of it apart from the rest, so that it can be made anew alone.

Nine tenths of an incident are its accounts and findings, which rates do not change: those are not even read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic_core import from_json, to_json

from secondsource import casebook, weighing
from secondsource.model import Account, Claim, Incident, Link, Modality
from secondsource.packs import Pack

DECIDED = frozenset({"hypotheses", "question", "manufactured"})
SEEN = frozenset({"signals", "hints"})
"""Fields that make the verdict: what rates decide, and what was seen."""


def stored(incident: Incident, position: int) -> casebook.Stored:
    shown = {claim for claims in incident.signals.values() for claim in claims}
    claims = [(c.id, c.act, c.modality) for c in incident.claims if c.id in shown]
    marks = {"reports": incident.reports, "acts": incident.acts, "claims": claims}
    return casebook.Stored(
        position,
        incident.id,
        incident.model_dump_json(exclude=set(DECIDED | SEEN)),
        incident.model_dump_json(include=set(DECIDED | SEEN)),
        to_json(marks).decode(),
    )


def relinked(body: str, links: Sequence[Link]) -> str:
    """What is kept of an incident, with other links."""
    return to_json(from_json(body) | {"links": links}).decode()


def rated(verdict: str, marks: str, pack: Pack) -> str:
    """The verdict under the pack's rates."""
    found: dict[str, Any] = from_json(verdict)
    (new,) = weighing.reweigh([_seen(found, from_json(marks))], pack)
    return to_json(found | {name: getattr(new, name) for name in DECIDED}).decode()


def _seen(verdict: dict[str, Any], marks: dict[str, Any]) -> Incident:
    """An incident of all that `weighing.reweigh` looks at, and of nothing else."""
    claims = tuple(Claim.model_construct(id=c, act=act, modality=Modality(how)) for c, act, how in marks["claims"])
    # Whose report a claim is of decides nothing; how many reports there are does.
    accounts = tuple(
        Account.model_construct(report_id=report, claims=claims if number == 0 else ())
        for number, report in enumerate(marks["reports"])
    )
    signals = {code: tuple(shown) for code, shown in verdict["signals"].items()}
    manufactured = verdict["manufactured"]
    return Incident.model_construct(
        accounts=accounts,
        acts=tuple(marks["acts"]),
        signals=signals,
        hints=tuple(verdict["hints"]),
        manufactured=manufactured,
    )
