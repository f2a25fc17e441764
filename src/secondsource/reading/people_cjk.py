"""People in Korean, Japanese and Chinese sentences: ages, counts, nouns and names that stand together.

The three languages build such a phrase alike ("20대 여성 3명", "20代の女性3人", "三名20多岁的女性"), so that one
reader serves them; the words that differ are the pack's.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from secondsource.reading.numbers import Number
from secondsource.reading.numbers import find as numbers_of
from secondsource.reading.people_words import PEERS, Ages, Draft, Words

_HAN_OR_HANGUL = re.compile(r"[가-힣一-龥々]")
_KIN = frozenset().union(*PEERS) - {"woman", "man", "youth"}
_GAP = 10
"""Longest gap, in characters, between an age or a count and the noun that it belongs to."""
_CLOSES = frozenset("。、.,，でだと이으") | {""}
"""What may follow the number that a family is said to have."""
_WITH_ALL = re.compile("(?:ら|など)(?:の?計|総勢)?[0-9０-９一二三四五六七八九十]{1,4}[人名]$")
"""A number that holds those listed before it as well (女性や子どもら6人)."""
_ROLE_OF = frozenset({"woman", "man", "youth", "elder"})
"""Who somebody known by a role may be (ブローカーの女性); a wife or son is somebody else."""
_AND = frozenset({"과", "와", "및", "と", "や", "および", "和"})
"""Between two who are not the same."""
_AS = re.compile(
    r"[」』”]?(?:とされた|とされる|と呼ばれた|と呼ばれる|だった|を名乗る|を名乗った"
    r"|を(?:引き受けて|務めて|やって|して)(?:い?た|いる)(?:[^、。]{0,6}の)?)"
)
"""Between a role and who had it (案内役を引き受けていた延社の男)."""
_AS_GAP = 15
_LONGEST = 60
"""Longest phrase about one person or group, in characters."""


@dataclass(slots=True)
class Patterns:
    decade: re.Pattern[str]
    years: re.Pattern[str]
    counter: re.Pattern[str]
    name: re.Pattern[str]
    after: re.Pattern[str]
    apart: re.Pattern[str]
    owned: re.Pattern[str]
    linked: re.Pattern[str]
    listed: re.Pattern[str]
    conjoined: re.Pattern[str]
    taken: re.Pattern[str]
    sized: re.Pattern[str]
    toll: re.Pattern[str]


@dataclass(slots=True)
class Item:
    """One word of a phrase about people."""

    kind: str
    start: int
    end: int
    draft: Draft


def find(text: str, words: Words, numbers: list[Number]) -> list[Draft]:
    """The people of one sentence, first first. `numbers` are the sentence's."""
    p = _patterns(words)
    heads = words.heads(text)
    items = _ages(text, p, words) + _ages_in_words(text, words, numbers)
    items += _counts(text, p, words, numbers, items, heads)
    names = _names(text, p, words)
    items += names
    for head in heads:
        inside = any(n.start <= head.start < n.end for n in names)
        alone = head.end - head.start == 1 and _glued(text, head, words.language, items)
        if not inside and not alone:
            items.append(Item("head", head.start, head.end, head))
    phrases = _phrases(text, sorted(items, key=lambda i: (i.start, -i.end)), p)
    found = [d for kind, d in phrases if kind != "age"]
    for draft in found:
        _after(draft, text, p, words)
    _inherit(found, text, p)
    _set_apart(found, text, p)
    for draft in found:
        if draft.bare or draft.count is not None:
            _scope(draft, text, words)
    for first, second in itertools.pairwise(found):
        second.apart = second.apart or text[first.end : second.start].strip() in _AND
        together = p.listed.fullmatch(text[first.end : second.start]) and first.relations and second.scope == "new"
        if together and _WITH_ALL.search(text[second.start : second.end]):
            second.scope = "all"
        elif first.bare and second.bare and p.toll.fullmatch(text[first.end : second.start]):
            second.scope = "more"
        elif first.bare and second.bare and (first.scope, second.scope) == ("part", "more"):
            second.scope = "part"
    return found


