"""People in Korean, Japanese and Chinese sentences: ages, counts, nouns and names that stand together.

The three languages build such a phrase alike ("20대 여성 3명", "20代の女性3人", "三名20多岁的女性"), so that one
reader serves them; the words that differ are the pack's.
"""

from __future__ import annotations

import itertools
import re

from secondsource.reading.numbers import Number
from secondsource.reading.numbers import find as numbers_of
from secondsource.reading.people_patterns import Item, Patterns, patterns_of
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
_SOMEBODY = "person"
_SINO = {"삼": "3", "사": "4", "오": "5", "육": "6"}
"""Numbers that stand right before siblings (삼형제)."""
_LONGEST = 60
"""Longest phrase about one person or group, in characters."""


def find(text: str, words: Words, numbers: list[Number]) -> list[Draft]:
    """The people of one sentence, first first. `numbers` are the sentence's."""
    p = patterns_of(words)
    heads = words.heads(text)
    items = _ages(text, p, words) + _ages_in_words(text, words, numbers)
    heads += _by_ending(text, p, words, items, heads)
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
        if draft.count is None and not draft.plural and draft.ages != (None, None) and draft.counted() == (1, None):
            draft.count = (1, 1)
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


def _by_ending(text: str, p: Patterns, words: Words, ages: list[Item], known: list[Draft]) -> list[Draft]:
    """Nouns for people that the pack does not have, told by their ending right after an age (60代の元溶接工)."""
    relation = words.pack.relations.get(_SOMEBODY)
    if relation is None:
        return []
    found = []
    for age in ages:
        noun = p.by_ending.match(text, age.end)
        if noun and not any(noun.start("noun") < h.end and h.start < noun.end("noun") for h in known):
            found.append(Draft(noun.start("noun"), noun.end("noun"), (relation,)))
    return found


def _counts(
    text: str, p: Patterns, words: Words, numbers: list[Number], ages: list[Item], nouns: list[Draft]
) -> list[Item]:
    """Numbers before a counter of people, or (Korean 두 아들) right before a noun for people."""
    not_counters = {h.start for h in words.scan("not_counters", text)}
    starts = {h.start for h in nouns}
    of_words = words.words("counters after words")
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
            if number.digits and counter["counter"] in of_words:
                continue
            end = counter.end()
        elif number.digits or end + (text[end : end + 1] == " ") not in starts:
            continue
        found.append(Item("count", number.start, end, Draft(number.start, end, count=(low, high))))
    return found + (_native(text, words, nouns) + _after_noun(text, words, nouns) if words.language == "ko" else [])


def _native(text: str, words: Words, nouns: list[Draft]) -> list[Item]:
    """Korean number words right before a noun, without a counter: 두 여성."""
    found = []
    for noun in nouns:
        before = re.search(r"(?<![가-힣])(?:([가-힣]{1,3})\s|[삼사오육])$", text[max(0, noun.start - 5) : noun.start])
        if before and not before[1] and noun.relations[-1].counts != (2, 2):
            continue
        said = (before[1] or before[0]) if before else ""
        number = numbers_of(_SINO.get(said, said) + "명", "ko", words.pack) if said else []
        number = [n for n in number if n.start == 0]
        if before and number and number[0].end == len(_SINO.get(said, said)):
            start = noun.start - len(before.group())
            end = start + len(said)
            count = (int(number[0].low or 1), int(number[0].high) if number[0].high else None)
            found.append(Item("count", start, end, Draft(start, end, count=count)))
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
        return gap.strip() == "" or (p.owned.fullmatch(gap) is not None and not p.topic.search(gap))
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
    elif words.has("whole", before[-4:]) or (words.has("whole", after) and not words.has("along with", after)):
        draft.scope = "all"
