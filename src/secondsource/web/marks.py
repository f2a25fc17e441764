"""A report's text with its claims marked: overlapping spans made into pieces that follow one another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from secondsource.model import Claim, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is marked in one way throughout."""

    text: str
    said: bool
    """True inside a sentence that states a claim."""
    kinds: tuple[str, ...]
    """Kinds of the acts that these very words name; empty between them."""
    begins: tuple[int, ...]
    """Numbers, from 1, of the claims whose words begin here."""


def in_order(claims: Sequence[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda c: (c.trigger.start, c.trigger.end, c.id))


def pieces(text: str, claims: Sequence[Claim], kind_of: Callable[[str], str]) -> list[Piece]:
    """`claims` in order. All pieces joined are `text`; spans that reach beyond it are cut."""
    said: Counter[int] = Counter()
    named: defaultdict[int, Counter[str]] = defaultdict(Counter)
    begins: defaultdict[int, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims, start=1):
        sentence, trigger = _within(claim.span, text), _within(claim.trigger, text)
        said[sentence.start] += 1
        said[sentence.end] -= 1
        named[trigger.start][kind_of(claim.act)] += 1
        named[trigger.end][kind_of(claim.act)] -= 1
        begins[trigger.start].append(number)
    cuts = sorted({0, len(text), *said, *named})
    found: list[Piece] = []
    depth = 0
    kinds: Counter[str] = Counter()
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        depth += said[start]
        kinds.update(named.get(start, {}))
        if start < end or begins.get(start):
            now = tuple(sorted(kind for kind, count in kinds.items() if count > 0))
            found.append(Piece(text[start:end], depth > 0, now, tuple(begins.get(start, ()))))
    return found


def _within(span: Span, text: str) -> Span:
    end = min(span.end, len(text))
    return Span(start=min(span.start, end), end=end)
