"""Who says what: which citations are one voice, and to whom a statement is due.

What counts is distinct voices, not independence: that is for weighing. The unnamed plural of a lead
("sources said") is the one source that the body then names, unless nobody else is named.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from secondsource.model import PlaceMention, Span, Voice, VoiceKind, content_id
from secondsource.reading import citing
from secondsource.reading.citation import Citation, kin, one_of, same_name
from secondsource.reading.lexicon import CJK, Hit, lexicon
from secondsource.reading.text import Kind, Sentence, Text

_KINDS = {
    "official": VoiceKind.OFFICIAL,
    "institution": VoiceKind.OFFICIAL,
    "state_media": VoiceKind.STATE_MEDIA,
    "document": VoiceKind.DOCUMENT,
    "named": VoiceKind.NAMED,
}
_ANYBODY = frozenset({"people", "persons", "residents", "witnesses", "sources"})
"""Nouns of which more is to be told."""
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


@dataclass(slots=True)
class _Voice:
    """A voice while its citations come in."""

    first: Citation
    citations: list[Citation] = field(default_factory=list)
    base: str | None = None
    name: str | None = None
    vague: bool = False
    """True for the plural of a lead that a later singular may turn out to be."""
    heard_from: _Voice | None = None
    several: int = 0
    """Which of several that are first cited together ("two residents"), counted from 1."""


def find(text: Text, places: Sequence[PlaceMention]) -> Attribution:
    """Every voice that the report cites, first first, with `voice_at` for whatever it says."""
    cast = _cast(text, citing.find(text, places))
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


# --- which citations are one voice --------------------------------------------------------------


MOST_VOICES = 200
"""Voices of one report. No report has more, and each is held against all before it."""


def _cast(text: Text, citations: Sequence[Citation]) -> list[_Voice]:
    cast: list[_Voice] = []
    placed: list[tuple[Citation, _Voice]] = []
    lead = next((s.paragraph for s in text.sentences if s.kind is Kind.BODY), -1)
    last: _Voice | None = None
    for told in citations:
        one = told
        if "there" in one.marks and one.base is None:
            one = replace(one, base=next((v.base for v in reversed(cast) if v.base), None))
        if any(mark.startswith("count") for mark in one.marks):
            one = replace(one, marks=one.marks | {"plural"})
        found = _known(text, one, cast, last, lead)
        if found is None:
            if not _may_begin(one, cast):
                continue
            members = _introduced(one)[: MOST_VOICES - len(cast)]
            if not members:
                continue
            cast.extend(members)
            for member in members[1:]:
                _add(text, member, one)
            found = members[0]
        _add(text, found, one)
        placed.append((one, found))
        if not one.heard:
            last = found
    spoke: _Voice | None = None
    for position, (one, origin) in enumerate(placed):
        spoke = spoke if one.heard else origin
        if one.heard:
            teller = _teller(placed, position, spoke)
            if teller is not None and teller is not origin and origin.heard_from is not teller:
                teller.heard_from = origin
    return cast


def _introduced(one: Citation) -> list[_Voice]:
    """The new voices of a citation: as many as it says ("two residents"), one where it does not."""
    count = next((int(mark.split(" ")[1]) for mark in one.marks if mark.startswith("count")), 1)
    vague = "plural" in one.marks
    return [_Voice(one, [], one.base, one.name, vague, several=n * (count > 1)) for n in range(1, count + 1)]


def _teller(placed: Sequence[tuple[Citation, _Voice]], position: int, spoke: _Voice | None) -> _Voice | None:
    """Who has it from the one cited here: somebody cited in the sentence, else whoever `spoke` last."""
    index = placed[position][0].sentence.index
    near = [v for c, v in placed[max(0, position - 4) : position + 5] if c.sentence.index == index and not c.heard]
    return next(iter(near), spoke)


def _may_begin(one: Citation, cast: Sequence[_Voice]) -> bool:
    """Whether a citation that is nobody known yet introduces somebody."""
    if one.marks & {"pronoun", "weak"}:
        return False
    if "by pronoun" in one.marks and not cast:
        return False
    if one.head == "bystanders":
        return bool(cast)
    if one.heard or one.head in {"source", "document", "state_media", "institution"}:
        return True
    if "the" in one.marks and not one.marks & {"new", "met"} and one.name is None:
        return False
    counted = any(mark.startswith("count") for mark in one.marks)
    generic = "plural" in one.marks and one.base is None and not counted and not one.marks & {"new", "one", "reached"}
    return not (generic and cast)


def _known(text: Text, one: Citation, cast: Sequence[_Voice], last: _Voice | None, lead: int) -> _Voice | None:
    """The voice that a citation means, among those met so far."""
    if "pronoun" in one.marks:
        return last
    if one.heard:
        return next((v for v in cast if v.first.heard and v.first.noun == one.noun), None)
    if "member" in one.marks and (member := _member(cast, last)):
        return member
    if "new" in one.marks:
        return _other(text, one, cast, last)
    if one.name is not None:
        known = next((v for v in cast if v.name and same_name(v.name, one.name)), None)
        if "weak" in one.marks:
            return known
        return known or _vague(text, one, cast, lead)
    alike = [
        v
        for v in cast
        if kin(v.first.head, one.head) and (one.head == "source" or not v.first.heard) and _fits(text, v.base, one.base)
    ]
    if one.head == "source":
        the_last = last if "the" in one.marks and one.base is None else None
        return _same_source(one, alike, last) or the_last or _vague(text, one, cast, lead)
    bare = text.language in CJK and not one.marks and one.base is None
    if bare and (named := [v for v in cast if one.noun in v.first.span.of(text.raw)]):
        return named[-1]
    if "the" in one.marks:
        same = [v for v in alike if any(one_of(one.noun) in one_of(c.noun) for c in v.citations)]
        recent = [v for v in same if v is last] or [v for v in same if v.several != 2 or not v.vague]
        return recent[-1] if recent else _untold(alike) if "met" in one.marks else None
    same = [v for v in alike if one_of(v.first.noun) == one_of(one.noun) and not v.vague]
    return same[-1] if same else _vague(text, one, cast, lead) or _one_of_several(text, one, alike)


def _same_source(one: Citation, alike: Sequence[_Voice], last: _Voice | None) -> _Voice | None:
    if "plural" in one.marks:
        return alike[0] if alike else None
    if one.base is None:
        return last if last in alike else (alike[-1] if alike else None)
    equal = [v for v in alike if v.base == one.base] or alike
    return equal[-1] if equal else None


def _other(text: Text, one: Citation, cast: Sequence[_Voice], last: _Voice | None) -> _Voice | None:
    """The next of several cited together, or "the other source"; "another source" is nobody known."""
    for voice in cast:
        if voice.several and voice.vague and voice is not last and _fits(text, voice.base, one.base):
            return voice
    if "the" not in one.marks or "one" in one.marks:
        return None
    others = [v for v in cast if v is not last and kin(v.first.head, one.head) and "new" in v.first.marks]
    return others[-1] if others else None


def _member(cast: Sequence[_Voice], last: _Voice | None) -> _Voice | None:
    """The next of several cited together ("One of them, a driver, said")."""
    return next((v for v in cast if v.several and v.vague and (v is not last or v.several == 1)), None)


def _one_of_several(text: Text, one: Citation, alike: Sequence[_Voice]) -> _Voice | None:
    """The next of "two people" of whom nothing was said yet, for somebody told of after them."""
    if text.language in CJK or "one" not in one.marks or "plural" in one.marks:
        return None
    return _untold(alike)


def _untold(alike: Sequence[_Voice]) -> _Voice | None:
    return next((v for v in alike if v.several and v.vague and v.first.noun in _ANYBODY), None)


def _vague(text: Text, one: Citation, cast: Sequence[_Voice], lead: int) -> _Voice | None:
    """The unnamed source of the lead that turns out to be this resident or this named person."""
    for voice in cast:
        noun = voice.first.noun
        alike = voice.first.head == "source" or one.noun.endswith(noun) or noun.endswith(one.noun)
        unnamed = alike and voice.name is None and not voice.first.heard
        first = voice.first.sentence.paragraph == lead and len(cast) == 1
        in_lead = first and one.name is not None
        if first and voice.vague and not voice.several and "plural" not in one.marks:
            unnamed = unnamed or one.head == "source" or kin(voice.first.head, one.head)
        if unnamed and (voice.vague or in_lead) and _fits(text, voice.base, one.base):
            return voice
    return None


def _add(text: Text, voice: _Voice, one: Citation) -> None:
    """Another citation of a voice; the more it says of who that is, the better it describes it."""
    voice.citations.append(one)
    if "pronoun" in one.marks:
        return
    finer = one.base is not None and (voice.base is None or voice.base in text.pack.within(one.base))
    if finer or (one.name and not voice.name) or (voice.vague and "plural" not in one.marks):
        if one.base != voice.base or one.name != voice.name or voice.vague:
            voice.first = replace(one, marks=one.marks | (voice.first.marks & {"new"}))
        voice.base = one.base if finer else voice.base
    voice.name = voice.name or one.name
    voice.vague = voice.vague and "plural" in one.marks


def _fits(text: Text, a: str | None, b: str | None) -> bool:
    return a is None or b is None or a in text.pack.within(b) or b in text.pack.within(a)


# --- what a voice is ----------------------------------------------------------------------------


def _voice(text: Text, voice: _Voice, shared: frozenset[int]) -> Voice:
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


def _connection(text: Text, voice: _Voice, shared: frozenset[int]) -> str:
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


def _headed(text: Text) -> _Voice | None:
    """The document whose words a text is, by its heading."""
    heading = lexicon(text.pack, "attribution", text.language, ("heading",))
    for sentence in text.sentences[:8]:
        hit = heading.at(sentence.text, 0)
        if hit is not None and sentence.kind is Kind.HEADLINE and not sentence.text[hit.end :].strip(" .:"):
            return _alone(text, sentence, hit, "document")
    return None


def _court(text: Text) -> _Voice | None:
    """The court or authority that speaks in a text which cites nobody."""
    words = lexicon(text.pack, "attribution", text.language, ("court words",))
    for sentence in text.sentences:
        if hit := next(words.scan(sentence.text), None):
            return _alone(text, sentence, hit, "document")
    return None


def _narrator(text: Text) -> _Voice | None:
    """Whoever writes "I" through a text that cites nobody, or in one that says it is a diary or a letter."""
    body = [s for s in text.sentences if s.kind is Kind.BODY]
    words = lexicon(text.pack, "attribution", text.language, ("narrator",))
    telling = [s for s in body if not any(q in s.text for q in _QUOTES) and next(words.scan(s.text), None)]
    own = lexicon(text.pack, "attribution", text.language, ("own words",))
    beside = (text.report.title, text.report.outlet, *(s.text for s in text.sentences[:3]))
    owned = any(next(own.scan(line), None) for line in beside if line)
    enough = len(telling) >= 2 and len(telling) * 5 >= len(body)
    if not telling or not (owned or enough):
        return None
    return _alone(text, telling[0], next(words.scan(telling[0].text)), "narrator")


def _alone(text: Text, sentence: Sentence, hit: Hit, head: str) -> _Voice:
    span = Span(start=sentence.span.start + hit.start, end=sentence.span.start + hit.end)
    one = Citation(sentence, span, head, span.of(text.raw).lower())
    return _Voice(one, [one])


# --- what is due to whom ------------------------------------------------------------------------


def _due(text: Text, cast: Sequence[_Voice], ids: Sequence[str]) -> tuple[tuple[tuple[int, str], ...], ...]:
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


def _background(text: Text, cast: Sequence[_Voice], ids: Sequence[str]) -> frozenset[str]:
    """Voices after the first of which every sentence that cites them speaks of mood, motive or policy."""
    words = lexicon(text.pack, "attribution", text.language, ("background",))
    origins = {id(v.heard_from) for v in cast if v.heard_from}
    return frozenset(
        name
        for voice, name in list(zip(cast, ids, strict=True))[1:]
        if id(voice) not in origins and all(next(words.scan(c.sentence.text), None) for c in voice.citations)
    )
