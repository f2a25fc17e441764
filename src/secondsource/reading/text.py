"""A report laid out for reading: sentences with their place in the page.

`lay_out` cuts a text into sentences, paragraphs and kinds of line in one pass, in time linear in its
length. Offsets are those of `Report.text`; a sentence never crosses a line break.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from secondsource.model import Report, Span
from secondsource.packs import Pack, compile_patterns


class Kind(StrEnum):
    """What a sentence is on the page. Only BODY asserts; a HEADLINE may ask or exaggerate."""

    BODY = "body"
    HEADLINE = "headline"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Sentence:
    index: int
    span: Span
    text: str
    paragraph: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Text:
    """A report, its language and pack, and its sentences in order."""

    report: Report
    pack: Pack
    language: str
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]

    @property
    def raw(self) -> str:
        return self.report.text

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a character, or the nearest before it."""
        index = bisect_right(self.starts, offset) - 1
        return self.sentences[index] if index >= 0 else None

    def paragraph(self, number: int) -> tuple[Sentence, ...]:
        return tuple(s for s in self.sentences if s.paragraph == number)


LONGEST = 2_000
"""A longer sentence is cut: one endless line must not make everything after it quadratic."""

_ABBREVIATIONS = "Mr Ms Mrs Dr St No vs Lt Col Gen Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec [A-Z]"
# The sign comes first, and what stands before it after: most places in a text are passed by at once.
_END_LATIN = re.compile(
    r"[.!?…]" + "".join(rf"(?<!\b{word}[.!?…])" for word in _ABBREVIATIONS.split()) + r"[.!?…]*[\"'”’)\]]*(?=\s)"
)
_END_CJK = re.compile(r"[。！？]+[」』”’)）]*|(?<=[다요까죠함음됨])[.!?]+[\"'”’)\]]*(?=\s)")
_TERMINAL = re.compile(r"[.!?。！？…‥:：][\"'”’」』)\]）]*$")


def lay_out(report: Report, pack: Pack) -> Text:
    language = str(report.language)
    found: list[Sentence] = []
    paragraph = 0
    offset = 0
    seen_body = False
    for line in report.text.split("\n"):
        stripped = line.strip()
        if stripped:
            kind = _kind(stripped, language, pack, first=not seen_body)
            seen_body = seen_body or kind is Kind.BODY
            for start, end in _sentences(line, language):
                span = Span(start=offset + start, end=offset + end)
                found.append(Sentence(len(found), span, span.of(report.text), paragraph, kind))
            paragraph += 1
        offset += len(line) + 1
    return Text(report, pack, language, tuple(found), tuple(s.span.start for s in found))


def _sentences(line: str, language: str) -> list[tuple[int, int]]:
    end = _END_CJK if language in {"ko", "ja", "zh"} else _END_LATIN
    cuts = [m.end() for m in end.finditer(line)]
    pieces: list[tuple[int, int]] = []
    start = 0
    for cut in [*cuts, len(line)]:
        while cut - start > LONGEST:
            pieces.append((start, start + LONGEST))
            start += LONGEST
        if cut > start:
            pieces.append((start, cut))
        start = cut
    trimmed = []
    for a, b in pieces:
        piece = line[a:b]
        right = len(piece.rstrip())
        if right:
            trimmed.append((a + len(piece) - len(piece.lstrip()), a + right))
    return trimmed


def _kind(line: str, language: str, pack: Pack, *, first: bool) -> Kind:
    head = line.lstrip("[(（【<《 -*#")[:40]
    for group, kind in (("caption", Kind.CAPTION), ("boilerplate", Kind.BOILERPLATE)):
        expression = _starts(tuple(pack.phrase("layout", group, language)), language)
        if expression and expression.match(head) and (line[0] in "[(（【▲△" or len(line) < 160):
            return kind
    ended = bool(_TERMINAL.search(line))
    short = len(line) < (60 if language in {"ko", "ja", "zh"} else 140)
    if short and (not ended or (first and line.endswith("?"))):
        return Kind.HEADLINE
    return Kind.BODY


@lru_cache(maxsize=32)
def _starts(patterns: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    return compile_patterns(patterns, language)