def _glued(text: str, head: Draft, language: str, items: list[Item]) -> bool:
    """Whether a noun of one character is a part of another word."""
    left = text[head.start - 1 : head.start]
    right = text[head.end : head.end + 1]
    part = bool(_HAN_OR_HANGUL.match(left)) and not any(i.end == head.start for i in items)
    return part or (
        language != "ko" and bool(_HAN_OR_HANGUL.match(right)) and not any(i.start == head.end for i in items)
    )


def _ages(text: str, p: Patterns, words: Words) -> list[Item]:
    not_ages = {h.start for h in words.scan("not_age", text)}
    found = []
    for m in p.decade.finditer(text):
        if m.start("mark") in not_ages:
            continue
        decade = words.decade(m["tens"])
        if decade is not None and 10 <= decade <= 90:
            first, last = words.decade_part(m["part"])
            found.append(
                Item("age", m.start(), m.end(), Draft(m.start(), m.end(), ages=(decade + first, decade + last)))
            )
    for m in p.years.finditer(text):
        if m.end() - 1 not in not_ages:
            ages: Ages = (int(m["age"]), int(m["age"]))
            found.append(Item("age", m.start(), m.end(), Draft(m.start(), m.end(), ages=ages)))
    return found


def _ages_in_words(text: str, words: Words, numbers: list[Number]) -> list[Item]:
    """여섯 살, 三十歳."""
    years = re.compile(rf"\s?{words.choice('years_old')}")
    found = []
    for number in numbers:
        said = years.match(text, number.end) if not number.digits and 0 < number.value < 100 else None
        if said:
            ages: Ages = (int(number.value), int(number.value))
            found.append(Item("age", number.start, said.end(), Draft(number.start, said.end(), ages=ages)))
    return found


def _counts(
    text: str, p: Patterns, words: Words, numbers: list[Number], ages: list[Item], nouns: list[Draft]
) -> list[Item]:
    """Numbers before a counter of people, or (Korean 두 아들) right before a noun for people."""
    not_counters = {h.start for h in words.scan("not_counters", text)}
    starts = {h.start for h in nouns}
    found = []
    for number in numbers:
        if any(a.start <= number.start < a.end for a in ages) or number.value % 1 or not number.value:
            continue
        noun = next((h for h in nouns if number.start < h.start < number.end <= h.end), None)
        counter = p.counter.match(text, number.end)
        low = int(number.low) if number.low is not None else 1
        high = int(number.high) if number.high is not None else None
        end = number.end
        if noun is not None:
            end, low, high = noun.start, int(number.value), int(number.value)
        elif counter is not None and counter.start("counter") not in not_counters:
            end = counter.end()
        elif number.digits or end + (text[end : end + 1] == " ") not in starts:
            continue
        found.append(Item("count", number.start, end, Draft(number.start, end, count=(low, high))))
    return found + (_native(text, words, nouns) + _after_noun(text, words, nouns) if words.language == "ko" else [])


def _native(text: str, words: Words, nouns: list[Draft]) -> list[Item]:
    """Korean number words right before a noun, without a counter: 두 여성."""
    found = []
    for noun in nouns:
        before = re.search(r"(?<![가-힣])([가-힣]{1,3})\s$", text[max(0, noun.start - 5) : noun.start])
        number = numbers_of(before[1] + "명", "ko", words.pack) if before else []
        if before and number and number[0].start == 0 and number[0].end == len(before[1]):
            start = noun.start - len(before.group())
            count = (int(number[0].low or 1), int(number[0].high) if number[0].high else None)
            found.append(Item("count", start, noun.start - 1, Draft(start, noun.start - 1, count=count)))
    return found


