"""The words of a pack that people are known by, made ready for one language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from secondsource.model import PeopleMention, Span
from secondsource.packs import Pack, Relation, to_regex
from secondsource.packs.literals import Literals, literals, needs
from secondsource.packs.once import once
from secondsource.reading.lexicon import CJK, Hit, Lexicon, Likely, lexicon

Ages = tuple[int | None, int | None]
PEERS: tuple[frozenset[str], ...] = (
    frozenset(
        {"son", "daughter", "child", "brother", "sister", "siblings", "eldest_son", "younger_son"}
        | {"eldest_daughter", "younger_daughter"}
    ),
    frozenset({"woman", "man", "girl", "youth"}),
    frozenset({"mother", "father", "husband", "wife"}),
)
"""Of people named side by side, an age said once holds for all who stand in the same degree."""


@dataclass(slots=True)
class Draft:
    """A mention while its words come in. Offsets are those of the sentence."""

    start: int
    end: int
    relations: tuple[Relation, ...] = ()
    plural: bool = False
    count: tuple[int | None, int | None] | None = None
    ages: Ages = (None, None)
    sex: str | None = None
    name: str | None = None
    pseudonym: bool = False
    scope: str = "new"
    apart: bool = False

    @property
    def bare(self) -> bool:
        """True of a number alone ("the three", 2명)."""
        return not self.relations and self.name is None

    def counted(self) -> tuple[int | None, int | None]:
        of_groups = bool(self.relations) and self.relations[-1].counts[0] == 2
        if self.count == (1, 1) and of_groups:
            return self.relations[-1].counts
        if self.count is not None:
            return self.count
        low, high = self.relations[-1].counts if self.relations else (1, 1)
        return (2, None) if self.plural and (high is None or high < 2) else (low, high)

    def mention(self, offset: int) -> PeopleMention:
        low, high = self.counted()
        sexes = {r.sex for r in self.relations if r.sex} | ({self.sex} if self.sex else set())
        ages = self.ages
        if ages == (None, None):
            ages = next((r.ages for r in self.relations if r.ages != (None, None)), ages)
        return PeopleMention(
            span=Span(start=offset + self.start, end=offset + self.end),
            count_min=low,
            count_max=high,
            age_min=ages[0],
            age_max=ages[1],
            sex=next(iter(sexes)) if len(sexes) == 1 else None,  # type: ignore[arg-type]
            relations=tuple(dict.fromkeys(r.code for r in self.relations)),
            name=self.name,
            pseudonym=self.pseudonym,
            scope=self.scope,  # type: ignore[arg-type]
            apart=self.apart,
        )


class _Names:
    """Many patterns as one expression without groups, which is what makes it fast; which of them it was
    is looked up afterwards."""

    def __init__(self, groups: dict[str, tuple[str, ...]], language: str, words: Literals):
        pairs = sorted(((p, g) for g, ps in groups.items() for p in ps), key=lambda pair: (-len(pair[0]), pair))
        edge = "" if language in CJK else r"(?<![\w])"
        flags = 0 if language in CJK else re.IGNORECASE
        sources = [to_regex(pattern, language).removeprefix(r"(?<![\w])") for pattern, _ in pairs]
        self.expression = re.compile(f"{edge}(?:{'|'.join(sources)})" if pairs else "(?!)", flags)
        required = [needs(pattern, language in CJK) for pattern, _ in pairs]
        self._likely = Likely(required, [edge + source for source in sources], words, flags)
        self._plain: dict[str, str] = {}
        self._marked: list[tuple[re.Pattern[str], str]] = []
        for (pattern, group), source in zip(pairs, sources, strict=True):
            if re.search(r"[\[\](){}*]|\.\.\.", pattern):
                self._marked.append((re.compile(source, re.IGNORECASE), group))
            else:
                self._plain.setdefault(self._key(pattern), group)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where they stand, first first."""
        likely = self._likely.within(text)
        if likely is None:
            return [m.span() for m in self.expression.finditer(text)]
        return [span for _, span in self._likely.scan(likely, text, 0, len(text))]

    def group(self, matched: str) -> str:
        found = self._plain.get(self._key(matched))
        return found or next(group for expression, group in self._marked if expression.match(matched))

    @staticmethod
    def _key(text: str) -> str:
        return re.sub(r"[\s-]+", "", text.lower()).replace("’", "'")


