"""Which voices cannot be one person, as far as their reports show.

A mistake here makes one voice look like two, so in doubt they may be one: an unnamed source tells itself apart
from nobody, a pseudonym only within the report that gives it, and whoever only heard of a thing bears nothing out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from secondsource.model import Language, Report, Span, Voice, VoiceKind
from secondsource.packs import Pack, compile_cached
from secondsource.packs.romanise import loose

FIRST_HAND = frozenset({"0101", "0102"})
"""Victims and witnesses. A relative is none: most have it from the victim."""
NO_PERSON = frozenset({VoiceKind.DOCUMENT, VoiceKind.STATE_MEDIA})
NAMED_APART = "they are two people by name"
PAPER = "a document or broadcast stands beside somebody who was there"
STRANGERS = "the report says that they know of it separately"

REACH = 300
BEFORE = 160
"""Characters of its sentence, on either side of words of separateness, in which a negation takes them back."""
ALIKE = 0.6
"""Share of two romanised names that may agree, from which they may be two spellings of one."""
FULL = 2
"""Parts of a full name in Latin letters; syllables of one in Hangul are one more."""

_LATIN = re.compile(r"[A-Z][\w'’-]*|\b\d+\b")
_WORD = re.compile(r"\w{2,}")
_LABEL = re.compile(r"(?:^|[^A-Za-z0-9])([A-Zㄱ-ㅎ]|\d{1,3})$")
_HANGUL = re.compile(r"[가-힣]{3,4}")
_RUN = re.compile(r"(?:[一-龯々]+|[ァ-ヴー]+|[가-힣]+|[A-Zㄱ-ㅎ])$")
EAST_ASIAN = frozenset({"ko", "ja", "zh"})
_BODY = re.compile(r"^[가-힣]{5,}$|^[一-龯ァ-ヴー]{6,}$")
_END = re.compile(r"[.!?。]\s")


class Apart:
    """The voices of one incident's reports, held against one another."""

    def __init__(self, reports: Mapping[str, Report], voices: Mapping[str, Voice], pack: Pack) -> None:
        self._reports, self._voices, self._pack = reports, voices, pack
        self._strangers: dict[str, tuple[str, ...]] = {}

    def in_one_report(self, a: str, b: str) -> str | None:
        """What in one report shows that two of its voices are two people, who know of it apart; None for nothing."""
        x, y = self._voices.get(a), self._voices.get(b)
        if x is None or y is None or x.report_id != y.report_id:
            return None
        if x.kind is VoiceKind.NAMED and y.kind is VoiceKind.NAMED and self._named_apart(x, y):
            return NAMED_APART
        if self._paper_and_witness(x, y):
            return PAPER
        return STRANGERS if {a, b} <= {*self._said_strangers(x.report_id)} else None

    def in_two_reports(self, a: str, b: str) -> str | None:
        """What shows that two voices of unrelated reports are two: full names that are no pseudonyms and no two
        spellings of one, or a paper and somebody who was there."""
        x, y = self._voices.get(a), self._voices.get(b)
        if x is None or y is None:
            return None
        if x.kind is VoiceKind.NAMED and y.kind is VoiceKind.NAMED:
            own = [self._reports[v.report_id] for v in (x, y)]
            if own[0].language != own[1].language or any(self._pseudonyms(r) for r in own):
                return None
            return NAMED_APART if _two_full_names(self._name(x), self._name(y), own[0].language) else None
        return PAPER if self._paper_and_witness(x, y) else None

    def body(self, voice: Voice) -> str | None:
        """The own name of an organisation that speaks; None for a person, or for "an official"."""
        named = len(_LATIN.findall(voice.descriptor[1:])) >= FULL or _BODY.search(voice.descriptor) is not None
        return _bare(voice.descriptor) if voice.kind is VoiceKind.OFFICIAL and named else None

    # --- names

    def _named_apart(self, x: Voice, y: Voice) -> bool:
        """By the names, letters or numbers that one report gives two people."""
        one, other = self._name(x), self._name(y)
        labels = [_LABEL.search(name) for name in (one, other)]
        if labels[0] or labels[1]:
            return bool(labels[0] and labels[1] and labels[0][1] != labels[1][1])
        return bool(one and other) and not _pieces(one) & _pieces(other)

    def _name(self, voice: Voice) -> str:
        return _name(voice.descriptor, str(self._reports[voice.report_id].language), *self._taken_off(voice))

    def _taken_off(self, voice: Voice) -> tuple[re.Pattern[str] | None, ...]:
        """What is no part of a name: that it is a pseudonym, titles, roles in an interview."""
        language = str(self._reports[voice.report_id].language)
        by_language = self._pack.phrases.get("agencies", {}).get("pseudonym", {})
        return (
            *(compile_cached(tuple(patterns), code) for code, patterns in by_language.items()),
            self._compiled("title", language),
        )

    def _pseudonyms(self, report: Report) -> bool:
        """Whether a report says of any name that it is not somebody's own."""
        patterns = self._pack.phrase("agencies", "pseudonym", str(report.language))
        found = compile_cached(tuple(patterns), str(report.language)) if patterns else None
        return found is not None and found.search(report.text) is not None

    # --- papers, and what reports say of their sources

    def _paper_and_witness(self, x: Voice, y: Voice) -> bool:
        """Any other source may be the one who handed a document over, or read it, or heard the broadcast."""
        if (x.kind in NO_PERSON) == (y.kind in NO_PERSON):
            return False
        paper, person = (x, y) if x.kind in NO_PERSON else (y, x)
        if person.connection not in FIRST_HAND or person.kind is VoiceKind.OUTLET or person.heard_from == paper.id:
            return False
        return not (x.report_id == y.report_id and self._speaks_through(person, paper))

    def _speaks_through(self, person: Voice, paper: Voice) -> bool:
        """Whether a person is only cited where the paper is: a confession before the state's cameras is the state's."""
        text = self._reports[person.report_id].text
        lines = {_line(text, span) for span in paper.spans}
        return paper.kind is VoiceKind.STATE_MEDIA and all(_line(text, span) in lines for span in person.spans)

    def _said_strangers(self, report_id: str) -> tuple[str, ...]:
        """The two voices nearest to where a report says that its sources do not know of one another."""
        if report_id not in self._strangers:
            report = self._reports[report_id]
            at = self._where_said(report)
            cited = [v for v in self._voices.values() if v.report_id == report_id]
            people = [v for v in cited if v.kind not in NO_PERSON and v.kind is not VoiceKind.OUTLET]
            near: dict[str, int] = {}
            for voice in people if at is not None else ():
                gaps = [_gap(report.text, span, at) for span in voice.spans if at is not None]
                if gaps and min(gaps) <= REACH:
                    near[voice.id] = min(gaps)
            self._strangers[report_id] = tuple(sorted(near, key=lambda one: near[one])[:2])
        return self._strangers[report_id]

    def _where_said(self, report: Report) -> int | None:
        language = str(report.language)
        strangers = self._compiled("apart", language)
        if strangers is not None and (found := strangers.search(report.text)):
            return found.start()
        separate, never = self._compiled("separate", language), self._compiled("not_separate", language)
        for found in separate.finditer(report.text) if separate is not None else ():
            before = _END.split(report.text[max(0, found.start() - BEFORE) : found.start()])[-1]
            after = _END.split(report.text[found.end() : found.end() + BEFORE])[0]
            if never is None or not (never.search(before) or never.search(after)):
                return found.start()
        return None

    def _compiled(self, group: str, language: str) -> re.Pattern[str] | None:
        patterns = self._pack.phrase("independence", group, language)
        return compile_cached(tuple(patterns), language) if patterns else None


