"""People in English sentences: a head noun, and what stands before and after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from secondsource.reading import people_alone
from secondsource.reading.numbers import Number
from secondsource.reading.people_words import PEERS, Ages, Draft, Words

_WORD = re.compile(r"[\w'’-]+")
_NAME = r"[A-Z][\w’'-]{0,20}(?:[ -][A-Z][\w’'-]{0,20}){0,2}"
_BARE_END = re.compile(r"\s*(?:[,.;:)]|$|and\b)")
_LEAD, _ADJECTIVES = 90, 5
"""How far before its noun a number or article may stand, in characters and in words."""


@dataclass(slots=True)
class Patterns:
    age: re.Pattern[str]
    exact: re.Pattern[str]
    of: re.Pattern[str]
    named: re.Pattern[str]
    direct: re.Pattern[str]
    pseudonym: re.Pattern[str]
    titled: re.Pattern[str]
    counted: re.Pattern[str]


def find(text: str, words: Words, numbers: list[Number]) -> list[Draft]:
    """The people of one sentence, first first. `numbers` are the sentence's."""
    patterns = _patterns(words)
    heads = _possessed(_joined(words.heads(text), text), text)
    before = _ages_before(text, heads)
    used: set[int] = set()
    floor = 0
    numbers = [n for n in numbers if not _is_day(text, n)]
    for head, follower in zip(heads, [*heads[1:], None], strict=False):
        end, noun = head.end, head.start
        _lead(head, text, floor, words, [n for n in numbers if n.start not in used], used)
        _members(head, text, numbers, used)
        for span, ages in before.items():
            if head.start <= span[0] < noun or (floor <= span[0] and 0 <= noun - span[1] <= 25):
                head.ages, head.start = ages, min(head.start, span[0])
                used.update(n.start for n in numbers if span[0] <= n.start < span[1])
        _trail(head, text, follower.start if follower else len(text), patterns, words, numbers, used)
        floor = max(end, head.end)
    _shared_ages(heads, text, patterns, words)
    heads += _named_alone(text, heads, patterns)
    heads += people_alone.found(text, heads, words)
    heads += _counted_alone(text, heads, patterns, words, [n for n in numbers if n.start not in used])
    heads.sort(key=lambda d: d.start)
    for first, second in pairwise(heads):
        second.apart = second.apart or _AND.fullmatch(text, first.end, second.start) is not None
    return heads


_AND = re.compile(r",? (?:and|plus|(?:together |along )?with|as well as)(?: also| then)? ")


def _joined(heads: list[Draft], text: str) -> list[Draft]:
    """Nouns that stand together are one: "female defector", "border guard Kim"."""
    found: list[Draft] = []
    for head in heads:
        gap = text[found[-1].end : head.start] if found else "."
        if not gap.strip(" -") and not found[-1].plural and len(found[-1].relations) < _ADJECTIVES:
            last = found[-1]
            last.relations = (*last.relations, *head.relations)
            last.end, last.plural = head.end, head.plural
        else:
            found.append(head)
    return found


def _possessed(heads: list[Draft], text: str) -> list[Draft]:
    """ "A neighbour's boy" is the boy: whose he is is nobody more."""
    found: list[Draft] = []
    for head, follower in zip(heads, [*heads[1:], None], strict=False):
        if follower is None or not _WHOSE.fullmatch(text, head.end, follower.start):
            found.append(head)
    return found


_WHOSE = re.compile(r"['’]s? (?:[a-z]+ ){0,2}")
_YEARS = re.compile(r"(?<![\w.,$])(\d{1,3})[\s-](?:years?|yrs?)[\s-]olds?\b", re.IGNORECASE)


def _ages_before(text: str, heads: list[Draft]) -> dict[tuple[int, int], Ages]:
    return {m.span(): (int(m[1]), int(m[1])) for m in _YEARS.finditer(text)} if heads else {}


