"""Where a text cites somebody: the words for the source, and what they say of it.

A citation is found by its head, a noun such as source, resident or official (`phrases/attribution.yaml`),
grown over what belongs to it ("another source in ..."), and kept if it tells something to the report
rather than to somebody in the story. `attribution.py` decides which citations are one voice.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from secondsource.model import PlaceMention, Span
from secondsource.reading.lexicon import CJK, Hit, Lexicon, lexicon
from secondsource.reading.text import Kind, Sentence, Text

HEADS = ("source", "witness", "official", "actor", "document", "state_media")
_MARKS = ("new", "the", "one", "plural")
_REACH = 110
"""How far after its head a clause may have its verb, in characters."""
_WORD_BEFORE = re.compile(r"([\w'’.-]+)\s+$")
_NAME = r"[A-Z][a-z][\w'’-]*(?: [A-Z][\w'’-]*){0,3}"
_NAME_AFTER = re.compile(rf"(?: surnamed| named| called)?,? ?({_NAME})(?=[\s,.(]|$)")
_NAME_BEFORE = re.compile(rf"({_NAME})(?: ?\([^()]{{1,40}}\))?(?:, \d\d)?, $")
_NAME_TELLS = re.compile(rf"(?<![\w’'-])({_NAME})(?: ?\([^()]{{1,40}}\))?,? (?=[a-z])")
_TELLS_NAME = re.compile(rf" ({_NAME})(?=[\s,.(]|$)")
_CJK_NAME = {
    "ko": re.compile(r"(?<![가-힣])([가-힣]{1,4})\s?(?:\([^()]{1,12}\))?\s?씨(?:\([^()]{1,12}\))?"),
    "ja": re.compile(r"([一-鿿ァ-ヺー]{1,8})(?:[（(][^()（）]{1,12}[)）])?(?:氏|さん)(?:[（(][^()（）]{1,12}[)）])?"),
}
_HANGUL = re.compile(r"[가-힣]")
_BRACKETS_BEFORE = re.compile(r"[(（][^()（）]{1,24}[)）]$")
_BRACKETS = re.compile(r"\s?[(（][^()（）]{1,24}[)）]")
_FINAL = 30
"""How close to its end a sentence has the verb that governs it, in characters (Korean, Japanese)."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One place where somebody is cited. `marks` are of: new, the, one, plural, pronoun, weak, there."""

    sentence: Sentence
    span: Span
    head: str
    noun: str
    marks: frozenset[str] = frozenset()
    base: str | None = None
    outlet: str | None = None
    name: str | None = None
    heard: bool = False
    """True for one from whom another voice has it."""


@dataclass(frozen=True, slots=True)
class _Page:
    """One sentence with all the phrases in it that matter here; offsets are the sentence's own."""

    text: Text
    sentence: Sentence
    s: str
    heads: list[Hit]
    signs: list[Hit]
    outlets: list[Hit]
    places: list[tuple[int, int, str]]

    def lexicon(self, *groups: str) -> Lexicon:
        return lexicon(self.text.pack, "attribution", self.text.language, groups)

    def of(self, *groups: str) -> list[Hit]:
        return [sign for sign in self.signs if sign.group in groups]


def find(text: Text, places: Sequence[PlaceMention]) -> list[Citation]:
    """Every citation in the body, first first."""
    ordered = sorted(places, key=lambda p: p.span.start)
    starts = [p.span.start for p in ordered]
    read = _cjk if text.language in CJK else _latin
    found: list[Citation] = []
    for sentence in text.sentences:
        if sentence.kind is Kind.BODY:
            inside = ordered[bisect_left(starts, sentence.span.start) : bisect_right(starts, sentence.span.end)]
            found.extend(sorted(read(_page(text, sentence, inside)), key=lambda c: c.span.start))
    return found


def outlets(text: Text, s: str) -> list[Hit]:
    return list(lexicon(text.pack, "attribution", text.language, ("outlet",)).scan(s))


def _page(text: Text, sentence: Sentence, places: Sequence[PlaceMention]) -> _Page:
    s = sentence.text
    take = lexicon(text.pack, "attribution", text.language, (*HEADS, "none"))
    signs = lexicon(
        text.pack,
        "attribution",
        text.language,
        ("tell", "according", "heard", "heard after", "told source", "according before"),
    )
    offset = sentence.span.start
    return _Page(
        text=text,
        sentence=sentence,
        s=s,
        heads=[h for h in take.scan(s) if h.group != "none"],
        signs=list(signs.scan(s)),
        outlets=outlets(text, s),
        places=[(p.span.start - offset, p.span.end - offset, p.place) for p in places],
    )


