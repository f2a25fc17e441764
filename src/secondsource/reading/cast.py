"""Which citations are one voice: the cast of those who tell a report what it knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from secondsource.reading import listed_cjk
from secondsource.reading.citation import TESTIFIERS, Citation, kin, one_of, same_name
from secondsource.reading.lexicon import CJK, lexicon
from secondsource.reading.text import Kind, Text

_NUMBERS = {
    "the first": 1,
    "the second": 2,
    "the third": 3,
    "the fourth": 4,
    "the other": -1,
    "the latter": -1,
    **listed_cjk.NUMBERS,
}
"""Whom one is by count; of "the other" and "the latter" counted from the end."""
_OF_A_RECORD = frozenset({"証言者", "証人", "供述者", "증언자", "증인", "진술자"})
"""Who is meant by these words alone is whoever spoke before, or, where nobody did, somebody."""
_ANSWERS = frozenset({"A", "Answer", "답", "답변", "答", "答え"})
"""Labels of the answers in an interview, which are nobody's name."""
_ANYBODY = frozenset({"people", "persons", "residents", "witnesses", "sources"})
"""Nouns of which more is to be told."""


@dataclass(slots=True)
class Teller:
    """A voice while its citations come in."""

    first: Citation
    citations: list[Citation] = field(default_factory=list)
    base: str | None = None
    name: str | None = None
    vague: bool = False
    """True for the plural of a lead that a later singular may turn out to be."""
    heard_from: Teller | None = None
    several: int = 0
    """Which of several that are first cited together ("two residents"), counted from 1."""


MOST_VOICES = 200
"""Voices of one report. No report has more, and each is held against all before it."""


def cast_of(text: Text, citations: Sequence[Citation]) -> list[Teller]:
    cast: list[Teller] = []
    placed: list[tuple[Citation, Teller]] = []
    lead = next((s.paragraph for s in text.sentences if s.kind is Kind.BODY), -1)
    last: Teller | None = None
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
    spoke: Teller | None = None
    for position, (one, origin) in enumerate(placed):
        spoke = spoke if one.heard else origin
        if one.heard:
            teller = _teller(placed, position, spoke)
            if teller is not None and teller is not origin and origin.heard_from is not teller:
                teller.heard_from = origin
    return cast


def _introduced(one: Citation) -> list[Teller]:
    """The new voices of a citation: as many as it says ("two residents"), one where it does not."""
    count = next((int(mark.split(" ")[1]) for mark in one.marks if mark.startswith("count")), 1)
    vague = "plural" in one.marks
    return [Teller(one, [], one.base, one.name, vague, several=n * (count > 1)) for n in range(1, count + 1)]


def _teller(placed: Sequence[tuple[Citation, Teller]], position: int, spoke: Teller | None) -> Teller | None:
    """Who has it from the one cited here: somebody cited in the sentence, else whoever `spoke` last."""
    index = placed[position][0].sentence.index
    near = [v for c, v in placed[max(0, position - 4) : position + 5] if c.sentence.index == index and not c.heard]
    return next(iter(near), spoke)


def _may_begin(one: Citation, cast: Sequence[Teller]) -> bool:
    """Whether a citation that is nobody known yet introduces somebody."""
    if one.head == "ordinal":
        counting = any(v.first.head == "ordinal" or v.several for v in cast)
        return "described" in one.marks or (one.noun in _NUMBERS and (counting or not cast))
    if "pronoun" in one.marks:
        return "spoken to" in one.marks and not cast
    if "weak" in one.marks:
        return False
    if "by pronoun" in one.marks and not cast:
        return False
    if one.head == "bystanders":
        return bool(cast)
    if one.noun in _OF_A_RECORD and not one.marks and one.base is None:
        return not cast
    if one.heard or one.head in {"source", "document", "state_media", "press", "institution"}:
        return True
    if "the" in one.marks and not one.marks & {"new", "met"} and one.name is None:
        return one.noun in TESTIFIERS and not cast
    counted = any(mark.startswith("count") for mark in one.marks)
    generic = "plural" in one.marks and one.base is None and not counted and not one.marks & {"new", "one", "reached"}
    return not (generic and (cast or one.head == "actor"))


