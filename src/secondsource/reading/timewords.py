"""Runs of time words put together into drafts, with what their surroundings say of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from secondsource.model import Span
from secondsource.packs import Pack
from secondsource.packs.once import once
from secondsource.reading import numbers
from secondsource.reading.lexicon import CJK, Hit, Lexicon, lexicon
from secondsource.reading.text import Sentence, Text
from secondsource.reading.when import SEASONS, Draft

_WORDS = (
    "month", "weekday", "year", "decade", "era", "date", "day", "number", "part", "last", "this", "next", "about",
    "in_month", "of_month", "the_month", "in_year", "of_year", "in_day", "of_day", "in_week", "ago", "later",
    "earlier", "holiday", "clock", "none",
)  # fmt: skip
_NUMBER = {
    "en": r"(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|a few|a couple of)",
    "ko": r"(?<![0-9])(?<![0-9][.,])(?:[0-9]{1,3}|[일이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|[한두세네])\s?",
}
_CJK_NUMBER = (
    r"(?<![0-9０-９])(?<![0-9０-９][.,])(?:[0-9０-９]{1,3}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九两數数几])"
)
_SLOTS = {
    "d": r"(?<![\d.,:$£€/])[0-3]?[0-9](?![\d:%/]|[.,]\d|-year)",
    "y": r"(?<![\d,.])(?:1[89]|20)[0-9]{2}(?!\d|,\d|[-./](?:0?[1-9]|1[0-2])(?!\d))"
    r"|[二一][〇零九八][〇零一二三四五六七八九]{2}",
    "iso": r"(?<![\d.-])(?:19|20)[0-9]{2}(?:\s?[-./]\s?(?:0?[1-9]|1[0-2])\s?[-./]\s?(?:[12][0-9]|3[01]|0?[1-9])"
    r"|[-./](?:0[1-9]|1[0-2]))(?![\d]|[-./]\d)",
}
_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_PREPOSITIONS = {"preposition", "since before", "until before", "between"}
_NEAR = 26
"""How far before an expression its preposition may begin, in characters."""
_SPEECH_REACH = 60
_QUOTES = re.compile(r"\s?(?:[^\s“\"「『‘、,]{1,16}[에서에に]\s?){0,2}[“\"「『‘]")
"""Whoever speaks on a day, and to an outlet, goes on with a quotation."""
_QUOTE_NEXT = re.compile(r"\s?[“\"「]")
_DAY_OF_SPEECH = frozenset({"day", "clock"})
_PAUSES = frozenset(',、，「『“"。. ')
_ADDRESSEE = re.compile(r"(?!.*\b(?:that|to|who|when|her|him|them)\b)[\w.’'-]+(?: [\w.’'-]+){0,4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The compiled phrases of one pack and language."""

    atoms: Lexicon
    joint: re.Pattern[str]
    before: Lexicon
    after: Lexicon
    range: Lexicon
    speech: Lexicon
    told: Lexicon
    future: Lexicon
    ambiguous: Lexicon

    def after_speech(self, s: str, end: int) -> Hit | None:
        return next(self.told.scan(s, end, min(len(s), end + 22)), None)


@dataclass(frozen=True, slots=True)
class Found:
    """A draft with its sentence, its place in the report and what else its surroundings say."""

    draft: Draft
    sentence: Sentence
    span: Span
    last: Draft | None
    """The other end, where it is a range."""
    since: bool
    until: bool
    future: bool
    speech: bool


_last: list[tuple[Text, list[Found]]] = []


def drafts(text: Text) -> list[Found]:
    """The drafts of a text; those of the last one are kept, as they are asked for several times."""
    if not _last or _last[0][0] is not text:
        _last[:] = [(text, [found for sentence in text.sentences for found in in_sentence(sentence, text)])]
    return _last[0][1]


@once(most=32)
def _compiled(pack: Pack, language: str) -> _Phrases:
    number = _NUMBER.get(language, _CJK_NUMBER if language in CJK else _NUMBER["en"])
    slots = {**_SLOTS, "n": number}
    slots["y"] = f"(?:{slots['y']})"
    slots["past"] = "".join(f"(?!{re.escape(word)})" for word in pack.phrase("times", "no_past", language))

    def take(*groups: str) -> Lexicon:
        return lexicon(pack, "times", language, groups, **slots)

    return _Phrases(
        atoms=take(*_WORDS),
        joint=_joint(tuple(pack.phrase("times", "joint", language)), language),
        before=take("since before", "until before", "preposition", "not_before", "between"),
        after=take("since after", "until after", "not_after"),
        range=take("range"),
        speech=take("speech before", "speech to", "speaker"),
        told=take("speech after"),
        future=take("future"),
        ambiguous=take("ambiguous"),
    )


