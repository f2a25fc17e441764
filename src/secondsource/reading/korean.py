"""Korean grammar for the question who did it to whom: particles, passives, clauses that modify a noun."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence

from secondsource.model import OrgMention, PeopleMention
from secondsource.packs import Pack
from secondsource.reading import cases, morphemes
from secondsource.reading.acts import ActHit, Roles
from secondsource.reading.cases import Case, Form, Parsed, Predicate
from secondsource.reading.morphemes import Token
from secondsource.reading.text import Text

_CASES = {
    "이": Case.SUBJECT,
    "가": Case.SUBJECT,
    "께서": Case.SUBJECT,
    "은": Case.TOPIC,
    "는": Case.TOPIC,
    "도": Case.TOPIC,
    "ᆫ": Case.TOPIC,
    "만": Case.TOPIC,
    "까지": Case.OTHER,
    "마저": Case.TOPIC,
    "을": Case.OBJECT,
    "를": Case.OBJECT,
    "ᆯ": Case.OBJECT,
    "에게": Case.TO,
    "한테": Case.TO,
    "에": Case.TO,
    "께": Case.TO,
    "에게서": Case.AGENT,
    "한테서": Case.AGENT,
    "로부터": Case.AGENT,
    "으로부터": Case.AGENT,
    "에서": Case.IN,
    "로": Case.IN,
    "으로": Case.IN,
    "의": Case.OF,
    "와": Case.AND,
    "과": Case.AND,
    "하고": Case.AND,
    "랑": Case.AND,
    "이랑": Case.AND,
    "이나": Case.AND,
    "나": Case.AND,
}
_PASSIVE_ENDINGS = frozenset({"되", "당하", "받", "어지", "아지", "지"})
_NOUNS = ("NN", "NP", "NR", "SN", "SL", "SH", "XSN", "XPN", "SS", "MM", "XR", "W_")
_ABOUT = frozenset({"의하", "따르", "통하", "위하", "대하", "관하", "인하", "말미암"})
"""Verbs that only serve as postpositions: 에 의해, 에 따르면, 를 통해."""
_SUFFER = frozenset({"받", "당하", "입", "맞", "겪"})
_LIGHT = frozenset({"하", "가하", "벌이", "들어가", "나서", "실시하", "퍼붓", "시키", "진행하", "감행하"})
"""Verbs that say nothing themselves: the noun before them is the act (고문을 가하다)."""
_TOGETHER = frozenset(
    {
        "함께",
        "같이",
        "더불",
        "협조",
        "협력",
        "공조",
        "합동",
        "동원",
        "데리",
        "업",
        "안",
        "이끌",
        "거느리",
        "앞세우",
        "부축",
    }
)
"""After a particle: who acts or suffers beside the subject."""
_SPOKEN = ("다고", "라고", "자고", "냐고", "다는", "라는", "다며", "라며", "다면서", "라면서")
_FAR = 7
"""Words of a noun phrase that may follow a mention before its particle."""
_WINDOW = _FAR + 8


_VERB = re.compile(r"([가-힣]{1,6}?)다(?=[\s.,”’」\"']|고|며|면서|는|$)")
"""The rest of a verb up to 다."""
_FINAL_N, _FINAL_B, _FINAL_SS = 4, 17, 20
"""Places of ᆫ, ᆸ and ᆻ among the final consonants in Unicode's order of syllables."""


def roles(
    text: Text, hits: Sequence[ActHit], orgs: Sequence[OrgMention], people: Sequence[PeopleMention]
) -> dict[int, Roles]:
    """Who did each act and to whom; keys are places in `hits`. Only sentences with a hit are analysed."""
    return cases.roles(text, hits, orgs, people, parse)


def parse(sentence: str, pack: Pack) -> Parsed:
    """One sentence as predicates and cases."""
    tokens = morphemes.korean(sentence)
    starts = [token.start for token in tokens]
    passive = frozenset(pack.phrase("people", "passive", "ko"))
    helped = tuple(pack.phrase("people", "help", "ko"))
    ordered = tuple(pack.phrase("people", "order", "ko"))
    people = frozenset(pack.phrase("people", "members", "ko"))

    def case(end: int, limit: int) -> Case:
        first = bisect_left(starts, end)
        return _case(tokens[first : first + _WINDOW], limit, helped, ordered, people)

    predicates = _predicates(tokens, passive)
    quoted = any(t.tag == "EC" and t.form.endswith(_SPOKEN) for t in tokens)
    told = quoted and sentence.rstrip(' ."”’').endswith(tuple(pack.phrase("people", "telling", "ko")))
    return Parsed(predicates, case, _pronouns(tokens), told)


def habitual(words: str, end: int) -> bool:
    """Whether a verb that a trigger ending at `end` begins stands in the plain present (뜯는다고, 보낸다): what
    happens is told so, while what happened stands in the past."""
    verb = _VERB.match(words, max(0, end - 1))
    stem = verb.group(1) if verb else ""
    if stem.endswith(("답니", "랍니")):
        stem = stem[:-2]
    elif stem.endswith("니"):
        return _closed_by(stem[-2:-1], _FINAL_B) and not (stem[-2] == "습" and _closed_by(stem[-3:-2], _FINAL_SS))
    return stem.endswith("는") or _closed_by(stem[-1:], _FINAL_N)


