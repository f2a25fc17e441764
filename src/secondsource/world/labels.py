"""What a careful reader codes from one report: from what it told, not from what is true."""

from __future__ import annotations

from typing import Any, Literal

from secondsource.packs import Pack
from secondsource.world.cases import known
from secondsource.world.tellings import Telling
from secondsource.world.writing import Said

Row = dict[str, Any]


def label(pack: Pack, telling: Telling, said: Said) -> Row:
    """One row of labels.jsonl."""
    case = telling.case
    return {
        "id": telling.id,
        "incidents": [
            {
                "incident_id": case.id,
                "gist": said.gist,
                "acts": _mapped(list(said.acts), pack.labels.acts),
                "perpetrator_orgs": _mapped(list(said.organisations), pack.labels.organisations),
                "broker_involved": "broker" in said.organisations or "broker" in case.people,
                "victims": {
                    "count_min": len(case.ages),
                    "count_max": None if said.more_victims else len(case.ages),
                    "descriptors": [said.victims],
                },
                "places": [
                    {"text": words, "canonical": pack.canonical(place), "role": role.value}
                    for (place, role), words in said.places.items()
                ],
                "date": said.date,
                "date_text": said.when,
                "year_basis": "text" if telling.dated else "published",
                "sources": [
                    {"descriptor": words, "origin_place": pack.canonical(base) if base else None, "cited_for": "all"}
                    for words, base in said.sources.items()
                ],
                "n_distinct_sources": len(said.sources),
                "independent_corroboration": _corroboration(telling),
                "money": [
                    {"amount": int(amount), "currency": currency, "purpose": case.script.step(step).label["en"]}
                    for (amount, currency), step in said.sums.items()
                ],
                "manufactured_defection": _manufactured(pack, telling),
                "modus": _modus(pack, telling),
                "outcome": "",
                "is_pattern": False,
                "coder_note": "",
            }
        ],
        "context_events": [],
        "article_language": telling.language,
    }


def _mapped(codes: list[str], table: dict[str, str]) -> list[str]:
    return sorted({table.get(code, code) for code in codes} - {""})


def _corroboration(telling: Telling) -> Row:
    """One report alone never corroborates: its outlet's two unnamed sources may be one."""
    if telling.second == "supports":
        return {"value": "unclear", "reason": "two unnamed sources of one outlet tell of the event"}
    if telling.second == "mood":
        return {"value": "no", "reason": "the second voice speaks of the mood only"}
    return {"value": "no", "reason": "repeats another outlet" if telling.relays else "one source"}


def _manufactured(pack: Pack, telling: Telling) -> Literal["yes", "suspected", "no"]:
    """Yes where each thing that decides it is told, suspected where some are (the arrest alone is none).

    A case of another script is suspected too where all is told that a manufactured one is suspected by.
    """
    script = telling.case.script
    told = {*telling.told, *telling.case.lead_steps}
    if not script.manufactured:
        signals = {step.signal for step in script.steps if step.code in told}
        rivals = (s for s in known(pack).values() if s.manufactured and s.suspected_by)
        return "suspected" if any(set(s.suspected_by) <= signals for s in rivals) else "no"
    deciding = {step.decisive for step in script.steps if step.decisive}
    shown = {step.decisive for step in script.steps if step.decisive and step.code in told}
    if shown == deciding:
        return "yes"
    leads = {script.step(code).decisive for code in telling.case.lead_steps}
    return "suspected" if shown - leads else "no"


def _modus(pack: Pack, telling: Telling) -> str:
    """The script as it shows in this report: another where nothing of its own was told."""
    script = telling.case.script
    shown_by = pack.telling.get(f"shown by {script.code}")
    told = {script.step(code).signal for code in (*telling.told, *telling.case.lead_steps)}
    code = script.code if shown_by is None or told.intersection(shown_by["ids"]) else shown_by["otherwise"][0]
    return pack.labels.modus.get(code, code)