@lru_cache(maxsize=32)
def _joint(patterns: tuple[str, ...], language: str) -> re.Pattern[str]:
    words = "|".join(re.escape(p) for p in sorted(patterns, key=len, reverse=True)) or "(?!)"
    if language in CJK:
        return re.compile(rf"\s{{0,3}}(?:{words})?\s{{0,3}}[(（]?")
    return re.compile(rf"[\s,.\-(]{{0,4}}(?:(?:{words})\s{{1,3}})?", re.IGNORECASE)


def in_sentence(sentence: Sentence, text: Text) -> list[Found]:
    words = _compiled(text.pack, text.language)
    s = sentence.text
    found: list[Found] = []
    raw = _put_together(s, words, text)
    coming = [hit.start for hit in words.future.scan(s)] if raw else []
    skip = False
    for position, draft in enumerate(raw):
        if skip:
            skip = False
            continue
        following = raw[position + 1] if position + 1 < len(raw) else None
        last = following if following and _is_range(s, draft, following, words) else None
        if last is not None and not _share(draft, last):
            last = None
        skip = last is not None
        if last is not None and not draft.fields:
            draft.end, draft.fields, last = last.end, last.fields, None
            draft.parts += following.parts[:1] if following else []
        if not _holds(s, draft, words, text.language) or (last and not _holds(s, last, words, text.language)):
            continue
        end = last.end if last else draft.end
        before, after = _adjacent(s, draft.start, words.before), words.after.at(s, _skip_space(s, end))
        offset = sentence.span.start
        found.append(
            Found(
                draft=draft,
                sentence=sentence,
                span=Span(start=offset + draft.start, end=offset + end),
                last=last,
                since=last is None and bool("since before" in before or (after and after.group == "since after")),
                until=last is None and bool("until before" in before or (after and after.group == "until after")),
                future=bisect_left(coming, draft.start - 40) < bisect_left(coming, end + 30),
                speech=last is None and _spoken_of(s, draft, words, text.language),
            )
        )
    return found


def _put_together(s: str, words: _Phrases, text: Text) -> list[Draft]:
    """Neighbouring words into drafts, as long as nothing but joints is between them."""
    found: list[Draft] = []
    current: Draft | None = None
    reached = 0
    for hit in words.atoms.scan(s):
        piece = _piece(s, hit, text)
        if piece is None:
            current = None
            continue
        joined = current is not None and words.joint.fullmatch(s, reached, hit.start)
        reached = hit.end
        if current is not None and joined and _accepts(current, piece, text.language):
            if piece[0] == "number":
                current.without_number = current.end
            if piece[0] != "number" or "month" in current.fields:
                current.end = hit.end
            continue
        current = Draft(hit.start, hit.end)
        if piece[0] == "part" and text.language in CJK and piece[1] not in SEASONS:
            current = None
        elif _accepts(current, piece, text.language):
            found.append(current)
    return found


def _accepts(draft: Draft, piece: tuple[str, str], language: str) -> bool:
    name, value = piece
    if name == "about":
        draft.about = True
        return True
    if name == "part" and language not in CJK and draft.fields.keys() - {"direction", "clock"}:
        return False
    return draft.put(name, value)


def _piece(s: str, hit: Hit, text: Text) -> tuple[str, str] | None:
    """A word as the field that it fills and with what; None where it fills none."""
    kind, _, value = hit.group.partition(" ")
    said = s[hit.start : hit.end]
    if kind == "none":
        return None
    if text.language not in CJK and kind in {"month", "weekday"} and not said[0].isupper():
        return None
    if kind in {"last", "this", "next"}:
        return "direction", kind
    if kind in {"ago", "later", "earlier"}:
        count = numbers.value(said, text.language, text.pack)
        return kind, f"{value} {int(count) if count else 1}"
    if kind == "date":
        return kind, said
    if kind == "era":
        return "year", str(int(value) + _integer(said, text))
    if value == "n":
        return kind, str(_integer(said, text))
    return kind, value


def _integer(said: str, text: Text) -> int:
    digits = re.search(r"[0-9０-９]+", said)
    if digits:
        return int(digits.group())
    years = re.match(r"[〇零一二三四五六七八九]{4}", said)
    if years:
        return int(years.group().translate(_KANJI_DIGITS))
    return int(numbers.value(said, text.language, text.pack) or 0)


def _is_range(s: str, first: Draft, last: Draft, words: _Phrases) -> bool:
    gap = s[first.end : last.start]
    start = first.end + len(gap) - len(gap.lstrip(" -" if gap[1:].strip(" -") else " "))
    hit = words.range.at(s, start, last.start)
    if hit is None or s[hit.end : last.start].strip(" -"):
        return False
    return s[hit.start : hit.end].lower() != "and" or "between" in _adjacent(s, first.start, words.before)


