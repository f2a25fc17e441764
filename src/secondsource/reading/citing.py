"""Where a text cites somebody: the words for the source, and what they say of it.

A citation is found by its head, a noun such as source, resident or official (`phrases/attribution.yaml`),
grown over what belongs to it ("another source in ..."), and kept if it tells something to the report
rather than to somebody in the story. `attribution.py` decides which citations are one voice.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from secondsource.model import PlaceMention, Span
from secondsource.reading.citation import TESTIFIERS, Citation, Page
from secondsource.reading.citing_cjk import cjk, topic
from secondsource.reading.citing_latin import latin
from secondsource.reading.citing_named import name_first
from secondsource.reading.lexicon import CJK, Lexicon, lexicon
from secondsource.reading.text import Kind, Sentence, Text

_BEGINS = 24
"""How far from the beginning of an English sentence its subject may stand, in characters."""
_OWNED = re.compile(r"(?:Her|His|Their|My) ")
_OPENING = ("「", "『", "“", '"')
_IN_QUOTES = re.compile(r"[“\"][^“”\"]*[”\"]")
_TO_ME = re.compile(r"\b(?:told|tells|asked|begged) me\b")
_ME = re.compile(r"\b(?:I|me|my)\b")
_LABEL = re.compile(r"\[?([^\W\d_](?:[^\W\d_]|[ .'’-]){0,24}?)\]? ?(?:\([^()]{1,80}\) ?)?(?:[:：]|(?<=\b[QA])\.(?= ))")


def find(text: Text, places: Sequence[PlaceMention]) -> list[Citation]:
    """Every citation in the body, first first."""
    ordered = sorted(places, key=lambda p: p.span.start)
    starts = [p.span.start for p in ordered]
    read = cjk if text.language in CJK else latin
    known: dict[tuple[str, ...], Lexicon] = {}
    met: set[str] = set()
    found: list[Citation] = []
    lines = speakers(text)
    introduced: Citation | None = None
    answered = -1
    diary = text.language not in CJK and _TO_ME.search(text.raw) is not None and _of_me(text)
    for sentence in text.sentences:
        if sentence.index in lines:
            found.append(lines[sentence.index])
            answered = sentence.paragraph
        elif sentence.kind is Kind.BODY:
            inside = ordered[bisect_left(starts, sentence.span.start) : bisect_right(starts, sentence.span.end)]
            page = Page(text, sentence, inside, known, met, diary)
            cited = sorted(read(page), key=lambda c: c.span.start)
            if answered == sentence.paragraph:
                cited = [c for c in cited if "one" not in c.marks or not _TO_ME.search(sentence.text)]
            if introduced is not None and _speaks_on(page, cited, introduced):
                found.append(introduced)
            found.extend(cited)
            introduced = None if cited else _introduced(page, introduced)
    return found


def _of_me(text: Text) -> bool:
    """Whether a text is about whoever writes it: those who tell "me" something belong to the story."""
    body = [s for s in text.sentences if s.kind is Kind.BODY]
    return sum(_ME.search(_IN_QUOTES.sub("", s.text)) is not None for s in body) * 3 > len(body)


def _speaks_on(page: Page, cited: Sequence[Citation], introduced: Citation) -> bool:
    """Whether whoever the sentence before began with is the one who tells something here, without being named."""
    if page.text.language in CJK:
        if any("pronoun" in c.marks for c in cited):
            return page.any("addressee")
        return not cited and "story" not in introduced.marks and page.s.startswith(_OPENING) and page.tells_at_end(0)
    if "testifies" in introduced.marks:
        return any("pronoun" in c.marks for c in cited)
    return page.spoken_to and any("pronoun" in c.marks for c in cited)


def _introduced(page: Page, before: Citation | None) -> Citation | None:
    """Somebody with whom a sentence begins ("A pastor was out. He told the paper ..."): who "he" is after it."""
    if page.text.language in CJK:
        return topic(page)
    first = next((hit for hit in page.heads if hit.group in {"witness", "actor"} and hit.start <= _BEGINS), None)
    whose = first is not None and (_OWNED.match(page.s) or page.s[: first.start].endswith(("'s ", "’s ")))
    if first is not None and (whose or (first.group == "witness" and page.lexicon("one").at(page.s, 0))):
        return page.cite(first, 0, {"one"}, None)
    if first is not None and page.s.startswith("The ") and page.s[first.start : first.end].lower() in TESTIFIERS:
        return page.cite(first, 0, {"one", "testifies"}, None)
    return before if page.lexicon("pronoun").at(page.s, 0) else name_first(page)


def _interviewed(text: Text, lines: dict[str, list[tuple[Sentence, Span]]]) -> dict[int, Citation]:
    """Quoted answers of an interview in which only the questions have a label; they are one person's."""
    asks = lexicon(text.pack, "attribution", text.language, ("asks",))
    asked = [said for label, said in lines.items() if asks.at(label, 0)]
    after = {sentence.paragraph + 1 for said in asked for sentence, _ in said}
    first = {s.paragraph: s for s in reversed(text.sentences) if s.kind is Kind.BODY}
    answers = [first[p] for p in sorted(first) if any(p - n in after for n in (0, 1)) and first[p].text[0] in _OPENING]
    if len(after) < 2 or len(answers) < 2:
        return {}
    return {
        s.index: Citation(s, Span(start=s.span.start, end=min(s.span.end, s.span.start + 24)), "witness", "interviewee")
        for s in answers
    }


def speakers(text: Text) -> dict[int, Citation]:
    """Lines of an interview, by the label they begin with ("AN: ...", 답: ...); not those of who asks."""
    asks = lexicon(text.pack, "attribution", text.language, ("asks",))
    lines: dict[str, list[tuple[Sentence, Span]]] = {}
    paragraph = -1
    for sentence in text.sentences:
        label = _LABEL.match(sentence.text) if sentence.paragraph != paragraph else None
        paragraph = sentence.paragraph
        if label:
            start = sentence.span.start
            lines.setdefault(label.group(1), []).append((sentence, Span(start=start, end=start + label.end(1))))
    asked = any(asks.at(label, 0) for label in lines)
    answered = any(asks.at(label, 0) is None and len(said) > 1 for label, said in lines.items())
    if asked and not answered:
        return _interviewed(text, lines)
    return {
        sentence.index: Citation(sentence, span, "named", label.lower(), name=label)
        for label, said in lines.items()
        if asked and len(said) > 1 and not asks.at(label, 0)
        for sentence, span in said
    }
