"""Makes a person's word into a judgement that the record can keep, or says plainly why it is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from secondsource.model import Claim, Decision, DecisionKind, Reading, Report, Span, Voice
from secondsource.packs import Pack
from secondsource.review.apply import apply
from secondsource.review.change import Changed, change, stands
from secondsource.review.judgement import Addition, Changes, Judgement, Value, canonical, parse, words_hash
from secondsource.review.standing import Judgements

Find = Callable[[str], tuple[Report, Reading]]
"""Of the id of a report, or of a claim that the machine found or a person judged: its report, and the machine's
reading of it. KeyError where there is none."""

Sentences = Callable[[Report], Sequence[Span]]

Completed = tuple[tuple[str, ...], str | None]
"""Targets and value of a decision, as the record keeps them."""


def complete(
    kind: DecisionKind,
    targets: tuple[str, ...],
    value: str | None,
    judgements: Judgements,
    *,
    find: Find,
    sentences: Sentences,
    pack: Pack,
) -> Completed:
    """Targets and value of a decision on claims, as the record keeps them. ValueError says why it cannot be.

    accept, reject   targets are claims; no value
    correct          one claim; the value is `Changes` as JSON
    add              one report; the value is `Addition` as JSON; the target becomes the new claim
    undo             ids of decisions that stand
    """
    if not targets:
        raise ValueError("nothing was named that it is about")
    if kind is DecisionKind.UNDO:
        _check_undo(targets, judgements.decisions)
        return targets, None
    if kind in {DecisionKind.CORRECT, DecisionKind.ADD} and len(targets) != 1:
        raise ValueError(f"{kind}: one at a time")
    made = []
    for target in targets:
        report, reading = _found(find, target)
        reviewed = apply(reading, report, judgements, pack)
        if kind is DecisionKind.ADD:
            made.append(_added(parse(Addition, value), reviewed, report, sentences(report), pack))
        else:
            made.append(_judged(kind, target, value, reviewed, report, judgements, pack))
    return tuple(j.claim.id for j in made), canonical(Value(judgements=tuple(made)))


def _found(find: Find, target: str) -> tuple[Report, Reading]:
    try:
        return find(target)
    except KeyError:
        raise ValueError(f"{target}: there is no such claim or report, or it was not read yet") from None


def _check_undo(targets: tuple[str, ...], decisions: Sequence[Decision]) -> None:
    undone: set[str] = set()
    for decision in reversed(decisions):
        if decision.kind is DecisionKind.UNDO and decision.id not in undone:
            undone.update(decision.targets)
    known = {d.id for d in decisions}
    for target in targets:
        if target not in known:
            raise ValueError(f"{target}: there is no such decision")
        if target in undone:
            raise ValueError(f"{target}: was taken back already")


def _judged(
    kind: DecisionKind,
    target: str,
    value: str | None,
    reviewed: Reading,
    report: Report,
    judgements: Judgements,
    pack: Pack,
) -> Judgement:
    earlier = judgements.in_force(target)
    held = earlier.judgement if earlier else None
    claim = next((c for c in reviewed.claims if c.id == target), held.claim if held else None)
    if claim is None:
        raise ValueError(f"{target}: there is no such claim")
    changes = parse(Changes, value) if kind is DecisionKind.CORRECT else Changes()
    if kind is DecisionKind.CORRECT and not changes.named:
        raise ValueError("correct: nothing was changed")
    made = change(claim, changes, reviewed, report, pack)
    whose = claim.judged
    if kind is DecisionKind.CORRECT and whose != "added":
        whose = "corrected"
    elif kind is DecisionKind.ACCEPT and whose == "machine":
        whose = "accepted"
    made = Changed(made.claim.model_copy(update={"judged": whose}), made.voices, made.pinned)
    return _judgement(
        made,
        report,
        found_as=held.found_as if held else claim.act,
        pinned=made.pinned | set(held.pinned if held else ()),
        changed=tuple(dict.fromkeys([*(held.changed if held else ()), *changes.named])),
    )


def _added(addition: Addition, reviewed: Reading, report: Report, sentences: Sequence[Span], pack: Pack) -> Judgement:
    stands(addition.trigger, report, "trigger")
    if addition.act not in pack.acts:
        raise ValueError(f"act: the pack has no {addition.act!r}")
    twin = [c for c in reviewed.claims if c.act == addition.act and c.trigger.overlaps(addition.trigger)]
    if twin:
        raise ValueError(f"{twin[0].id}: this claim is there already; accept or correct it")
    claim = Claim(
        id=Claim.make_id(report.id, addition.trigger, addition.act),
        report_id=report.id,
        act=addition.act,
        span=_around(addition.trigger, sentences),
        trigger=addition.trigger,
        judged="added",
    )
    made = change(claim, addition, reviewed, report, pack)
    changed = tuple(name for name in addition.named if name != "trigger")
    return _judgement(made, report, found_as=claim.act, pinned=set(made.pinned), changed=changed)


def _around(words: Span, sentences: Sequence[Span]) -> Span:
    """The sentences that the words stand in; the words alone where they stand in none."""
    touched = [s for s in sentences if s.overlaps(words)]
    return Span(start=min([words.start, *(s.start for s in touched)]), end=max([words.end, *(s.end for s in touched)]))


def _judgement(
    made: Changed, report: Report, *, found_as: str, pinned: set[str] | frozenset[str], changed: tuple[str, ...]
) -> Judgement:
    chain: list[Voice] = []
    at = made.claim.voice
    while at is not None and at in made.voices and made.voices[at] not in chain:
        chain.append(made.voices[at])
        at = made.voices[at].heard_from
    return Judgement(
        claim=made.claim,
        found_as=found_as,
        voices=tuple(chain),
        pinned=tuple(v.id for v in chain if v.id in pinned),
        words=words_hash(report.text, made.claim.span),
        changed=changed,
    )
