"""A claim with fields as a person sets them. Every value rests on characters: a mention's, or the claim's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from secondsource import edtf
from secondsource.model import (
    Claim,
    OrgMention,
    PeopleMention,
    PlaceMention,
    Reading,
    Report,
    Span,
    TimeMention,
    Voice,
    content_id,
)
from secondsource.packs import Pack
from secondsource.review.judgement import Changes, Number


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim with the voices of its report. `pinned`: voices of which it was said from whom they have it."""

    claim: Claim
    voices: dict[str, Voice]
    pinned: frozenset[str] = frozenset()


def change(claim: Claim, changes: Changes, reading: Reading, report: Report, pack: Pack) -> Changed:
    """ValueError where a code is not the pack's, a date is no EDTF, a voice is not the report's, or where words
    do not stand in the text."""
    named = set(changes.named)
    update: dict[str, object] = {}
    if "act" in named:
        if changes.act not in pack.acts:
            raise ValueError(f"act: the pack has no {changes.act!r}")
        update["act"] = changes.act
    for name in ("modality", "practice", "background"):
        if name in named:
            update[name] = getattr(changes, name)
    if "perpetrators" in named:
        update["perpetrators"] = tuple(_org(o, claim, reading, pack) for o in dict.fromkeys(changes.perpetrators or ()))
    if "victims" in named:
        update["victims"] = _people(changes.victims, claim)
    if "place" in named:
        update["places"] = () if changes.place is None else (_place(changes, claim, reading, pack),)
    if "when" in named:
        update["when"] = None if changes.when is None else _time(changes.when, claim, reading)
    voices = {v.id: v for v in reading.voices}
    if "voice" in named:
        update["voice"] = _voice(changes.voice, voices, report)
    changed = claim.model_copy(update=update)
    if "heard_from" not in named:
        return Changed(changed, voices)
    return _heard(changed, changes.heard_from, voices, report)


def _org(code: str, claim: Claim, reading: Reading, pack: Pack) -> OrgMention:
    if code not in pack.organisations:
        raise ValueError(f"perpetrators: the pack has no {code!r}")
    said = [m for m in reading.mentions if m.kind == "org" and m.org == code]
    return OrgMention(span=_nearest((m.span for m in said), claim), org=code)


def _place(changes: Changes, claim: Claim, reading: Reading, pack: Pack) -> PlaceMention:
    assert changes.place is not None
    code = changes.place.place
    if code not in pack.places:
        raise ValueError(f"place: the gazetteer has no {code!r}")
    said = [m for m in reading.mentions if m.kind == "place" and code in {m.place, *m.candidates}]
    return PlaceMention(span=_nearest((m.span for m in said), claim), place=code, role=changes.place.role)


def _time(when: str, claim: Claim, reading: Reading) -> TimeMention:
    try:
        edtf.parse(when)
    except edtf.EdtfError as error:
        raise ValueError(f"when: {error}") from None
    if claim.when is not None:
        return TimeMention(span=claim.when.span, edtf=when)
    same = [m.span for m in reading.mentions if m.kind == "time" and m.edtf == when]
    return TimeMention(span=_nearest(same, claim), edtf=when)


def _people(number: Number | None, claim: Claim) -> tuple[PeopleMention, ...]:
    """One mention of them all, which keeps what was said of them besides their number."""
    if number is None:
        return ()
    first = claim.victims[0] if claim.victims else PeopleMention(span=claim.span)
    relations = tuple(dict.fromkeys(r for m in claim.victims for r in m.relations))
    update = {"count_min": number.low, "count_max": number.high, "relations": relations, "scope": "new"}
    return (first.model_copy(update=update),)


def _nearest(spans: Iterable[Span], claim: Claim) -> Span:
    """The words that name it nearest to the act; the claim's sentence where none do."""
    at = claim.trigger.start
    return min(spans, key=lambda s: (not claim.span.covers(s), abs(s.start - at)), default=claim.span)


def _voice(named: str | Span | None, voices: dict[str, Voice], report: Report) -> str | None:
    """The id of a voice; one that its words introduce is put among `voices`."""
    if named is None:
        return None
    if isinstance(named, str):
        if named not in voices:
            raise ValueError(f"voice: the report cites no {named!r}")
        return named
    words = stands(named, report, "voice")
    for voice in voices.values():
        if any(s.overlaps(named) for s in voice.spans):
            return voice.id
    made = Voice(
        id=content_id("v", report.id, named.start, words),
        report_id=report.id,
        descriptor=words,
        spans=(named,),
        outlet=report.outlet,
    )
    voices[made.id] = made
    return made.id


def _heard(claim: Claim, named: str | Span | None, voices: dict[str, Voice], report: Report) -> Changed:
    if claim.voice is None:
        raise ValueError("heard_from: nobody is said to tell it")
    whom = _voice(named, voices, report)
    passed: set[str] = set()
    at = whom
    while at is not None and at in voices and at not in passed:
        if at == claim.voice:
            raise ValueError("heard_from: nobody can have it from themselves")
        passed.add(at)
        at = voices[at].heard_from
    voices[claim.voice] = voices[claim.voice].model_copy(update={"heard_from": whom})
    return Changed(claim, voices, frozenset({claim.voice}))


def stands(span: Span, report: Report, name: str) -> str:
    """The words at a span. ValueError where there are none."""
    words = span.of(report.text)
    if span.end > len(report.text) or not words.strip():
        raise ValueError(f"{name}: no words stand at {span.start} to {span.end}")
    return words