def _after_noun(text: str, words: Words, nouns: list[Draft]) -> list[Item]:
    """Korean number words right after a noun: 청년 셋이."""
    numeral = re.compile(rf"\s?({words.choice('numerals')})(?=[이가은는을를과와도까의만,.·)\s]|$)")
    found = []
    for noun in nouns:
        said = numeral.match(text, noun.end)
        number = numbers_of(said[1] + "명", "ko", words.pack) if said else []
        if said and number:
            low, high = (int(n) if n is not None else None for n in (number[0].low, number[0].high))
            found.append(Item("count", said.start(1), said.end(), Draft(said.start(1), said.end(), count=(low, high))))
    return found


def _names(text: str, p: Patterns, words: Words) -> list[Item]:
    known = [(h.start, h.end) for h in words.scan("not_names", text)]
    found = []
    for m in p.name.finditer(text):
        if any(a < m.end() and m.start() < b for a, b in known):
            continue
        name = next(g for n, g in m.groupdict().items() if n.startswith("name") and g)
        name = re.sub(r"(?<=.)\s?[모某姓]$", "", name).strip()
        draft = Draft(m.start(), m.end(), name=name, count=(1, 1), pseudonym=m["name3"] is not None)
        note = next((g for n, g in m.groupdict().items() if n.startswith("note") and g), "")
        if not _bracket(draft, note, p, words) and m["name1"] and not re.search(words.choice("honorific"), m.group()):
            continue
        found.append(Item("name", m.start(), m.end(), draft))
    return found


def _phrases(text: str, items: list[Item], p: Patterns) -> list[tuple[str, Draft]]:
    """Joins words that stand together into one mention each."""
    found: list[tuple[str, Draft]] = []
    for item in items:
        if found and item.start < found[-1][1].end:
            continue
        gap = text[found[-1][1].end : item.start] if found else ""
        if found and (_joins(found[-1], item, gap, p) or _sized(found[-1][1], item, gap, text, p)):
            kind, last = found[-1]
            found[-1] = (item.kind if item.kind != "count" or kind == "age" else kind, last)
            _absorb(last, item.draft)
        else:
            found.append((item.kind, item.draft))
    return found


def _joins(phrase: tuple[str, Draft], item: Item, gap: str, p: Patterns) -> bool:
    """Whether the next word belongs to the phrase so far, by what stands between them."""
    kind, draft = phrase
    roles = {r.code for r in draft.relations}
    if draft.count is None and roles and not roles & (_KIN | _ROLE_OF) and len(gap) <= _AS_GAP and _AS.fullmatch(gap):
        return bool({r.code for r in item.draft.relations} & _ROLE_OF)
    if len(gap) > _GAP or item.end - draft.start > _LONGEST or p.apart.search(gap):
        return False
    if item.kind == "age":
        return kind == "count" and draft.bare and p.linked.fullmatch(gap) is not None
    if item.kind == "count":
        close = p.linked if kind == "age" else p.after
        return (kind == "age" or not draft.bare) and draft.count is None and close.fullmatch(gap) is not None
    if draft.name and item.draft.name:
        return False
    if kind == "name" and _couple(item.draft):
        return not gap.strip()
    if kind == "age":
        return p.linked.fullmatch(gap) is not None
    if kind == "count" and draft.bare:
        return gap.strip() == "" or p.owned.fullmatch(gap) is not None
    if gap.strip() == "の" and draft.count is None and draft.relations:
        own, other = {r.code for r in draft.relations}, {r.code for r in item.draft.relations}
        if not own & (_KIN | _ROLE_OF) and other & (_ROLE_OF | own):
            return True
    both_kin = any(r.code in _KIN for r in draft.relations[-1:]) and any(
        r.code in _KIN for r in item.draft.relations[:1]
    )
    return not gap.strip() and not both_kin and draft.count is None