def _known(text: Text, one: Citation, cast: Sequence[Teller], last: Teller | None, lead: int) -> Teller | None:
    """The voice that a citation means, among those met so far."""
    if "pronoun" in one.marks:
        return last
    if one.head == "ordinal":
        return _by_number(one, cast, last)
    if one.head == "press":
        return next((v for v in cast if v.first.head == "press"), None)
    if one.heard:
        return next((v for v in cast if v.first.heard and v.first.noun == one.noun), None)
    if "member" in one.marks and (member := _member(cast, last)):
        return member
    if "new" in one.marks:
        return _other(text, one, cast, last)
    if one.name is not None:
        return _named(text, one, cast, lead)
    alike = [
        v
        for v in cast
        if kin(v.first.head, one.head) and (one.head == "source" or not v.first.heard) and fits(text, v.base, one.base)
    ]
    if one.head == "source":
        if _of_another_outlet(text, one, cast):
            alike = [v for v in alike if any(c.outlet == one.outlet for c in v.citations)]
            return alike[-1] if alike else None
        the_last = last if "the" in one.marks and one.base is None else None
        return _same_source(one, alike, last) or the_last or _vague(text, one, cast, lead)
    again = _again(text, one, cast)
    if again is not None:
        return again
    if "the" in one.marks:
        same = [v for v in alike if any(_one_noun(one.noun, c.noun) for c in v.citations)]
        recent = [v for v in same if v is last] or [v for v in same if v.several != 2 or not v.vague]
        return recent[-1] if recent else _untold(alike) if "met" in one.marks else None
    same = [v for v in alike if one_of(v.first.noun) == one_of(one.noun) and not v.vague]
    return same[-1] if same else _vague(text, one, cast, lead) or _one_of_several(text, one, alike)


def _named(text: Text, one: Citation, cast: Sequence[Teller], lead: int) -> Teller | None:
    """The voice of that name; for the label of an answer, the only one who can be asked."""
    if one.name in _ANSWERS and len(cast) == 1 and cast[0].name is None:
        return cast[0]
    known = next((v for v in cast if v.name and one.name and same_name(v.name, one.name)), None)
    if "weak" in one.marks:
        return known
    return known or _vague(text, one, cast, lead)


def _again(text: Text, one: Citation, cast: Sequence[Teller]) -> Teller | None:
    """Somebody called by a part of what he was introduced as, where no article tells him apart; and a body and who
    speaks for it, who are one voice."""
    if one.head == "institution" and one.base is None:
        spoken_for = [v for v in cast if v.first.head == "title" and one.noun in v.first.sentence.text.lower()]
        if spoken_for:
            return spoken_for[-1]
    if text.language not in CJK:
        return None
    start = one.span.start - one.sentence.span.start
    beside = one.sentence.text[max(0, start - 14) : start].lower()
    bodies = [v for v in cast if v.first.head == "institution" and v.first.noun[-3:] in beside]
    if bodies and one.head in {"title", "official"}:
        return bodies[-1]
    of_it = lexicon(text.pack, "attribution", text.language, ("of it",))
    if one.head == "title" and one.base is None and next(of_it.scan(beside), None):
        return next((v for v in reversed(cast) if v.first.head == "institution"), None)
    if one.base is None and one.marks:
        return None
    described = [v for v in cast if one.noun in v.first.span.of(text.raw) and one.base in {None, v.base}]
    return described[-1] if described else None


def _of_another_outlet(text: Text, one: Citation, cast: Sequence[Teller]) -> bool:
    """Whether a source is another outlet's own ("the Post, quoting a source of its own, puts it ...")."""
    ours = text.report.outlet or next((c.outlet for v in cast for c in v.citations if c.outlet), None)
    if one.outlet is None or ours is None or one.outlet.lower() in ours.lower() or ours.lower() in one.outlet.lower():
        return False
    quoting = lexicon(text.pack, "attribution", text.language, ("quoting",))
    told_us = any(v.first.head == "source" and all(c.outlet != one.outlet for c in v.citations) for v in cast)
    return told_us and ("own" in one.marks or next(quoting.scan(one.sentence.text), None) is not None)


