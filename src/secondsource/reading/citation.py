"""What a citation is, and a sentence laid out for finding them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from secondsource.model import PlaceMention, Span
from secondsource.reading import listed_cjk
from secondsource.reading.lexicon import CJK, Hit, Lexicon, lexicon
from secondsource.reading.text import Kind, Sentence, Text
from secondsource.reading.unlisted import found as unlisted_latin

_PERSONS = ("source", "witness", "official", "title", "actor", "bystanders")
HEADS = (*_PERSONS, "institution", "document", "state_media", "press")
MARKS = ("new", "the", "one", "plural", "count")
TITLES = frozenset(
    {"Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dr", "Dr.", "Rev", "Rev.", "Pastor", "Aunt", "Uncle"}
)
"""What stands before a name and is no part of it."""
TESTIFIERS = frozenset({"witness", "deponent", "claimant", "interviewee", "respondent", "applicant", "complainant"})
"""Those of whom a record speaks without ever introducing them."""
FINAL = 30
"""How close to its end a sentence has the verb that governs it, in characters (Korean, Japanese)."""
_CAPITALS = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]{0,30}(?: [A-Z][\w’'-]{0,30}){1,5}")
_NUMBER = re.compile(r"[ -]?(?:\d{1,4}|(?<=[ -])[A-Z])(?![\w.%-])|\s?\d{1,4}(?=[는은이가의はがのも氏])")
_UNLISTED = {"en": unlisted_latin, "ko": listed_cjk.heads, "ja": listed_cjk.heads}
_SAYS_QUOTED = {
    "ko": re.compile(r"[”\"](?:이?라)?고 [^“”\"]{1,12}다[.]?$"),
    "ja": re.compile(r"[」』]と[^「」。、]{1,14}。?$"),
}
_TO_SOMEBODY = re.compile(r"(?:ら|たち|さん)?に、?「")
_TO_ME = re.compile(r"\b(?:told|tells|wrote to|writes to|showed) me\b")
SIGNS = ("tell", "according", "according before", "heard", "heard after", "told source")


@dataclass(frozen=True, slots=True)
class Citation:
    """One place where somebody is cited. `marks` are of: new, the, one, plural, pronoun, there, weak
    (a name that is somebody only if it is known already)."""

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


class Page:
    """One sentence with all the phrases in it that matter here; offsets are the sentence's own."""

    def __init__(
        self,
        text: Text,
        sentence: Sentence,
        places: Sequence[PlaceMention],
        known: dict[tuple[str, ...], Lexicon],
        met: set[str],
        diary: bool = False,
    ):
        self.text, self.sentence, self.s = text, sentence, sentence.text
        self._known = known
        self._diary = diary
        self._has: dict[tuple[str, ...], bool] = {}
        self.met = met
        """Nouns of those whom the report spoke of before, as "a pastor who ..."."""
        offset = sentence.span.start
        self.places = [(p.span.start - offset, p.span.end - offset, p.place) for p in places]
        own = text.report.outlet
        named = self.s.find(own) if own and len(own) > 3 else -1
        self.outlets = list(self.lexicon("outlet").scan(self.s))
        if own and named >= 0 and not self.outlets:
            self.outlets.append(Hit(f"outlet {own}", named, named + len(own)))
        self.outlets.extend(self._titled())
        self._signs: dict[str, list[Hit]] = {}
        self.starting: dict[int, str] = {}
        self.ending: dict[int, str] = {}
        """Groups of the signs by where they start and end; whoever comes after "told" is told, and tells nothing."""
        for sign in self.lexicon(*SIGNS).scan(self.s):
            self._signs.setdefault(sign.group, []).append(sign)
            self.starting[sign.start] = sign.group
            if self.s[sign.start : sign.end].lower() not in {"told", "tells", "informed", "tell"}:
                self.ending[sign.end] = sign.group
        listed = list(self.lexicon(*HEADS, "none").scan(self.s))
        self._barred = [hit for hit in listed if hit.group == "none"]
        self.heads = [
            self._numbered(hit)
            for hit in listed
            if hit.group != "none" and not any(o.start <= hit.start and hit.end <= o.end for o in self.outlets)
        ]
        self.heads = self._with_unlisted(self.heads)
        self._verbs = [sign.start for sign in self.of("tell")]
        self._modifiers: dict[int, Hit | None] = {}

    def _numbered(self, hit: Hit) -> Hit:
        """A head together with the number or letter that names its person ("Witness 12")."""
        if self.s.startswith(("'s", "’s"), hit.end - 2):
            return Hit(hit.group, hit.start, hit.end - 2)
        number = _NUMBER.match(self.s, hit.end) if hit.group in {"source", "witness"} else None
        return Hit(hit.group, hit.start, number.end()) if number else hit

    def _with_unlisted(self, heads: list[Hit]) -> list[Hit]:
        """Heads with those that no list has, known by their form or by what stands beside them."""
        unlisted = _UNLISTED.get(self.text.language)
        more = unlisted(self, [*heads, *self.outlets, *self._barred]) if unlisted else []
        return sorted([*heads, *more], key=lambda hit: hit.start) if more else heads

    def lexicon(self, *groups: str) -> Lexicon:
        """Phrases of these groups, built once a text."""
        if groups not in self._known:
            self._known[groups] = lexicon(self.text.pack, "attribution", self.text.language, groups)
        return self._known[groups]

    def _titled(self) -> list[Hit]:
        """Outlets that nobody knows, by the last word of their names ("Harbour Wire")."""
        if self.text.language in CJK:
            return []
        titles = frozenset(self.text.pack.phrase("places", "titles", self.text.language))
        found = []
        for name in _CAPITALS.finditer(self.s):
            words = name.group().split(" ")
            last = next((n for n in range(len(words), 1, -1) if words[n - 1] in titles), 0)
            end = name.start() + len(" ".join(words[:last]))
            if (
                last
                and self.lexicon("state_media").at(self.s, name.start()) is None
                and not any(o.start < end and name.start() < o.end for o in self.outlets)
            ):
                found.append(Hit(f"outlet {' '.join(words[:last])}", name.start(), end))
        return found

    def of(self, group: str) -> list[Hit]:
        """The signs of one group: tell, according, heard and so on."""
        return self._signs.get(group, [])

    def tells_between(self, start: int, end: int) -> bool:
        """Whether a telling verb begins in [start, end)."""
        index = bisect_left(self._verbs, start)
        return index < len(self._verbs) and self._verbs[index] < end

    def modifier_at(self, position: int) -> Hit | None:
        """What can belong to a phrase before its head; one syllable only as a word of its own."""
        if position not in self._modifiers:
            hit = self.lexicon(*MARKS, "modifier", "there", "outlet").at(self.s, position)
            glued = hit is not None and hit.end - hit.start == 1 and "가" <= self.s[position - 1 : position] <= "힣"
            self._modifiers[position] = None if glued else hit
        return self._modifiers[position]

    def any(self, *groups: str) -> bool:
        """Whether the sentence has a phrase of these groups."""
        if groups not in self._has:
            self._has[groups] = next(self.lexicon(*groups).scan(self.s), None) is not None
        return self._has[groups]

    @cached_property
    def last_quote(self) -> int:
        """Where the last quotation begins; -1 where there is none."""
        return max(self.s.rfind(mark) for mark in '“「"')

    @cached_property
    def after_quote(self) -> bool:
        """Whether the sentence before is a quotation, and nothing else."""
        before = self.text.sentences[self.sentence.index - 1] if self.sentence.index else None
        if before is None or before.paragraph != self.sentence.paragraph:
            return False
        return before.text[0] in '“「『"' and before.text.rstrip("。.")[-1:] in '”」』"'

    @cached_property
    def spoken_to(self) -> bool:
        """Whether somebody here speaks to an outlet, an inquiry or the writer."""
        return bool(self.outlets) or self.any("addressee") or self.to_me

    @cached_property
    def dialogue(self) -> bool:
        """Whether somebody here speaks to somebody of the story (妻は同僚に「...」と)."""
        return self.any("dialogue") or any(_TO_SOMEBODY.match(self.s, head.end) for head in self.heads)

    @property
    def to_me(self) -> bool:
        """Whether somebody tells the writer, in a text that is not about the writer."""
        return not self._diary and self.text.language == "en" and _TO_ME.search(self.s) is not None

    def tells_at_end(self, start: int) -> bool:
        """Whether the verb that governs a subject at `start` tells (Korean, Japanese)."""
        verbs = self.of("tell")
        if self._cut_off and self.last_quote >= start:
            return True
        if verbs and verbs[-1].start >= start and len(self.s) - verbs[-1].end <= FINAL:
            return self.lexicon("untold").at(self.s, verbs[-1].end) is None
        return self._tells_further_on

    @cached_property
    def quoted_at_end(self) -> int:
        """Where a quotation begins with which somebody says something, whatever the verb is; -1 for none."""
        pattern = _SAYS_QUOTED.get(self.text.language)
        found = pattern.search(self.s) if pattern and self.last_quote >= 0 else None
        if found is None or next(self.lexicon("shouts").scan(self.s, found.start()), None) is not None:
            return -1
        return self.last_quote

    @cached_property
    def _cut_off(self) -> bool:
        """Whether the text breaks off in this sentence, and with it what somebody is quoted as saying."""
        following = self.text.sentences[self.sentence.index + 1 : self.sentence.index + 4]
        return self.s.rstrip().endswith(("...", "…")) and not any(s.kind is Kind.BODY for s in following)

    @cached_property
    def _tells_further_on(self) -> bool:
        """Whether a quotation runs on into the next sentences, and a telling verb follows there."""
        if not self.quoted(len(self.s)):
            return False
        following = self.text.sentences[self.sentence.index + 1 : self.sentence.index + 4]
        after = [s.text[-FINAL:] for s in following if s.paragraph == self.sentence.paragraph]
        return any(next(self.lexicon("tell").scan(tail), None) for tail in after)

    @cached_property
    def _quotes(self) -> list[tuple[int, int]]:
        """Where quotation marks stand, and how many are open after each."""
        found, depth = [(0, 0)], 0
        for position, mark in enumerate(self.s):
            if mark == '"':
                opens = self.s[position + 1 : position + 2].strip() and not self.s[
                    max(0, position - 1) : position
                ].strip("([")
                depth = 1 if opens else 0
            elif mark in "“「『":
                depth += 1
            elif mark in "”」』":
                depth = max(0, depth - 1)
            else:
                continue
            found.append((position, depth))
        return found

    def quoted(self, position: int) -> bool:
        """Whether a character stands within quotation marks."""
        return self._quotes[bisect_left(self._quotes, (position, 0)) - 1][1] > 0

    def cite(self, hit: Hit, start: int, marks: set[str], base: str | None, name: str | None = None) -> Citation:
        """A citation from `start` to the end of its head."""
        offset = self.sentence.span.start
        outlet = self.outlets[0].group.removeprefix("outlet ") if self.outlets else None
        noun = self.s[hit.start : hit.end].lower()
        span = Span(start=offset + start, end=offset + hit.end)
        return Citation(self.sentence, span, hit.group, noun, frozenset(marks), base, outlet, name)


def kin(a: str, b: str) -> bool:
    """Whether heads of these groups may mean one person."""
    people = {"source", "witness", "official", "actor", "named", "title"}
    return a == b or (a in people and b in people and "source" not in {a, b})


def one_of(noun: str) -> str:
    """An English noun in the singular."""
    return noun.replace("people", "person").removesuffix("s")


def same_name(a: str, b: str) -> bool:
    """Whether two names share a part, or in Chinese characters and Hangul a surname given alone."""
    if a[0] >= "\u3000":
        a, b = a.removesuffix("모").strip(), b.removesuffix("모").strip()
        return a == b or (1 in {len(a), len(b)} and a[0] == b[0])
    return bool((set(a.split()) & set(b.split())) - TITLES)
