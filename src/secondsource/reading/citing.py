"""Where a text cites somebody: the words for the source, and what they say of it.

A citation is found by its head, a noun such as source, resident or official (`phrases/attribution.yaml`),
grown over what belongs to it ("another source in ..."), and kept if it tells something to the report
rather than to somebody in the story. `attribution.py` decides which citations are one voice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from secondsource.model import PlaceMention
from secondsource.reading.citation import Citation, Page
from secondsource.reading.citing_cjk import cjk
from secondsource.reading.citing_latin import latin
from secondsource.reading.lexicon import CJK, Lexicon
from secondsource.reading.text import Kind, Text


def find(text: Text, places: Sequence[PlaceMention]) -> list[Citation]:
    """Every citation in the body, first first."""
    ordered = sorted(places, key=lambda p: p.span.start)
    starts = [p.span.start for p in ordered]
    read = cjk if text.language in CJK else latin
    known: dict[tuple[str, ...], Lexicon] = {}
    found: list[Citation] = []
    for sentence in text.sentences:
        if sentence.kind is Kind.BODY:
            inside = ordered[bisect_left(starts, sentence.span.start) : bisect_right(starts, sentence.span.end)]
            page = Page(text, sentence, inside, known)
            found.extend(sorted(read(page), key=lambda c: c.span.start))
    return found