def _lead(head: Draft, text: str, floor: int, words: Words, numbers: list[Number], used: set[int]) -> None:
    """Walks back from the noun over adjectives to its number or article."""
    single = not head.plural and not _group(head)
    edge = head.start
    adjectives, beside = 0, False
    for token in reversed(list(_WORD.finditer(text, max(floor, head.start - _LEAD), head.start))):
        word = token.group().lower()
        if text[token.end() : edge].strip(" -\"'“”‘’\u00a0"):
            break
        edge = token.start()
        number = next((n for n in numbers if n.start <= token.start() < n.end), None)
        if number is not None and not _is_age(text, number):
            if head.count is not None:
                break
            if _take(head, number, text):
                used.add(number.start)
                _between(head, text, number, numbers)
            head.start = min(head.start, number.start)
            continue
        beside = beside or word in words.words("beside")
        if word in words.words("more"):
            head.scope = "more"
        elif word in words.words("one") and not head.plural:
            head.start, single = token.start(), True
            head.scope = "more" if beside and word in {"a", "an"} else head.scope
            break
        elif word in words.words("definite") or (head.plural and word in words.words("many")):
            head.start = token.start()
            if word in words.words("whole") and head.plural and head.count is not None and not _group(head):
                head.scope = "all" if head.scope == "new" else head.scope
            break
        elif word in words.words("stop") or head.count is not None or adjectives >= _ADJECTIVES:
            break
        else:
            head.sex = {"female": "female", "male": "male"}.get(word, head.sex)
            adjectives += 1
            continue
        head.start = token.start()
    if head.count is None and single and not _group(head):
        head.count = (1, 1)


_LEAST = re.compile(r"(?:at least|more than|over|no fewer than|not fewer than|upwards of) $", re.IGNORECASE)


def _between(head: Draft, text: str, number: Number, numbers: list[Number]) -> None:
    """ "Eight or nine traders", "at least nine traders"."""
    low, high = head.count or (None, None)
    other = next((n for n in numbers if text[n.end : number.start] == " or "), None)
    if other is not None and low is not None and 0 < other.value < low:
        head.count, head.start = (int(other.value), high), other.start
    elif low == high and low is not None and low > 1 and _LEAST.search(text, max(0, number.start - 20), number.start):
        head.count = (low, None)


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_MONTH_BEFORE = re.compile(rf"\b{_MONTH} $")
_MONTH_AFTER = re.compile(rf" {_MONTH}(?=[ ,.;)]|$)")


def _is_day(text: str, number: Number) -> bool:
    """Of the day of a month: "on September 14 officers waited", "on 28 May"."""
    if not number.digits or number.value > 31:
        return False
    before = _MONTH_BEFORE.search(text, max(0, number.start - 12), number.start)
    return before is not None or _MONTH_AFTER.match(text, number.end) is not None


_MEMBERS = re.compile(
    r"(?: or (?:so|more))?[\"”’]?\s(?:(?:\w+\s)?members of (?:\w+\s)?|of (?:his|her|their|its) (?:\w+\s)?)$",
    re.IGNORECASE,
)


def _members(head: Draft, text: str, numbers: list[Number], used: set[int]) -> None:
    """ "Four members of a platoon": as many of them as are said."""
    noun = text[head.start : head.end].lower()
    start = head.start + (noun.find(" ") + 1 if noun.startswith(("his ", "her ", "their ", "its ")) else 0)
    found = _MEMBERS.search(text, max(0, start - 32), start)
    number = next((n for n in numbers if found and n.end == found.start()), None)
    if number is not None:
        head.count, head.start = _range(number), number.start
        used.add(number.start)


def _group(head: Draft) -> bool:
    return head.relations[-1].counts[1] != 1 and head.relations[-1].counts[0] != 1


def _is_age(text: str, number: Number) -> bool:
    return _YEARS.match(text, number.start) is not None or text[number.end : number.end + 1] in {"%", "s"}


def _take(head: Draft, number: Number, text: str) -> bool:
    """Gives the noun its number, if the two agree: "3 women", "4-man", not "one women"; "two couples" are four
    people, "two families" two at least."""
    low, high = head.relations[-1].counts
    if _group(head) and head.plural and low == high and low:
        head.count = (low * max(1, int(number.value)), low * max(1, int(number.value)))
        return True
    if _group(head):
        head.count = (max(1, int(number.value)), None) if head.plural else _range(number)
        return True
    several = number.value != 1 or number.high is None
    fits = head.plural == several or text[number.end : number.end + 1] == "-"
    if fits:
        head.count = _range(number)
    return fits


def _range(number: Number) -> tuple[int, int | None]:
    return (int(number.low) if number.low is not None else 1, int(number.high) if number.high is not None else None)


