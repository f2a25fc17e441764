"""What people know of who is who: voices that are one source, sources that are two people, who heard from whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from secondsource.model import Decision, DecisionKind, Source, Voice


class Sets:
    """Union-find over ids."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, item: str) -> str:
        self._parent.setdefault(item, item)
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, a: str, b: str) -> None:
        first, second = sorted((self.find(a), self.find(b)))
        self._parent[second] = first


class People:
    """Decisions and sources set down, as far as they are about the voices of one incident."""

    def __init__(self, voices: Mapping[str, Voice], decisions: Sequence[Decision], known: Sequence[Source]) -> None:
        sources = {source.id: source for source in known}
        self._of = {voice: source.id for source in known for voice in source.voices if voice in voices}
        self._set, self.different = Sets(), []
        ends: dict[str, list[str]] = {}
        for voice, source in self._of.items():
            ends.setdefault(chain(source, sources)[-1], []).append(voice)
        for one in ends.values():
            for voice in one[1:]:
                self._set.join(one[0], voice)
        for (x, y), kind in self._latest(voices, decisions, sources).items():
            if kind is DecisionKind.SAME_SOURCE:
                self._set.join(x, y)
            else:
                self.different.append((x, y))

    different: list[tuple[str, str]]
    """Pairs of voices that a person judged to be two people."""

    def same(self, voice: str) -> str:
        """One voice that stands for all that are known to rest on the same person."""
        return self._set.find(voice)

    def join(self, a: str, b: str) -> None:
        """Two voices of one body that speaks for itself."""
        self._set.join(a, b)

    def set_down(self, voice: str) -> bool:
        return voice in self._of

    def _latest(
        self, voices: Mapping[str, Voice], decisions: Sequence[Decision], sources: Mapping[str, Source]
    ) -> dict[tuple[str, str], DecisionKind]:
        """The last judgement on each pair of voices. One on a source is one on each of its voices."""
        found: dict[tuple[str, str], DecisionKind] = {}
        for decision in decisions:
            if decision.kind not in {DecisionKind.SAME_SOURCE, DecisionKind.DIFFERENT_SOURCE}:
                continue
            meant = ([v for v in _voices(one, sources) if v in voices] for one in dict.fromkeys(decision.targets))
            for a, b in combinations(filter(None, meant), 2):
                found.update({(min(x, y), max(x, y)): decision.kind for x in a for y in b if x != y})
        return found


def chain(source: str, sources: Mapping[str, Source]) -> list[str]:
    """A source, whom it heard it from, whom that one heard it from, and so on; a circle ends where it closes, at
    the same one wherever it is entered."""
    passed = [source]
    while (further := sources[passed[-1]].heard_from if passed[-1] in sources else None) is not None:
        if further in passed:
            passed.append(min(passed[passed.index(further) :]))
            break
        passed.append(further)
    return passed


def _voices(target: str, sources: Mapping[str, Source]) -> tuple[str, ...]:
    return sources[target].voices if target in sources else (target,)


def check_source(source: Source, known: Sequence[Source], voices: Collection[str]) -> None:
    """ValueError where a source cannot be set down so: an unknown voice, one that is another source's already, or
    a chain of who heard from whom that comes back to where it began."""
    if not source.pseudonym.strip():
        raise ValueError("a source needs a pseudonym")
    others = {one.id: one for one in known if one.id != source.id}
    for voice in source.voices:
        if voice not in voices:
            raise ValueError(f"{voice}: no report that was read cites such a voice")
        taken = next((one.pseudonym for one in others.values() if voice in one.voices), None)
        if taken is not None:
            raise ValueError(f"{voice}: this voice is set down as {taken} already")
    if source.heard_from is not None:
        if source.heard_from not in others:
            raise ValueError(f"{source.heard_from}: no such source to have heard it from")
        if source.id in chain(source.heard_from, others | {source.id: source})[1:]:
            raise ValueError("a source cannot have heard it from itself, through whomever")