def _cite(page: _Page, hit: Hit, start: int, marks: set[str], base: str | None, name: str | None = None) -> Citation:
    offset = page.sentence.span.start
    outlet = page.outlets[0].group.removeprefix("outlet ") if page.outlets else None
    noun = page.s[hit.start : hit.end].lower()
    span = Span(start=offset + start, end=offset + hit.end)
    return Citation(page.sentence, span, hit.group, noun, frozenset(marks), base, outlet, name)


# --- English ----------------------------------------------------------------------------------


def _latin(page: _Page) -> list[Citation]:
    subjects = _subjects(page)
    found: dict[int, Citation] = {}
    for index, hit in enumerate(page.heads):
        start, marks = _phrase_before(page, hit)
        name = _name_beside(page, start, hit)
        cited = _cite(page, hit, start, marks, _base_after(page, start, hit), name)
        if page.lexicon("there").at(page.s, hit.end + 1):
            cited = replace(cited, marks=cited.marks | {"there"})
        if hit.group == "source" or _is_cited(page, hit, start, marks, subjects.get(index), name):
            found[index] = cited
    for index, hit in _heard_latin(page, found):
        start, marks = _phrase_before(page, hit)
        found[index] = replace(_cite(page, hit, start, marks, _base_after(page, start, hit)), heard=True)
    named = [] if found else _names_that_tell(page)
    return [*found.values(), *(named or ([] if found else _pronouns(page)))]


def _subjects(page: _Page) -> dict[int, Hit]:
    """For each head that is the subject of a telling verb, that verb."""
    follows = page.lexicon("follows")
    found: dict[int, Hit] = {}
    for verb in page.of("tell"):
        for index in range(bisect_left([h.start for h in page.heads], verb.start) - 1, -1, -1):
            gap = page.s[page.heads[index].end : verb.start]
            if len(gap) > _REACH:
                break
            stripped = gap.lstrip(" ")
            if not stripped or stripped[0] in ",(" or follows.at(stripped, 0):
                found.setdefault(index, verb)
                break
    return found


def _phrase_before(page: _Page, hit: Hit) -> tuple[int, set[str]]:
    """Where the phrase of a head begins, and what its determiner says."""
    start, marks = hit.start, set[str]()
    determiners = page.lexicon(*_MARKS)
    if page.s[hit.start : hit.end].lower().endswith("s") and hit.group != "document":
        marks.add("plural")
    for _ in range(7):
        before = _WORD_BEFORE.search(page.s, max(0, start - 24), start)
        if not before:
            break
        word = before.group(1)
        determiner = determiners.at(page.s, before.start(1), start)
        if determiner:
            marks.add(determiner.group)
            start = before.start(1)
            if determiner.group in {"one", "the"} and determiner.end - determiner.start < 5:
                break
        elif word.endswith(("'s", "’s", "s'", "s’")):
            owner = next((h for h in page.outlets if h.start < before.end(1) <= h.end + 2), None)
            return owner.start if owner else before.start(1), marks | {"the"}
        elif word.lower() in {"her", "his", "their", "its", "my", "our"}:
            return before.start(1), marks | {"the"}
        elif not _describes(page, word, before.start(1)):
            break
        else:
            start = before.start(1)
    return start, marks


def _describes(page: _Page, word: str, start: int) -> bool:
    """Whether a word before a head can belong to its phrase: no verb, preposition or conjunction."""
    if word.endswith((".", ",")) or page.lexicon("follows", "tell").at(page.s, start):
        return word[0].isupper() and not word.endswith(",")
    return True


def _base_after(page: _Page, start: int, hit: Hit) -> str | None:
    """The place inside the phrase or right after it ("in the city of X in the province of Y")."""
    inside = [place for a, b, place in page.places if start <= a and b <= hit.start]
    if inside:
        return inside[0]
    base = page.lexicon("base")
    found: list[str] = []
    for a, _, place in page.places:
        gap = page.s[hit.end : a]
        if a < hit.end:
            continue
        if len(gap) > _REACH or not (found or base.at(gap.lstrip(" ,"), 0)):
            break
        if any(hit.end <= verb.start < a for verb in page.of("tell")):
            break
        found.append(place)
    return max(found, key=lambda place: len(page.text.pack.within(place)), default=None)