def _share(first: Draft, last: Draft) -> bool:
    """Gives each end what only the other one says: "15 to 17 April", 11월 21일부터 30일까지."""
    one, two = first.fields, last.fields
    if one.keys() == two.keys() == {"number"}:
        return False
    for a, b in ((one, two), (two, one)):
        if a.keys() == {"number"} and b.keys() & {"day", "number"}:
            number = a.pop("number")
            a.update({k: v for k, v in b.items() if k not in {"day", "number", "weekday", "clock"}}, day=number)
    if "month" not in two and "day" in two:
        two.update({k: one[k] for k in ("month", "in_month", "of_month", "direction") if k in one and k not in two})
    for name in ("year", "in_year", "of_year"):
        if not one.keys() & {"year", "in_year", "of_year", "date"} and name in two:
            one[name] = two[name]
        elif not two.keys() & {"year", "in_year", "of_year", "date"} and name in one:
            two[name] = one[name]
    return bool(one or first.parts) and bool(two)


def _holds(s: str, draft: Draft, words: _Phrases, language: str) -> bool:
    """Whether a draft says when; settles what a bare number in it means."""
    f = draft.fields
    after = words.after.at(s, _skip_space(s, draft.end))
    before = _adjacent(s, draft.start, words.before)
    number = f.pop("number", None)
    barred = after is not None and after.group == "not_after"
    if number and "month" in f and "day" not in f and not barred:
        f["day"] = number
    elif number and draft.without_number:
        draft.end = draft.without_number
    if "not_before" in before or (barred and not number and "month" not in f):
        return False
    if f.keys() - {"direction", "clock", "the_month"} == set():
        season = any(part in SEASONS for part in draft.parts)
        if "the_month" in f:
            return bool(draft.parts)
        return season and ("direction" in f or bool(before & _PREPOSITIONS))
    if language in CJK:
        return True
    alone = f.keys() <= {"month"} and not draft.parts
    if alone and words.ambiguous.at(s, draft.start) and not before & _PREPOSITIONS:
        return False
    if not draft.parts and (f.keys() <= {"day", "clock"} or f.keys() == {"year"}):
        return bool(before & _PREPOSITIONS)
    return True


def _spoken_of(s: str, draft: Draft, words: _Phrases, language: str) -> bool:
    """Whether it is the day on which somebody told it."""
    f = draft.fields
    after = words.after_speech(s, draft.end)
    if language in CJK:
        if not f.keys() & {"day", "in_day", "of_day", "weekday", "date"}:
            return False
        gap = s[draft.end : after.start].strip("、, ") if after else ""
        if after is not None and (len(gap) <= 3 or (gap[-1] in "에に" and not any(c in _PAUSES for c in gap))):
            return True
        if _QUOTE_NEXT.match(s, draft.end) and f.keys() <= _DAY_OF_SPEECH and not _in_quotes(s, draft.start):
            return True
        if not s[: draft.start].strip() and _speaker_next(s, draft.end, words):
            return True
        if "speaker" not in _adjacent(s, draft.start, words.speech):
            return False
        if _QUOTES.match(s, draft.end):
            return True
        return s[draft.end : draft.end + 2].lstrip()[:1] in {",", "、", "，"} and f.keys() <= {"day", "clock"}
    told_next = s[after.start : after.end].lower() if after and not s[draft.end : after.start].strip(" ,") else ""
    if told_next == "told":
        return True
    if not f.keys() & {"day", "in_day", "of_day", "weekday", "date"} and told_next != "that":
        return False
    for hit in words.speech.scan(s, max(0, draft.start - _SPEECH_REACH), draft.start):
        gap = s[hit.end : draft.start].strip().removesuffix("on").removesuffix("in").strip()
        if not gap or (hit.group == "speech to" and _ADDRESSEE.fullmatch(gap)):
            return True
    return False


def _speaker_next(s: str, end: int, words: _Phrases) -> bool:
    """Whether somebody speaks in the sentence that a day opens: 15일 … 주민은 “…”."""
    reach = end + _SPEECH_REACH
    speaker = next((hit for hit in words.speech.scan(s, end, reach) if hit.group == "speaker"), None)
    quote = _QUOTE_NEXT.search(s, end, reach)
    return speaker is not None and quote is not None and speaker.end <= quote.start()


def _in_quotes(s: str, position: int) -> bool:
    opened = [s.count(mark, 0, position) for mark in "“”「」"]
    return opened[0] > opened[1] or opened[2] > opened[3] or s.count('"', 0, position) % 2 == 1


def _adjacent(s: str, start: int, phrases: Lexicon) -> set[str]:
    """Groups of the phrases that end right before."""
    hits = phrases.scan(s, max(0, start - _NEAR), start)
    return {hit.group for hit in hits if not s[hit.end : start].strip(" -")}


def _skip_space(s: str, position: int) -> int:
    return position + (s[position : position + 1] in {" ", "-"})