def _trail(
    head: Draft, text: str, limit: int, p: Patterns, words: Words, numbers: list[Number], used: set[int]
) -> None:
    """Reads on after the noun: ages, names, sizes of groups, as long as one of them follows."""
    for _ in range(5):
        size = p.of.match(text, head.end)
        number = next((n for n in numbers if size and n.start == size.end()), None)
        if number is not None and number.start not in used and head.end < number.end:
            used.add(number.start)
            if _group(head):
                head.count = _range(number)
            elif number.digits and 0 < number.value < 110:
                head.ages = (int(number.value), int(number.value))
            head.end = number.end
            _other_age(head, text, numbers, used)
            continue
        if found := p.age.match(text, head.end):
            head.ages = _decade(found, words)
            head.sex = {"her": "female", "his": "male"}.get(found["whose"].lower(), head.sex)
            head.end = found.end()
        elif found := p.exact.match(text, head.end):
            low = int(next(g for g in found.groups() if g))
            head.ages = (low, int(found["to"]) if found["to"] else low)
            used.update(n.start for n in numbers if found.start() <= n.start < found.end())
            head.end = found.end()
            _other_age(head, text, numbers, used)
        elif head.name is None and (found := p.named.match(text, head.end) or p.direct.match(text, head.end)):
            if words.has("not_names", found["name"]):
                return
            head.name, head.end = found["name"], found.end()
        elif found := p.pseudonym.match(text, head.end):
            head.pseudonym, head.end = True, found.end()
        else:
            return
        if head.end > limit:
            return


def _other_age(head: Draft, text: str, numbers: list[Number], used: set[int]) -> None:
    """ "Two sisters of 27 and 19": from the younger to the older."""
    other = next((n for n in numbers if n.digits and text[head.end : n.start] == " and "), None)
    if other is not None and head.plural and head.ages[0] is not None and 0 < other.value < 110:
        head.ages = (min(head.ages[0], int(other.value)), max(head.ages[0], int(other.value)))
        head.count = (2, 2) if head.count is None else head.count
        head.end = other.end
        used.add(other.start)


def _decade(found: re.Match[str], words: Words) -> Ages:
    decade = words.decade(found["decade"].lower())
    first, last = words.decade_part(found["part"])
    return (decade + first, decade + last) if decade is not None else (None, None)


_SHARED = re.compile(r"\b(both|all)\b", re.IGNORECASE)


def _shared_ages(heads: list[Draft], text: str, p: Patterns, words: Words) -> None:
    """ "both in their mid-20s" and "all in their 20s" hold for everyone named side by side before."""
    if not _SHARED.search(text):
        return
    for found in p.age.finditer(text):
        shared = _SHARED.search(found.group())
        if not shared:
            continue
        before = [h for h in heads if h.start < found.start()]
        chain = before[-1:]
        for earlier in reversed(before[:-1]):
            between = re.sub(r"\b(?:and|with|his|her|their|the|a|an|two|one)\b", "", text[earlier.end : chain[0].start])
            if between.strip(" ,") or (shared[1].lower() == "both" and len(chain) == 2):
                break
            chain = [earlier, *chain]
        if len(chain) > 1 and chain[-1].counted()[0] in {None, 1}:
            ages = _decade(found, words)
            for person in chain:
                peers = any({r.code for r in person.relations + chain[-1].relations} <= peer for peer in PEERS)
                if person is chain[-1] or peers or shared[1].lower() == "all":
                    person.ages = ages


def _named_alone(text: str, heads: list[Draft], p: Patterns) -> list[Draft]:
    found = []
    for match in p.titled.finditer(text):
        if any(h.start < match.end() and match.start() < h.end for h in heads):
            continue
        name = match["name"] or match["called"] or match["listed"]
        female = match["female"] or (match["title"] or "").rstrip(".").lower() in {"ms", "mrs", "miss"}
        male = match["male"] or (match["title"] or "").rstrip(".").lower() == "mr"
        found.append(
            Draft(
                match.start(),
                match.end(),
                count=(1, 1),
                name=name,
                sex="female" if female else "male" if male else None,
                pseudonym=match["called"] is not None,
            )
        )
    for match in _RECORD.finditer(text):
        if not any(h.start < match.end() and match.start() < h.end for h in [*heads, *found]):
            sex = "female" if match[1].lower().startswith("f") else "male"
            age = int(match[2])
            found.append(Draft(match.start(), match.end(), count=(1, 1), ages=(age, age), sex=sex))
    return found


_RECORD = re.compile(r"^(Male|Female|M|F)\b,? (?:aged )?(\d\d)\b(?! ?%)", re.IGNORECASE)
"""How a record begins: "Male, 24, resident of ..."."""