def _is_cited(page: _Page, hit: Hit, start: int, marks: set[str], verb: Hit | None, name: str | None) -> bool:
    before = [
        s for s in page.of("according", "tell") if s.end <= start and len(page.s[s.end : start].strip(' ,"”')) == 0
    ]
    according = any(s.group == "according" for s in before)
    inverse = any(s.group == "tell" and not page.s[s.start : s.end].lower().startswith(("t", "i")) for s in before)
    if hit.group == "state_media":
        return according or verb is not None
    if hit.group == "document":
        return according or (verb is not None and "the" not in marks)
    if according:
        return True
    if not (inverse or verb):
        return False
    spoken_to = bool(page.outlets or next(page.lexicon("addressee").scan(page.s), None))
    if verb is not None:
        rest = page.s[verb.end :].lstrip(" ").removeprefix("to ")
        if page.lexicon("dialogue").at(rest, 0):
            return False
        if page.s[verb.start : verb.end].lower() in {"told", "informed", "warned"} and not spoken_to:
            return False
    if hit.group == "actor" or (hit.group == "witness" and name is None and not marks):
        return spoken_to
    return True


def _name_beside(page: _Page, start: int, hit: Hit) -> str | None:
    before = _NAME_BEFORE.search(page.s, max(0, start - 90), start)
    after = _NAME_AFTER.match(page.s, hit.end)
    for found in (before, after):
        if found and not _no_name(page, found):
            return found.group(1)
    return None


def _no_name(page: _Page, found: re.Match[str]) -> bool:
    a, b = found.span(1)
    barred = page.lexicon("not a name", "outlet", "state_media")
    overlapping = any(a < end and start < b for start, end, _ in page.places)
    return overlapping or any(True for _ in barred.scan(page.s, a, b))


def _names_that_tell(page: _Page) -> list[Citation]:
    """ "Lee told Radio Free Asia", "said Kim (a pseudonym)": names that speak to the report."""
    spoken_to = page.outlets or next(page.lexicon("addressee", "named").scan(page.s), None)
    if not (spoken_to or any(c in page.s for c in '"“”')):
        return []
    found: list[Citation] = []
    for verb in page.of("tell"):
        after = _TELLS_NAME.match(page.s, verb.end)
        before = next(
            (m for m in _NAME_TELLS.finditer(page.s, max(0, verb.start - 90), verb.end) if m.end() == verb.start), None
        )
        rest = page.s[verb.end :].lstrip(" ").removeprefix("to ")
        told = page.s[verb.start : verb.end].lower() in {"told", "informed"}
        if page.lexicon("dialogue").at(rest, 0) or (told and not spoken_to):
            continue
        for name in (before, None if told else after):
            if name and not _no_name(page, name):
                hit = Hit("named", name.start(1), name.end(1))
                found.append(_cite(page, hit, hit.start, set(), None, name.group(1)))
                break
    return found[:1]


def _pronouns(page: _Page) -> list[Citation]:
    for hit in page.lexicon("pronoun").scan(page.s):
        verb = next((v for v in page.of("tell") if v.start >= hit.end), None)
        if verb and not page.s[hit.end : verb.start].strip() and not page.lexicon("dialogue").at(page.s, verb.end + 1):
            return [_cite(page, Hit("pronoun", hit.start, hit.end), hit.start, {"pronoun"}, None)]
    return []


def _heard_latin(page: _Page, cited: dict[int, Citation]) -> list[tuple[int, Hit]]:
    found: list[tuple[int, Hit]] = []
    starts = [h.start for h in page.heads]
    for sign in page.of("heard"):
        index = bisect_left(starts, sign.end)
        subject = index - 1
        while subject >= 0 and page.heads[subject].end > sign.start:
            subject -= 1
        by_source = subject in cited or (
            subject < 0 and next(page.lexicon("pronoun").scan(page.s, 0, sign.start), None)
        )
        if by_source and index < len(page.heads) and page.heads[index].start - sign.end <= 60:
            found.append((index, page.heads[index]))
    for sign in page.of("told source"):
        index = bisect_left(starts, sign.start) - 1
        if index >= 0 and sign.start - page.heads[index].end <= _REACH and page.heads[index].group != "source":
            found.append((index, page.heads[index]))
    return found


# --- Korean, Japanese, Chinese ------------------------------------------------------------------


def _cjk(page: _Page) -> list[Citation]:
    found: list[Citation] = []
    weak: list[Citation] = []
    for hit in page.heads:
        start, marks, base = _grown(page, hit.start)
        end = _after_head(page, hit)
        name = _cjk_name(page, hit)
        grown = Hit(hit.group, hit.start, max(hit.end, name[1]) if name else hit.end)
        cited = _cite(page, grown, start, marks, base, name[0] if name else None)
        if name:
            end = name[1]
        if _heard_cjk(page, hit, end):
            found.append(replace(cited, heard=True))
        elif hit.group == "source" or _according(page, start, end):
            found.append(cited)
        elif _tells_cjk(page, hit, end, marks, base, name is not None):
            weak.append(cited)
    if not any(c.head == "source" and not c.heard for c in found):
        found.extend(weak)
    if not found:
        found.extend(_named_cjk(page) or _pronouns_cjk(page))
    return found


