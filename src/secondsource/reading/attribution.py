"""Who says what: which citations are one voice, and to whom a statement is due.

What counts is distinct voices, not independence: that is for weighing. The unnamed plural of a lead
("sources said") is the one source that the body then names, unless nobody else is named.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.model import PlaceMention, Span, Voice, VoiceKind, content_id
from secondsource.reading import citing
from secondsource.reading.cast import Teller, cast_of
from secondsource.reading.citation import Citation
from secondsource.reading.lexicon import Hit, lexicon
from secondsource.reading.text import Kind, Sentence, Text

_KINDS = {
    "official": VoiceKind.OFFICIAL,
    "institution": VoiceKind.OFFICIAL,
    "state_media": VoiceKind.STATE_MEDIA,
    "document": VoiceKind.DOCUMENT,
    "named": VoiceKind.NAMED,
    "outlet": VoiceKind.OUTLET,
    "press": VoiceKind.OUTLET,
}
_QUOTES = '"“”„‟«»「」『』'


@dataclass(frozen=True, slots=True)
class Attribution:
    """The voices of a report, and what each sentence is due to."""

    voices: tuple[Voice, ...]
    background: frozenset[str]
    """Ids of voices that speak of mood, motive or policy only: they support no event."""
    starts: tuple[int, ...]
    due: tuple[tuple[tuple[int, str], ...], ...]
    """For each sentence, in order, the voices that it is due to and where each is cited in it."""

    def voice_at(self, span: Span) -> str | None:
        """The id of the voice to which a statement at this span is due; None where that is nobody."""
        index = bisect_right(self.starts, span.start) - 1
        if index < 0 or not self.due[index]:
            return None
        return min(self.due[index], key=lambda cited: abs(cited[0] - span.start))[1]


def find(text: Text, places: Sequence[PlaceMention]) -> Attribution:
    """Every voice that the report cites, first first, with `voice_at` for whatever it says."""
    cast = cast_of(text, citing.find(text, places))
    author = _headed(text) or (_court(text) or _narrator(text) if not cast else None)
    if author is not None and not any(v.first.head == "document" for v in cast):
        cast = [author, *cast]
    sentences = Counter(index for v in cast for index in {c.sentence.index for c in v.citations})
    shared = frozenset(index for index, voices in sentences.items() if voices > 1)
    voices = {id(v): _voice(text, v, shared) for v in cast}
    full = tuple(
        voices[id(v)].model_copy(update={"heard_from": v.heard_from and voices[id(v.heard_from)].id}) for v in cast
    )
    due = _due(text, cast, [v.id for v in full])
    return Attribution(full, _background(text, cast, [v.id for v in full]), text.starts, due)


# --- what a voice is ----------------------------------------------------------------------------


def _voice(text: Text, voice: Teller, shared: frozenset[int]) -> Voice:
    first = voice.citations[0] if not voice.vague else voice.first
    shown = voice.first
    descriptor = shown.span.of(text.raw)
    kind = VoiceKind.NAMED if voice.name else _KINDS.get(shown.head, VoiceKind.UNNAMED)
    outlet = next((c.outlet for c in voice.citations if c.outlet), text.report.outlet)
    return Voice(
        id=content_id("v", text.report.id, first.span.start, descriptor, *([voice.several] if voice.several else [])),
        report_id=text.report.id,
        descriptor=descriptor,
        spans=tuple(dict.fromkeys(c.span for c in voice.citations)),
        kind=kind,
        base=voice.base,
        connection=_connection(text, voice, shared),
        outlet=outlet,
    )


def _connection(text: Text, voice: Teller, shared: frozenset[int]) -> str:
    """HURIDOCS list 19, from the words that describe the voice and, where it is the only one, those beside them."""
    if voice.first.head == "narrator":
        return "0101"
    words = lexicon(text.pack, "attribution", text.language, ("connection",))
    for one in (voice.first, *voice.citations[:3]):
        own = next(words.scan(one.span.of(text.raw)), None)
        if own is not None:
            return own.group.removeprefix("connection ")
        if one.sentence.index in shared and not one.heard:
            continue
        start, end = (offset - one.sentence.span.start for offset in (one.span.start, one.span.end))
        beside = words.scan(one.sentence.text, max(0, start - 12), min(len(one.sentence.text), end + 40))
        for hit in beside:
            if hit.group.endswith(("0101", "0102")):
                return hit.group.removeprefix("connection ")
    return "03"


def _headed(text: Text) -> Teller | None:
    """The document whose words a text is, by its heading."""
    heading = lexicon(text.pack, "attribution", text.language, ("heading",))
    for sentence in text.sentences[:8]:
        hit = heading.at(sentence.text, 0)
        if hit is not None and sentence.kind is Kind.HEADLINE and not sentence.text[hit.end :].strip(" .:"):
            return _alone(text, sentence, hit, "document")
    return None


def _court(text: Text) -> Teller | None:
    """The court or authority that speaks in a text which cites nobody."""
    words = lexicon(text.pack, "attribution", text.language, ("court words",))
    for sentence in text.sentences:
        if hit := next(words.scan(sentence.text), None):
            return _alone(text, sentence, hit, "document")
    return None


def _narrator(text: Text) -> Teller | None:
    """Whoever writes "I" through a text that cites nobody, or in one that says it is a diary or a letter."""
    body = [s for s in text.sentences if s.kind is Kind.BODY]
    words = lexicon(text.pack, "attribution", text.language, ("narrator",))
    telling = [s for s in body if not any(q in s.text for q in _QUOTES) and next(words.scan(s.text), None)]
    own = lexicon(text.pack, "attribution", text.language, ("own words",))
    beside = (text.report.title, text.report.outlet, *(s.text for s in text.sentences[:3]))
    owned = any(next(own.scan(line), None) for line in beside if line)
    begins = bool(body) and words.at(body[0].text, 0) is not None
    enough = (len(telling) >= 2 or begins) and len(telling) * 5 >= len(body)
    if not telling or not (owned or enough):
        return None
    return _alone(text, telling[0], next(words.scan(telling[0].text)), "narrator")


def _alone(text: Text, sentence: Sentence, hit: Hit, head: str) -> Teller:
    span = Span(start=sentence.span.start + hit.start, end=sentence.span.start + hit.end)
    one = Citation(sentence, span, head, span.of(text.raw).lower())
    return Teller(one, [one])


# --- what is due to whom ------------------------------------------------------------------------


def _due(text: Text, cast: Sequence[Teller], ids: Sequence[str]) -> tuple[tuple[tuple[int, str], ...], ...]:
    explicit: dict[int, list[tuple[int, str]]] = {}
    for voice, name in zip(cast, ids, strict=True):
        for one in voice.citations:
            explicit.setdefault(one.sentence.index, []).append((one.span.start, name))
        for one in voice.citations:
            if one.heard:
                explicit[one.sentence.index] = [(one.span.start, name)]
    origins = {id(voice.heard_from) for voice in cast}
    roots = [
        (min(c.sentence.index for c in v.citations), n) for v, n in zip(cast, ids, strict=True) if id(v) not in origins
    ]
    roots = sorted(roots or [(0, name) for name in ids])
    several = roots[1][0] if len(roots) > 1 else len(text.sentences)
    due: list[tuple[tuple[int, str], ...]] = []
    current = teller = roots[0][1] if roots else None
    paragraph = -1
    for sentence in text.sentences:
        if sentence.kind is not Kind.BODY:
            due.append(())
            continue
        cited = explicit.get(sentence.index)
        if cited:
            current = max(cited)[1]
            teller = current if any(current == name for _, name in roots) else teller
            due.append(tuple(sorted(cited)))
        else:
            if sentence.paragraph != paragraph and not _goes_on(text, sentence.text):
                current = teller if sentence.index < several else None
            due.append(((sentence.span.start, current),) if current else ())
        paragraph = sentence.paragraph
    return tuple(due)


def _goes_on(text: Text, sentence: str) -> bool:
    """Whether a new paragraph continues what the voice before it said."""
    words = lexicon(text.pack, "attribution", text.language, ("goes_on", "pronoun"))
    return sentence[:1] in _QUOTES or next(words.scan(sentence), None) is not None


def _background(text: Text, cast: Sequence[Teller], ids: Sequence[str]) -> frozenset[str]:
    """Voices after the first of which every sentence that cites them speaks of mood, motive or policy."""
    words = lexicon(text.pack, "attribution", text.language, ("background",))
    origins = {id(v.heard_from) for v in cast if v.heard_from}
    return frozenset(
        name
        for voice, name in list(zip(cast, ids, strict=True))[1:]
        if id(voice) not in origins and all(next(words.scan(c.sentence.text), None) for c in voice.citations)
    )
