"""Whose verb a telling verb is in English."""

from __future__ import annotations

import re
from bisect import bisect_left

from secondsource.reading.citation import Page
from secondsource.reading.lexicon import Hit
from secondsource.reading.phrase_latin import phrase_before

_QUOTED = re.compile(r'[.,?!]["”]|["“]')
_INSIDE = re.compile(r" (?:of|to|with|by|near|for|from|in)(?: the| an?)? $| (?:of|to|with|by|near|for|from|in) $")
_OTHER_SUBJECT = re.compile(r"(?:^|[ ,])(?:he|she|it|they|we|I) $|(?:and|or|but) that ", re.IGNORECASE)
_RELATIVE = re.compile(r",? (?:who|whom|whose|that) [^,;.]*$")
_PARTICIPLE = re.compile(r"[a-z]{3,}ing\b")
_NEW_SUBJECT = re.compile(r", (?:an?|one|another|two|three|the|this|that|his|her|their) [^,]*$")
_NOUN_BEFORE = re.compile(
    r"\b(?:press|media|news|earlier|previous|these|those|such|other|of|the|latest|any|no|some|police|conflicting) $"
)
_CLAIMS = frozenset({"says", "say", "said", "claims", "claimed"})
_CLAUSE = re.compile(r", (?:who|citing|quoting) ")
_AND = re.compile(r"[^,.;]{0,50}? and (?:an?|another|the|one|his|her|their|two|three) [\w -]{0,30}")
_LISTED = re.compile(r"(?:,|[^,.;:”\"]{0,50}?,) $|[^.;:”\"]{0,50}?,? and $")
_LIST_BEGINS = re.compile(r"(?:^|[,;:.”\"’] |\b[Bb]oth |\bthat )$")
_NEW_CLAUSE = re.compile(r", and (?!who\b|whose\b|whom\b)")
_SAID_OF = re.compile(r"(?:said|reported|claimed|alleged) to (?:have|be)\b")
_BY_WHOM = re.compile(r"\w+(?:ed|en|wn|ght) by ")
_INITIALS = re.compile(r"^ (?:[A-Z]\.-?){2,4}")
_PASSIVE = re.compile(r"\b(?:am|is|are|was|were|be|been|being)(?: \w+ly| not| also| then| later)? $")
REACH = 110
"""How far after its head a clause may have its verb, in characters."""


def with_described(page: Page, verbs: dict[int, Hit]) -> dict[int, Hit]:
    """The verb of a phrase that only describes the one before it is that one's ("a second man, a trader, said")."""
    for index, verb in sorted(verbs.items()):
        head = page.heads[index]
        start, marks = phrase_before(page, head)
        ended = page.s[head.end : verb.start].rstrip().endswith(",")
        if ended and "one" in marks and apposed(page, index, start):
            verbs.setdefault(index - 1, verb)
    return verbs


def subjects(page: Page) -> dict[int, Hit]:
    """For each head that is the subject of a telling verb, that verb."""
    follows = page.lexicon("follows")
    found: dict[int, Hit] = {}
    starts = [h.start for h in page.heads]
    outlets = {o.end for o in page.outlets}
    has_it = [v for v in page.of("heard") if page.s[v.start : v.end].lower().startswith(("has ", "had "))]
    for verb in sorted([*page.of("tell"), *has_it], key=lambda v: v.start):
        if page.lexicon("denounces").at(page.s, verb.start):
            continue
        passive = _PASSIVE.search(page.s, max(0, verb.start - 24), verb.start)
        reports = page.s[verb.start : verb.end].lower() in {"report", "reports", "claims"}
        if reports and _NOUN_BEFORE.search(page.s, max(0, verb.start - 16), verb.start):
            continue
        if passive or _SAID_OF.match(page.s, verb.start) or len(page.s[: verb.start].rstrip()) in outlets:
            continue
        for index in range(bisect_left(starts, verb.start) - 1, -1, -1):
            gap = page.s[page.heads[index].end : verb.start]
            if len(gap) > REACH or _NEW_CLAUSE.search(gap) or _QUOTED.search(gap) or (index and gap.endswith(" and ")):
                break
            if gap == " who " and page.heads[index].group == "actor" and page.s[verb.start : verb.end] in _CLAIMS:
                break
            if ";" in gap or _OTHER_SUBJECT.search(gap) or _NEW_SUBJECT.search(gap):
                break
            stripped = _INITIALS.sub("", gap).lstrip(" ")
            clause = _PARTICIPLE.match(stripped) or _BY_WHOM.match(stripped) or follows.at(stripped, 0)
            if not stripped or stripped[0] in ",(" or clause:
                subject = around_phrase(page, _around_clause(page, index, gap))
                if gap != " who " and page.s[: phrase_before(page, page.heads[subject])[0]].endswith(
                    (" by ", " against ")
                ):
                    break
                found.setdefault(subject, verb)
                if subject and _AND.fullmatch(page.s, page.heads[subject - 1].end, page.heads[subject].start):
                    found.setdefault(subject - 1, verb)
                for other in _listed_before(page, subject):
                    found.setdefault(other, verb)
                break
    return found


def _listed_before(page: Page, last: int) -> list[int]:
    """The other subjects of a verb ("A boatman, a noodle seller and a policeman recall ...")."""
    listed: list[int] = []
    start, _ = phrase_before(page, page.heads[last])
    for index in range(last - 1, max(-1, last - 6), -1):
        gap = _LISTED.fullmatch(page.s, page.heads[index].end, max(page.heads[index].end, start))
        joined = gap is not None and (gap.group().endswith(" and ") or bool(listed))
        if not joined or page.tells_between(page.heads[index].end, start):
            break
        start, _ = phrase_before(page, page.heads[index])
        listed.append(index)
    return listed if _LIST_BEGINS.search(page.s, max(0, start - 8), start) else []


def _around_clause(page: Page, index: int, gap: str) -> int:
    """The head before a clause ("a resident, who knew the driver, said") rather than the one inside it."""
    if not gap.rstrip(" ").endswith(","):
        return index
    for before in range(index - 1, max(-1, index - 4), -1):
        clause = _CLAUSE.search(
            page.s, page.heads[before].end, min(page.heads[index].start, page.heads[before].end + 60)
        )
        if clause and "," not in page.s[clause.start() + 1 : page.heads[index].end]:
            return before
    return index


def around_phrase(page: Page, index: int) -> int:
    """The head before a phrase that describes it ("a man married to one of the women said")."""
    follows = page.lexicon("follows")
    while index > 0:
        before = page.heads[index - 1].end
        start, _ = phrase_before(page, page.heads[index])
        gap = page.s[before : max(before, start)]
        inside = _INSIDE.search(gap) and len(gap) <= 50 and "," not in gap and follows.at(gap.lstrip(" "), 0)
        clause = len(gap) <= REACH and _RELATIVE.match(gap) and not page.tells_between(before, start)
        if not inside and not clause:
            break
        index -= 1
    return index


def apposed(page: Page, index: int, start: int) -> bool:
    """Whether a phrase only describes the head before it further ("another source, an official in ...")."""
    return index > 0 and page.s[page.heads[index - 1].end : start].strip() == ","