def _grown(page: _Page, start: int) -> tuple[int, set[str], str | None]:
    """Over modifiers, outlets and places that stand right before a head; the finest of the places."""
    marks: set[str] = set()
    base: str | None = None
    low = max(0, start - 60)
    words = page.lexicon(*_MARKS, "modifier", "there", "outlet")
    ends: dict[int, Hit] = {}
    for position in range(low, start):
        hit = words.at(page.s, position, start)
        if hit and not (hit.end - hit.start == 1 and _HANGUL.match(page.s, position - 1)):
            ends.setdefault(hit.end, hit)
    places = {b: (a, place) for a, b, place in page.places if low <= a < start}
    while start > low:
        cut = start
        while cut > low and page.s[cut - 1] in " 의の的":
            cut -= 1
        bracket = _BRACKETS_BEFORE.search(page.s, low, cut)
        for end in (start, cut, bracket.start() if bracket else cut):
            if end in places:
                start, place = places[end]
                base = base or place
                break
            if end in ends:
                start = ends[end].start
                marks.add(ends[end].group)
                break
        else:
            break
    return start, marks & {*_MARKS, "there", "modifier"}, base


def _after_head(page: _Page, hit: Hit) -> int:
    bracket = _BRACKETS.match(page.s, hit.end)
    return bracket.end() if bracket else hit.end


def _cjk_name(page: _Page, hit: Hit) -> tuple[str, int] | None:
    """A name right after the head (회령 주민 이정삼(가명)씨)."""
    pattern = _CJK_NAME.get(page.text.language)
    found = pattern.match(page.s, hit.end + (page.s[hit.end : hit.end + 1] in {" ", "の", "、"})) if pattern else None
    return (found.group(1), found.end()) if found else None


def _heard_cjk(page: _Page, hit: Hit, end: int) -> bool:
    if any(sign.start == end for sign in page.of("heard after")):
        return True
    told = next((sign for sign in page.of("told source") if sign.start >= end), None)
    return (
        told is not None
        and hit.group != "source"
        and told.start - end <= 40
        and bool(page.lexicon("subject").at(page.s, end))
    )


def _according(page: _Page, start: int, end: int) -> bool:
    return any(
        (sign.group == "according" and 0 <= sign.start - end <= 1)
        or (sign.group == "according before" and sign.end == start)
        for sign in page.signs
    )


def _tells_cjk(page: _Page, hit: Hit, end: int, marks: set[str], base: str | None, named: bool) -> bool:
    subject = page.lexicon("subject").at(page.s, end)
    if page.text.language == "zh":
        verb = next((v for v in page.of("tell") if v.start >= end), None)
        tells = verb is not None and verb.start - end <= 12
    else:
        last = page.of("tell")[-1:]
        tells = bool(subject and last and len(page.s) - last[0].end <= _FINAL)
    if not tells:
        return False
    spoken_to = bool(page.outlets or next(page.lexicon("addressee").scan(page.s), None))
    if hit.group == "actor":
        return spoken_to
    return spoken_to or named or bool(marks & {"one", "new", "the"}) or base is not None or hit.group == "state_media"


def _named_cjk(page: _Page) -> list[Citation]:
    pattern = _CJK_NAME.get(page.text.language)
    last = page.of("tell")[-1:]
    if pattern is None or not last or len(page.s) - last[0].end > _FINAL:
        return []
    spoken_to = bool(page.outlets or next(page.lexicon("addressee", "named").scan(page.s), None))
    for found in pattern.finditer(page.s):
        if page.lexicon("subject").at(page.s, found.end()):
            hit = Hit("named", found.start(), found.end())
            return [_cite(page, hit, hit.start, set() if spoken_to else {"the"}, None, found.group(1))]
    return []


def _pronouns_cjk(page: _Page) -> list[Citation]:
    last = page.of("tell")[-1:]
    hit = next(page.lexicon("pronoun").scan(page.s), None)
    if hit is None or not last or len(page.s) - last[0].end > _FINAL:
        return []
    return [_cite(page, Hit("pronoun", hit.start, hit.end), hit.start, {"pronoun"}, None)]
