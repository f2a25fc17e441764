"""Japanese grammar for the question who did it to whom: particles, passives, clauses that modify a noun."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from secondsource.model import OrgMention, PeopleMention
from secondsource.packs import Pack
from secondsource.reading import cases, morphemes
from secondsource.reading.acts import ActHit, Roles
from secondsource.reading.cases import Case, Form, Parsed, Predicate
from secondsource.reading.text import Text

_CASES = {
    "が": Case.SUBJECT,
    "は": Case.TOPIC,
    "も": Case.TOPIC,
    "を": Case.OBJECT,
    "に": Case.TO,
    "へ": Case.OTHER,
    "から": Case.AGENT,
    "で": Case.IN,
    "の": Case.OF,
    "と": Case.AND,
    "や": Case.AND,
    "か": Case.AND,
}
_TRY = frozenset({"する", "試みる", "企てる", "図る"})
"""Verbs that make one with an intention: 越えようとする."""
_TOGETHER = ("共に", "ともに", "とも", "一緒", "連れ", "協力", "合同", "共同", "動員")
"""After a particle: who acts or suffers beside the subject."""
_PRONOUNS = frozenset({"彼", "彼女", "彼ら", "彼女ら", "彼女たち", "彼等", "自分"})
_BY = frozenset({"よる", "依る"})
_SUFFER = frozenset({"受ける", "遭う", "あう", "食らう", "こうむる"})
_LIGHT = frozenset({"する", "行う", "行なう", "加える", "踏み切る", "乗り出す", "実施", "浴びせる"})
"""Verbs that say nothing themselves: the noun before them is the act (取り調べを行う)."""
_AUXILIARIES = frozenset({"いる", "しまう", "おる", "くる", "いく", "ある"})
_FAR = 8
"""Words of a noun phrase that may follow a mention before its particle."""
_WINDOW = _FAR + 16


def roles(
    text: Text, hits: Sequence[ActHit], orgs: Sequence[OrgMention], people: Sequence[PeopleMention]
) -> dict[int, Roles]:
    """Who did each act and to whom; keys are places in `hits`. Only sentences with a hit are analysed."""
    return cases.roles(text, hits, orgs, people, parse)


def parse(sentence: str, pack: Pack) -> Parsed:
    """One sentence as predicates and cases."""
    tokens = morphemes.japanese(sentence)
    kinds = [token.kind for token in tokens]
    words = [token.surface for token in tokens]
    lemmas = [token.lemma for token in tokens]
    bounds = [(token.start, token.end) for token in tokens]
    read = _Read(words, kinds, lemmas, bounds)
    passive = frozenset(pack.phrase("people", "passive", "ja"))
    helped = tuple(pack.phrase("people", "help", "ja"))
    ordered = tuple(pack.phrase("people", "order", "ja"))
    predicates = read.predicates(passive)
    quoted = any(p.form is Form.QUOTED for p in predicates)
    told = quoted and sentence.rstrip(" 。」』").endswith(tuple(pack.phrase("people", "telling", "ja")))
    pronouns = tuple(b for b, k, w in zip(bounds, kinds, words, strict=True) if k == "代名詞" and w in _PRONOUNS)
    return Parsed(predicates, lambda end, limit: read.case(end, limit, helped, ordered), pronouns, told)


class _Read:
    """The words of one sentence."""

    def __init__(self, words: list[str], kinds: list[str], lemmas: list[str], bounds: list[tuple[int, int]]):
        self.words, self.kinds, self.lemmas, self.bounds = words, kinds, lemmas, bounds

    def predicates(self, passive: frozenset[str]) -> tuple[Predicate, ...]:
        found: list[Predicate] = []
        skip = -1
        for i, kind in enumerate(self.kinds):
            if kind != "動詞" or i <= skip or self.lemmas[i] in _BY:
                continue
            start = self.bounds[i][0]
            voice = self.lemmas[i] in passive
            if self.lemmas[i] in {"する", "為る", "できる", "致す"} and i and self.kinds[i - 1] == "名詞":
                start = self.bounds[i - 1][0]
                voice = self.words[i - 1] in passive
            elif self.lemmas[i] in _SUFFER | _LIGHT and i > 1 and self.words[i - 1] in {"を", "に"}:
                start, voice = self.bounds[i - 2][0], self.lemmas[i] in _SUFFER
            last, form, turned = self._ending(i)
            skip = last
            found.append(Predicate(start, self.bounds[last][1], voice or turned, form))
        return tuple(found)

    def _ending(self, i: int) -> tuple[int, Form, bool]:
        """The last word of a verb with its endings, how it joins what follows, and whether it is passive."""
        turned = False
        j = i
        while j + 1 < len(self.words):
            kind, lemma = self.kinds[j + 1], self.lemmas[j + 1]
            joins = kind == "助動詞" or (self.words[j + 1] in {"て", "で", "ば"} and kind == "助詞")
            auxiliary = kind == "動詞" and self.words[j] in {"て", "で"} and lemma in _AUXILIARIES
            then = self.lemmas[j + 2] if j + 2 < len(self.lemmas) else ""
            if self.words[j + 1] == "と" and then in _TRY and self.words[j].endswith(("う", "よう")):
                j += 2
                continue
            if not joins and not auxiliary:
                break
            turned = turned or lemma in {"れる", "られる"}
            j += 1
        following = self.words[j + 1] if j + 1 < len(self.words) else "。"
        kind = self.kinds[j + 1] if j + 1 < len(self.words) else "補助記号"
        then = self.words[j + 2] if j + 2 < len(self.words) else ""
        if following == "の" and then in {"は", "が"}:
            return j, Form.CLEFT, turned
        if following in {"と", "という"} or (following in {"」", "』"}):
            return j, Form.QUOTED, turned
        if self.words[j] in {"て", "で", "ば"} or following in {"、", "が", "ため", "後", "際", "ので", "のに", "し"}:
            return j, Form.LINKED, turned
        if kind in {"名詞", "代名詞", "接頭辞", "接尾辞", "連体詞", "形状詞"}:
            return j, Form.RELATIVE, turned
        return j, Form.FINAL if following in {"。", "！", "?", "？"} else Form.LINKED, turned

    def case(self, end: int, limit: int, helped: tuple[str, ...], ordered: tuple[str, ...]) -> Case:
        """Reads on from the end of a mention to the particle of its noun phrase."""
        seen, bracket = 0, False
        first = bisect_left(self.bounds, (end, 0))
        for i in range(first, min(first + _WINDOW, len(self.bounds))):
            start = self.bounds[i][0]
            if bracket or self.words[i] in {"(", "（"}:
                bracket = self.words[i] not in {")", "）"}
                continue
            if start >= limit:
                return Case.AND if seen <= 3 else Case.BARE
            word, kind = self.words[i], self.kinds[i]
            if word.startswith(helped):
                return Case.HELP
            if word.startswith(ordered):
                return Case.AGENT
            if kind == "助詞":
                return self._particle(i, limit, helped, ordered)
            if word in {"、", "，", ",", "・", "及び", "および"}:
                return Case.AND if limit - start <= 16 and seen <= 3 else Case.BARE
            seen += 1
            if kind not in {"名詞", "接尾辞", "接頭辞", "補助記号", "記号", "代名詞"} or seen > _FAR or word == "。":
                return Case.BARE if seen <= 1 else Case.OTHER
        return Case.BARE

    def _particle(self, i: int, limit: int, helped: tuple[str, ...], ordered: tuple[str, ...]) -> Case:
        case = _CASES.get(self.words[i], Case.OTHER)
        start = self.bounds[i][0]
        after = self.words[i + 1] if i + 1 < len(self.words) else ""
        if i + 1 < len(self.words) and self.words[i] == "に" and self.lemmas[i + 1] in _BY:
            told = i + 2 < len(self.words) and self.words[i + 2] in {"と", "ば"}
            return Case.OTHER if told else Case.AGENT
        if self.words[i] == "に" and after in {"は", "も", "対し", "対する", "関する", "ついて", "とって", "関し"}:
            return Case.OTHER
        if case in {Case.OF, Case.AND} and self.bounds[i][1] < limit:
            if after.startswith(helped):
                return Case.HELP
            if after.startswith(ordered):
                return Case.AGENT
        if self.words[i] in {"と", "を", "まで"} and after.startswith(_TOGETHER):
            return Case.WITH
        if case is Case.AND and limit - start > 24:
            return Case.OTHER
        return case