def _one_noun(a: str, b: str) -> bool:
    """Whether one noun holds the other ("resident", "residents", "resident woman")."""
    a, b = one_of(a), one_of(b)
    return a in b or b in a


def _by_number(one: Citation, cast: Sequence[Teller], last: Teller | None) -> Teller | None:
    """Whom "the first", "the second" or "the other" means."""
    people = [v for v in cast if v.first.head not in {"document", "state_media", "press", "institution"}]
    counted = [v for v in people if v.several]
    number = _NUMBERS.get(one.noun)
    if number is None:
        return _member(cast, last) or _one_of_many(one, people, last)
    pair = counted or people
    if number > 0:
        return pair[number - 1] if len(pair) >= number else None
    others = [v for v in pair if v is not last]
    return others[number] if len(others) >= -number and len(pair) > 1 else None


def _same_source(one: Citation, alike: Sequence[Teller], last: Teller | None) -> Teller | None:
    if "plural" in one.marks:
        return alike[0] if alike else None
    if one.base is None:
        return last if last in alike else (alike[-1] if alike else None)
    equal = [v for v in alike if v.base == one.base] or alike
    return equal[-1] if equal else None


def _other(text: Text, one: Citation, cast: Sequence[Teller], last: Teller | None) -> Teller | None:
    """The next of several cited together, or "the other source"; "another source" is nobody known."""
    for voice in cast:
        if voice.several and voice.vague and voice is not last and fits(text, voice.base, one.base):
            return voice
    if "the" not in one.marks or "one" in one.marks:
        return None
    others = [v for v in cast if v is not last and kin(v.first.head, one.head) and "new" in v.first.marks]
    return others[-1] if others else None


def _member(cast: Sequence[Teller], last: Teller | None) -> Teller | None:
    """The next of several cited together ("One of them, a driver, said")."""
    return next((v for v in cast if v.several and v.vague and (v is not last or v.several == 1)), None)


def _one_of_many(one: Citation, people: Sequence[Teller], last: Teller | None) -> Teller | None:
    """Those of the sentence before, of whom no number was said ("residents told us. ... said one, a tailor")."""
    if last is None or not last.vague or last.several or last not in people or "described" not in one.marks:
        return None
    return last


def _one_of_several(text: Text, one: Citation, alike: Sequence[Teller]) -> Teller | None:
    """The next of "two people" of whom nothing was said yet, for somebody told of after them."""
    if text.language in CJK or "one" not in one.marks or "plural" in one.marks:
        return None
    same = [v for v in alike if v.several and v.vague and one_of(v.first.noun) == one_of(one.noun)]
    return next(iter(same), None) or _untold(alike)


def _untold(alike: Sequence[Teller]) -> Teller | None:
    return next((v for v in alike if v.several and v.vague and v.first.noun in _ANYBODY), None)


def _vague(text: Text, one: Citation, cast: Sequence[Teller], lead: int) -> Teller | None:
    """The unnamed source of the lead that turns out to be this resident or this named person."""
    for voice in cast:
        noun = voice.first.noun
        alike = voice.first.head == "source" or one.noun.endswith(noun) or noun.endswith(one.noun)
        unnamed = alike and voice.name is None and not voice.first.heard
        first = voice.first.sentence.paragraph == lead and len(cast) == 1
        in_lead = first and one.name is not None and not _expert(text, one)
        if first and voice.vague and not voice.several and "plural" not in one.marks:
            unnamed = unnamed or one.head == "source" or kin(voice.first.head, one.head)
        if unnamed and (voice.vague or in_lead) and fits(text, voice.base, one.base):
            return voice
    return None


def _expert(text: Text, one: Citation) -> bool:
    """Whether somebody is cited for what he has learnt of such cases, not for having told of this one."""
    words = lexicon(text.pack, "attribution", text.language, ("expert",))
    return next(words.scan(one.sentence.text), None) is not None


def _add(text: Text, voice: Teller, one: Citation) -> None:
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


def fits(text: Text, a: str | None, b: str | None) -> bool:
    return a is None or b is None or a in text.pack.within(b) or b in text.pack.within(a)