def _closed_by(syllable: str, final: int) -> bool:
    return "가" <= syllable <= "힣" and (ord(syllable) - ord("가")) % 28 == final


def _pronouns(tokens: Sequence[Token]) -> tuple[tuple[int, int], ...]:
    found = []
    for token, after in itertools.pairwise(tokens):
        if token.tag == "NP" and (token.form in {"그", "그녀", "이들", "그들"} or after.form == "들"):
            end = after if after.form == "들" else token
            found.append((token.start, end.start + end.len))
    return tuple(found)


def _predicates(tokens: Sequence[Token], passive: frozenset[str]) -> tuple[Predicate, ...]:
    found: list[Predicate] = []
    for i, token in enumerate(tokens):
        verb = token.tag.startswith(("VV", "XSV", "VCP")) or (token.tag.startswith("VA") and token.form == "없")
        if not verb or token.form in _ABOUT:
            continue
        start = token.start
        voice = token.form in passive
        if token.tag.startswith("XSV") and i:
            start = tokens[i - 1].start
            voice = token.form in _PASSIVE_ENDINGS or tokens[i - 1].form in passive
        elif token.form in _SUFFER or token.form in _LIGHT:
            before = i - 1 - (i > 1 and tokens[i - 1].tag in {"JKO", "JKB"})
            if before >= 0 and tokens[before].tag == "NNG":
                start, voice = tokens[before].start, token.form in _SUFFER
        end, form, turned = _ending(tokens, i)
        if _caused(tokens, i):
            voice = turned = False
        found.append(Predicate(start, max(end, token.start + token.len), voice or turned, form))
    return tuple(found)


def _caused(tokens: Sequence[Token], i: int) -> bool:
    """체포되게 했다: who made it happen is the subject, whom it befell the object."""
    after = [t.form for t in tokens[i + 1 : i + 3]]
    return len(after) == 2 and after[0] in {"게", "도록"} and after[1] in {"하", "만들"}


def _ending(tokens: Sequence[Token], i: int) -> tuple[int, Form, bool]:
    """Where a verb's endings stop, how they join it to what follows, and whether they make it passive."""
    turned = False
    for j in range(i + 1, min(i + 9, len(tokens))):
        token = tokens[j]
        end = token.start + token.len
        if token.tag == "VX" and token.form in {"지", "어지", "아지"}:
            turned = True
        following = [t.form for t in tokens[j + 1 : j + 3]]
        if token.tag == "ETM" and following in (["것", "은"], ["이", "는"], ["이", "은"]):
            return end, Form.CLEFT, turned
        if token.tag in {"ETM", "ETN"}:
            noun = token.tag == "ETN" or (j + 1 < len(tokens) and tokens[j + 1].tag == "NNB")
            return end, Form.LINKED if noun else Form.RELATIVE, turned
        if token.tag == "EF":
            return end, Form.FINAL, turned
        if token.tag == "EC":
            if token.form.endswith(_SPOKEN):
                return end, Form.QUOTED, turned
            if j + 1 < len(tokens) and tokens[j + 1].tag == "VX":
                continue
            return end, Form.LINKED, turned
        if token.tag not in {"EP", "VX", "XSV", "EC", "JX"}:
            break
    return tokens[i].start + tokens[i].len, Form.LINKED, turned


def _case(
    tokens: Sequence[Token],
    limit: int,
    helped: tuple[str, ...],
    ordered: tuple[str, ...],
    people: frozenset[str],
) -> Case:
    """Reads on from the end of a mention to the particle of its noun phrase."""
    thing = False
    for seen, token in enumerate(tokens):
        if token.start >= limit:
            return Case.AND if seen <= 2 else Case.BARE
        if token.tag.startswith("J"):
            case = _particle(tokens[seen : seen + 4], limit, helped, ordered)
            return Case.OF if thing and case in {Case.SUBJECT, Case.TOPIC, Case.OBJECT} else case
        if token.form.startswith(helped):
            return Case.HELP
        if token.form.startswith(ordered):
            return Case.AGENT
        if token.tag == "SP" or token.form in {"및", "·", ",", "그리고"}:
            return Case.AND if limit - token.start <= 16 and seen <= 3 else Case.BARE
        if token.tag == "NNG":
            thing = token.form not in people
        if not token.tag.startswith(_NOUNS) or seen >= _FAR:
            return Case.OTHER if seen else Case.BARE
    return Case.BARE


def _particle(tokens: Sequence[Token], limit: int, helped: tuple[str, ...], ordered: tuple[str, ...]) -> Case:
    token, *after = tokens
    case: Case = _CASES.get(token.form, Case.OTHER)
    if not after:
        return case
    following = after[0]
    if following.form in _ABOUT:
        by = following.form == "의하" and not any(t.form == "면" for t in after[1:2])
        return Case.AGENT if by else Case.OTHER
    if following.form in _TOGETHER:
        return Case.WITH
    if case in {Case.OF, Case.AND, Case.OTHER} and following.start < limit:
        if following.form.startswith(helped):
            return Case.HELP
        if following.form.startswith(ordered):
            return Case.AGENT
    if case is Case.AND:
        if any(t.tag.startswith(("VV", "VA", "XSV", "ETM")) and t.start < limit for t in after):
            return Case.OTHER
        return Case.AND if limit - token.start <= 24 else Case.OTHER
    return case