def _sized(draft: Draft, item: Item, gap: str, text: str, p: Patterns) -> bool:
    """Whether a number says of how many a family is (一家は6人だ), and is not of others (一家は3人の兵に)."""
    whole = any(r.code in {"family", "group"} for r in draft.relations[-1:]) and draft.count is None
    return whole and item.kind == "count" and bool(p.sized.fullmatch(gap)) and text[item.end : item.end + 1] in _CLOSES


def _couple(draft: Draft) -> bool:
    """Of a noun that stands for two, such as 부부: after a name it is the two of whom one has that name."""
    return draft.count is None and any(r.counts == (2, 2) for r in draft.relations)


def _absorb(draft: Draft, other: Draft) -> None:
    if draft.name and _couple(other):
        draft.count = (2, 2)
    draft.end = other.end
    draft.relations = (*draft.relations, *other.relations)
    draft.plural = draft.plural or other.plural
    draft.name = draft.name or other.name
    draft.pseudonym = draft.pseudonym or other.pseudonym
    draft.sex = draft.sex or other.sex
    if other.ages != (None, None):
        draft.ages = other.ages
    if other.count is not None and (draft.count is None or other.name is None):
        draft.count = other.count


def _after(draft: Draft, text: str, p: Patterns, words: Words) -> None:
    """A plural ending, and brackets such as (가명, 40대, 여), right after the mention."""
    plural = re.match(words.choice("plural_suffix"), text[draft.end : draft.end + 3])
    if plural and plural.end() and draft.relations:
        draft.plural = draft.plural or draft.count is None
    note = re.match(r"\s?[((（]([^()（）\n]{1,24})[)）]", text[draft.end : draft.end + 30])
    if note and not draft.bare and _bracket(draft, note[1], p, words):
        draft.end += note.end()


def _bracket(draft: Draft, note: str, p: Patterns, words: Words) -> bool:
    """Takes what a note after a name says of age, sex and pseudonym; False where it says nothing of these."""
    found = False
    for part in re.split(r"[,、，・·/\s]+", note.strip()):
        decade, years = p.decade.match(part), p.years.match(part)
        age = re.fullmatch(r"[1-9]\d", part)
        said = decade or years or age
        rest = part[said.end() :] if said else part
        if said and decade and (tens := words.decade(decade["tens"])) is not None:
            first, last = words.decade_part(decade["part"])
            draft.ages = (tens + first, tens + last)
        elif said:
            draft.ages = (int(years["age"]), int(years["age"])) if years else (int(part[:2]), int(part[:2]))
        if rest in words.words("female") | words.words("male"):
            draft.sex = "female" if rest in words.words("female") else "male"
        elif rest in words.words("pseudonym"):
            draft.pseudonym = True
        elif not said:
            continue
        found = True
    return found


def _set_apart(found: list[Draft], text: str, p: Patterns) -> None:
    """Marks those whom "and" joins to whoever is named before, and those whom that person takes along."""
    for first, second in itertools.pairwise(found):
        gap = text[first.end : second.start]
        second.apart = bool(p.conjoined.fullmatch(gap) or p.taken.match(text, second.end))


def _inherit(found: list[Draft], text: str, p: Patterns) -> None:
    for first, second in itertools.pairwise(found):
        codes = {r.code for r in (*first.relations[-1:], *second.relations[-1:])}
        beside = p.listed.fullmatch(text[first.end : second.start])
        if beside and second.ages == (None, None) and second.relations and any(codes <= peers for peers in PEERS):
            second.ages = first.ages


def _scope(draft: Draft, text: str, words: Words) -> None:
    before = text[max(0, draft.start - 8) : draft.start]
    after = text[draft.end : draft.end + 4]
    if words.has("more", before[-5:]) and not draft.name:
        draft.scope = "more"
    elif not draft.bare:
        return
    elif words.has("part", before[-5:]):
        draft.scope = "part"
    elif words.has("whole", before[-4:]) or words.has("whole", after):
        draft.scope = "all"


