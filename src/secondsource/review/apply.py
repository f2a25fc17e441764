"""A person's judgements over the machine's reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from secondsource.model import Claim, Decision, Mention, PeopleMention, Reading, Report, Span, Voice
from secondsource.packs import Pack
from secondsource.review.judgement import words_hash
from secondsource.review.standing import Judged, Judgements


def apply(reading: Reading, report: Report, decisions: Sequence[Decision] | Judgements, pack: Pack) -> Reading:
    """The reading with what people decided: rejected claims out, accepted and corrected ones as judged, added ones in.

    A judged claim stands as it was judged whatever the reader finds now. A claim that the reader finds at slightly
    other words (same act, overlapping trigger) is the judged one, not a second. Without judgements on the report
    the reading comes back as it is.
    """
    judgements = decisions if isinstance(decisions, Judgements) else Judgements(decisions)
    mine = judgements.of(report.id)
    bare = {c.id for c in reading.claims} & judgements.bare
    if not mine and not bare:
        return reading
    left = {c.id: c for c in reading.claims if c.id not in bare}
    targets = {judged.claim_id for judged in mine}
    people = Voices(reading.voices)
    notes = list(reading.notes)
    made: list[Claim] = []
    counted: dict[Span, PeopleMention] = {}
    for judged in mine:
        if fault := _fault(judged, report, pack):
            notes.append(f"the judgement of {judged.decision.at} on {judged.claim_id} does not hold: {fault}")
            continue
        same = _same(judged, left, targets)
        for one in same:
            del left[one.id]
        if not judged.rejected:
            made.append(_as_judged(judged, same, reading.claims, people, pack))
            counted.update(_counted(judged))
    machines = (_recounted(c, counted) for c in left.values())
    claims = sorted([*machines, *made], key=lambda c: (c.trigger.start, c.trigger.end))
    mentions = _mentions(reading.mentions, made)
    return reading.model_copy(
        update={"claims": tuple(claims), "voices": people.all(), "mentions": mentions, "notes": tuple(notes)}
    )


def _fault(judged: Judged, report: Report, pack: Pack) -> str | None:
    assert judged.judgement is not None
    claim = judged.judgement.claim
    if words_hash(report.text, claim.span) != judged.judgement.words:
        return "the text has other words there"
    if claim.act not in pack.acts and not judged.rejected:
        return f"the pack has no act {claim.act} any more"
    return None


def _same(judged: Judged, left: dict[str, Claim], targets: set[str]) -> list[Claim]:
    """The machine's claims that are this one: the one of that id, else the one whose words overlap most; and those
    that the reader now finds with the act that the person made of it."""
    assert judged.judgement is not None
    claim, found_as = judged.judgement.claim, judged.judgement.found_as
    near = [c for c in left.values() if c.id not in targets and c.trigger.overlaps(claim.trigger)]
    same = [left[judged.claim_id]] if judged.claim_id in left else []
    if not same:
        moved = [c for c in near if c.act == found_as]
        same = sorted(moved, key=lambda c: (-_shared(c.trigger, claim.trigger), c.trigger.start, c.id))[:1]
    if not judged.rejected:
        same += [c for c in near if c.act == claim.act and c not in same]
    return same


def _shared(a: Span, b: Span) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _as_judged(judged: Judged, same: Sequence[Claim], read: Iterable[Claim], people: Voices, pack: Pack) -> Claim:
    """The claim as it was judged, in the incident where the reader now has it or what stands nearest to it."""
    assert judged.judgement is not None
    claim = judged.judgement.claim
    names = people.bring(judged.judgement.voices, set(judged.judgement.pinned))
    nearest = min([*same[:1]] or read, key=lambda c: (_gap(c.trigger, claim.trigger), c.trigger.start), default=None)
    return claim.model_copy(
        update={
            "voice": names.get(claim.voice or ""),
            "episode": nearest.episode if nearest else 0,
            "perpetrators": tuple(m for m in claim.perpetrators if m.org in pack.organisations),
            "places": tuple(m for m in claim.places if m.place in pack.places),
        }
    )


def _counted(judged: Judged) -> dict[Span, PeopleMention]:
    """People whose number a person set, by the words that name them."""
    assert judged.judgement is not None
    if "victims" not in judged.judgement.changed:
        return {}
    return {m.span: m for m in judged.judgement.claim.victims}


def _recounted(claim: Claim, counted: Mapping[Span, PeopleMention]) -> Claim:
    """A claim of the machine's with people of the same words as many as a person said that they are."""
    if not any(m.span in counted for m in claim.victims):
        return claim
    return claim.model_copy(update={"victims": tuple(counted.get(m.span, m) for m in claim.victims)})


def _gap(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _mentions(read: tuple[Mention, ...], made: Iterable[Claim]) -> tuple[Mention, ...]:
    """All that is mentioned, with what people found mentioned besides: linking compares by it."""
    found: dict[Mention, None] = dict.fromkeys(read)
    for claim in made:
        if claim.judged in {"corrected", "added"}:
            extra: list[Mention] = [*claim.perpetrators, *claim.victims, *claim.places, *claim.sums]
            extra += [claim.when] if claim.when else []
            found.update(dict.fromkeys(extra))
    if len(found) == len(read):
        return read
    return tuple(sorted(found, key=lambda m: (m.span.start, m.span.end, m.kind)))


class Voices:
    """The voices of a reading, and those of judgements brought in among them."""

    def __init__(self, read: Iterable[Voice]) -> None:
        self._by_id = {v.id: v for v in read}

    def all(self) -> tuple[Voice, ...]:
        return tuple(self._by_id.values())

    def bring(self, voices: Sequence[Voice], pinned: set[str]) -> dict[str, str]:
        """Ids as judged to ids here. A voice that is cited at the same words is the same one: a second of it
        would look like a second source."""
        names = {v.id: self._known(v) or v.id for v in voices}
        for voice in voices:
            here = names[voice.id]
            if here not in self._by_id:
                self._by_id[here] = voice.model_copy(update={"heard_from": None})
                pinned = pinned | {voice.id}
        for voice in voices:
            if voice.id in pinned:
                self._hear(names[voice.id], names.get(voice.heard_from or ""))
        return names

    def _known(self, voice: Voice) -> str | None:
        if voice.id in self._by_id:
            return voice.id
        for other in self._by_id.values():
            if any(a.overlaps(b) for a in other.spans for b in voice.spans):
                return other.id
        return None

    def _hear(self, voice: str, whom: str | None) -> None:
        """Nobody can have it from somebody who has it from them: where the machine read so, the person's word holds."""
        if whom == voice:
            return
        passed: set[str] = set()
        at = whom
        while at is not None and at in self._by_id and at not in passed:
            passed.add(at)
            before = self._by_id[at].heard_from
            if before == voice:
                self._by_id[at] = self._by_id[at].model_copy(update={"heard_from": None})
            at = before
        self._by_id[voice] = self._by_id[voice].model_copy(update={"heard_from": whom})