def _counted_alone(text: str, heads: list[Draft], p: Patterns, words: Words, numbers: list[Number]) -> list[Draft]:
    """Numbers that stand for people: "the three", "10 others", "two shot dead", "one fled"."""
    found = []
    for number in numbers:
        if any(h.start <= number.start < h.end for h in heads) or number.value > 5000 or number.value % 1:
            continue
        lead = list(_WORD.finditer(text, max(0, number.start - 40), number.start))
        previous = lead[-1].group() if lead and not text[lead[-1].end() : number.start].strip() else ""
        if number.digits and (previous[:1].isupper() or text[number.start - 1 : number.start] in set("$€£¥#-/.,")):
            continue
        follows = p.counted.match(text, number.end)
        definite = previous.lower() in {"the", "all", "these", "those", "original", "remaining", "other"}
        if not follows and not (definite and _BARE_END.match(text, number.end)):
            continue
        after = text[number.end : number.end + 14].lower()
        scope = "new"
        if re.match(r"\s+(?:others?|more)\b", after) or previous.lower() in {"another", "other"}:
            scope = "more"
        elif words.scan("part", text, number.end, number.end + 14) or previous.lower() == "remaining":
            scope = "part"
        elif previous.lower() in {"the", "all", "these", "those", "original"}:
            scope = "all"
        found.append(Draft(number.start, number.end, count=_range(number), scope=scope))
    return found


@lru_cache(maxsize=8)
def _patterns(words: Words) -> Patterns:
    surname = "(?:" + "|".join(map(re.escape, words.pack.phrase("people", "surnames", "en"))) + r")\b"
    surnames = [re.escape(n) for n in words.pack.phrase("people", "surnames", "en")]
    listed = "(?:" + "|".join([*surnames, *(n.upper() for n in surnames)]) + r")\b"
    pseudonym = words.choice("pseudonym")
    where = (
        r"(?:(?:from|of|living in|residing in|based in|at|in|working at|working in) (?:the )?"
        r"(?:(?!(?:his|her|their|and|with)\b)[\w’'-]+ ){1,5},?\s*)?"
    )
    return Patterns(
        age=re.compile(
            r"\s*[,(]?\s*(?:(?:who|both|all|is|was|were|are|said|to|be|reportedly|believed|thought|aged|of|them|whom)\s){0,6}"
            rf"{where}in (?P<whose>her|his|their) (?:(?P<part>{words.choice('decade_part')})[\s-]+)?"
            rf"(?P<decade>\d0(?=['’]?s\b)|{words.choice('decade')})(?:['’]?s)?\)?",
            re.IGNORECASE,
        ),
        exact=re.compile(
            r"\s*,?\s*(?:(?:both|all|who was|who is)\s)?(?:aged?|ages)\s(?:between\s)?(\d{1,2})"
            r"(?:\s?(?:to|and|-|–)\s?(?P<to>\d{1,2}))?\b"
            r"|\s*,\s(\d{2})(?=\s*[,.;)]|\sand\b)"
            r"|\s*,?\s\(?(?:who (?:is|was) )?(\d{1,2}) years? old\b\)?|\s*\((\d{1,2})\)",
            re.IGNORECASE,
        ),
        of=re.compile(r"\s+of\s+(?:about |around |some |at least |more than )?"),
        named=re.compile(
            rf"\s*[,(]?\s*(?:(?:who was|who is|only)\s)?(?i:{words.choice('surnamed')})\s"
            rf"(?:only\s)?(?:as\s)?(?:M[rs]{{1,2}}\.?\s)?(?P<name>{_NAME})\)?"
        ),
        direct=re.compile(rf"\s*,?\s(?P<name>{surname}(?:[ -][A-Z][a-z’'-]{{1,20}}){{0,2}})(?=\s*[,.(;]|\s+[a-z]|$)"),
        pseudonym=re.compile(rf"\s*[,(]\s*(?i:{pseudonym})\s*\)?"),
        titled=re.compile(
            rf"\b(?P<title>Mr|Ms|Mrs|Miss)\.?\s(?P<name>{_NAME})|(?P<called>{_NAME})\s*[,(]\s*(?i:{pseudonym})\s*\)?"
            rf"|\b(?P<listed>{listed}(?:[ -][A-Z][\w-]{{1,20}}){{0,2}})(?=(?:\s?[(\[][^()\[\]\n]{{0,40}}[)\]])?,\s"
            r"(?:(?P<female>female)|(?P<male>male)|born|aged?|[1-9]\d,)\b)"
        ),
        counted=re.compile(rf"\s+(?:(?:people|persons)\s)?(?i:{words.choice('counted')})(?![\w])"),
    )