def line(text: str, span: Span) -> str:
    """The line that a span stands in, no more than REACH characters of it on either side."""
    left, right = _line(text, span)
    return text[left:right]


def _line(text: str, span: Span) -> tuple[int, int]:
    left = max(text.rfind("\n", max(0, span.start - REACH), span.start) + 1, span.start - REACH, 0)
    right = text.find("\n", span.end, span.end + REACH)
    return left, min(len(text), span.end + REACH) if right < 0 else right


def _gap(text: str, span: Span, at: int) -> int:
    """Characters between a voice and a place in the text; two more paragraphs between them put it out of reach."""
    low, high = sorted((span.start, at))
    return high - low if text.count("\n\n", low, high) <= 1 else REACH + 1


@lru_cache(maxsize=4096)
def _name(descriptor: str, language: str, *taken_off: re.Pattern[str] | None) -> str:
    """The words that may be a name: those with a capital in Latin letters, otherwise the last one."""
    text = unicodedata.normalize("NFKC", descriptor)
    for expression in taken_off:
        text = expression.sub(" ", text) if expression is not None else text
    text = re.sub(r"[()\[\]{}（）「」'\"“”‘’,.]+", " ", text).strip()
    if language not in EAST_ASIAN:
        return " ".join(_LATIN.findall(text))
    last = text.split()[-1] if text.split() else ""
    run = _RUN.search(last)
    return run.group() if run else last


def _pieces(name: str) -> set[str]:
    """What two spellings of one name share: words, or single characters where these are syllables."""
    if name.isascii():
        return {part.casefold() for part in _WORD.findall(name.replace("-", " "))}
    return {character for character in name if character.isalpha()}


def _bare(descriptor: str) -> str:
    return " ".join(re.findall(r"\w+", descriptor.casefold().removeprefix("the ")))


def _two_full_names(one: str, other: str, language: Language) -> bool:
    first, second = _pieces(one), _pieces(other)
    if first & second or any(_LABEL.search(name) for name in (one, other)):
        return False
    if language in EAST_ASIAN:
        return all(_HANGUL.fullmatch(name) for name in (one, other))
    if min(len(first), len(second)) < FULL:
        return False
    key, beside = (loose("".join(_WORD.findall(name.replace("-", " ")))) for name in (one, other))
    return SequenceMatcher(None, key, beside, autojunk=False).ratio() < ALIKE


def cliques(nodes: Sequence[str], edges: Collection[tuple[str, str]]) -> int:
    """Size of the largest set of nodes that are all joined to one another; edges are given in the order of `nodes`."""

    def grow(size: int, rest: Sequence[str]) -> int:
        best = size
        for i, node in enumerate(rest):
            if size + len(rest) - i <= best:
                break
            best = max(best, grow(size + 1, [later for later in rest[i + 1 :] if (node, later) in edges]))
        return best

    return grow(0, nodes)