@lru_cache(maxsize=8)
def _patterns(words: Words) -> Patterns:
    language = words.language
    decade, years = words.choice("decade_mark"), words.choice("years_old")
    part = words.choice("decade_part")
    surname = (
        "(?:"
        + "|".join(sorted(map(re.escape, words.pack.phrase("people", "surnames", language)), key=len, reverse=True))
        + ")"
    )
    honorific = words.choice("honorific")
    pseudonym = words.choice("pseudonym")
    note = r"\s?[(（](?P<note{}>[^()（）\n]{{1,24}})[)）]"
    between = words.choice("between")
    tens = r"(?P<tens>[1-9]0|" + words.choice("decade") + ")" if language == "zh" else r"(?P<tens>[1-9]0)"
    given = {"ko": "[가-힣]{0,2}", "ja": "(?:(?![氏某])[ァ-ヶー・一-龥]){0,10}", "zh": "[一-龥]{0,2}?"}.get(
        language, ""
    )
    called = {"ko": "[가-힣]{2,4}", "ja": "[ァ-ヶー・一-龥]{2,12}", "zh": "[一-龥]{2,4}"}.get(language, r"\w{2,9}")
    edge = "(?<![ァ-ヶー])" if language == "ja" else "(?<![가-힣一-龥])"
    latin = r"(?<![A-Za-z])[A-Z](?=(?:さん|氏|씨|某))" if language in {"ko", "ja"} else "(?!)"
    return Patterns(
        decade=re.compile(rf"(?<![\d.,第제]){tens}\s?(?P<mark>{decade})(?:의?の?\s?(?P<part>{part}))?(?!\d)"),
        years=re.compile(rf"(?<![\d.,])(?P<age>\d{{1,2}})\s?{years}"),
        counter=re.compile(rf"\s?여?\s?(?P<counter>{words.choice('counters')})(?:여)?"),
        name=re.compile(
            rf"{edge}(?P<name1>{surname}(?:{given}|\s모)){note.format(1)}\s?{honorific}?"
            rf"|{edge}(?P<name2>{surname}(?:{given}|\s모))\s?{honorific}(?:{note.format(2)})?(?:\s?{honorific})?"
            rf"|(?<![ァ-ヶ一-龥])(?P<name3>{called})\s?[(（]\s?{pseudonym}(?P<note3>[^()（）\n]{{0,20}})[)）]\s?{honorific}?"
            rf"|(?P<name4>{latin})"
        ),
        apart=re.compile(r"[.,、。，;:!?」』”\"\n]|^(?:이|가|은|는|을|를|에|도|が|は|を|に|で|も|と|와|과)(?:\s|$)"),
        owned=re.compile(
            rf"\s?{between}\s?(?:[가-힣ぁ-ん一-龥]{{1,5}}\s?){{0,2}}" + ("|[一-龥]{1,5}" if language == "zh" else "")
        ),
        after=re.compile(rf"(?:{words.choice('plural_suffix')})?\s?(?:约|約|약|総勢)?\s?"),
        linked=re.compile(rf"\s?(?:{between})?\s?(?:[가-힣ぁ-ん一-龥]{{1,5}}\s?){{0,2}}"),
        conjoined=re.compile(
            r"\s?(?:와|과|및|하고|이랑|랑|그리고)\s?(?:[가-힣]{1,5}\s){0,3}|と(?:その)?|や|及び|および|和|与|及"
        ),
        taken=re.compile(words.choice("taken along")),
        sized=re.compile(r"\s?(?:は|은|는)\s?(?:計|総勢|全部で|合わせて|모두|총|전부)?\s?"),
        toll=re.compile(rf"(?:{words.choice('toll')})[ 、,]*"),
        listed=re.compile(r"\s?(?:[,、，・·]|와|과|및|하고|이랑|랑|と|や|和|与|及|그리고|、そして)?\s?"),
    )