class Words:
    """Names of relations and the phrases about people, compiled once for a pack and a language."""

    def __init__(self, pack: Pack, language: str):
        self.pack = pack
        self.language = language
        self._choices: dict[str, str] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._lexicons: dict[str, Lexicon] = {}
        relations = pack.relations.values()
        groups = {r.code: tuple(r.names.get(language, [])) for r in relations}
        groups |= {f"{r.code} plural": tuple(r.plurals.get(language, [])) for r in relations}
        known = literals(pack, language)
        unless = tuple(p for r in relations for p in r.unless.get(language, []))
        self._names = _Names(groups, language, known)
        self._unless = _Names({"unless": unless}, language, known)

    def heads(self, text: str) -> list[Draft]:
        """Every word for people, first first, where no `unless` pattern covers it."""
        names = self._names.spans(text)
        not_people = self._unless.spans(text) if names else []
        found = []
        for start, end in names:
            if any(a <= start and end <= b and (a, b) != (start, end) for a, b in not_people):
                continue
            code, _, plural = self._names.group(text[start:end]).partition(" ")
            found.append(Draft(start, end, (self.pack.relations[code],), plural=bool(plural)))
        return found

    def scan(self, group: str, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
        if group not in self._lexicons:
            self._lexicons[group] = lexicon(self.pack, "people", self.language, (group,))
        return list(self._lexicons[group].scan(text, start, end))

    def has(self, group: str, text: str) -> bool:
        return bool(self.scan(group, text))

    def words(self, group: str) -> frozenset[str]:
        """The phrases of a group as plain words."""
        if group not in self._words:
            self._words[group] = frozenset(p.lower() for p in self.pack.phrase("people", group, self.language))
        return self._words[group]

    def choice(self, group: str) -> str:
        """The phrases of a group, or of all groups that begin with this word, as one regular expression."""
        if group not in self._choices:
            self._choices[group] = self._choice(group)
        return self._choices[group]

    def _choice(self, group: str) -> str:
        patterns = {
            p
            for name in self.pack.phrases.get("people", {})
            if name == group or name.startswith(f"{group} ")
            for p in self.pack.phrase("people", name, self.language)
        }
        sources = [to_regex(p, self.language) for p in sorted(patterns, key=lambda p: (-len(p), p))]
        return "(?:" + "|".join(sources) + ")" if sources else "(?!)"

    def decade_part(self, word: str | None) -> tuple[int, int]:
        """First and last year within a decade that a word such as "late" or 초반 stands for."""
        return self._parts.get(re.sub(r"[\s-]+", " ", word.strip().lower()), (0, 9)) if word else (0, 9)

    def decade(self, word: str) -> int | None:
        """20 for "twenties", "20s", 20대, 二十."""
        digits = re.match(r"\d\d", word)
        return int(digits.group()) if digits else self._decades.get(word.lower())

    @cached_property
    def _parts(self) -> dict[str, tuple[int, int]]:
        return {
            re.sub(r"[\s-]+", " ", word): (int(group.split()[1]), int(group.split()[2]))
            for group, word in self._grouped("decade_part")
        }

    @cached_property
    def _decades(self) -> dict[str, int]:
        return {word: int(group.split()[1]) for group, word in self._grouped("decade ")}

    def _grouped(self, start: str) -> list[tuple[str, str]]:
        return [
            (group, word.lower())
            for group in self.pack.phrases.get("people", {})
            if group.startswith(start)
            for word in self.pack.phrase("people", group, self.language)
        ]


@once(most=32)
def words_of(pack: Pack, language: str) -> Words:
    """One `Words` for each pack and language."""
    return Words(pack, language)
