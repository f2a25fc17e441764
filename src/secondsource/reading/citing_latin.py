"""Citations in English and other Latin script."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from secondsource.reading.citation import MARKS, Citation, Page
from secondsource.reading.citing_named import name_beside, names_that_tell, pronouns, reports_of_others
from secondsource.reading.lexicon import Hit

_REACH = 110
"""How far after its head a clause may have its verb, in characters."""
_WORD_BEFORE = re.compile(r"([\w'’.-]+)\s+$")
_WHOSE_WORDS = re.compile(r"['’]s ")
_PASSIVE = re.compile(r"\b(?:am|is|are|was|were|be|been|being)(?: \w+ly| not| also| then| later)? $")
_OBJECT = re.compile(r" (?:was|is|were|are|had|has|have|would|could|will|never|did|does|might|may|must)\b")
_QUOTED = re.compile(r'[.,?!]["”]|["“]')
_INSIDE = re.compile(r" (?:of|to|with|by|near|for|from|in)(?: the| an?)? $| (?:of|to|with|by|near|for|from|in) $")
_OF = re.compile(r" of (?:one|two|three|some|a|an|the|his|her|[A-Z])\b")
_WHOSE = frozenset({"her", "his", "their", "its", "my"})
_SOMEBODY = frozenset({"someone", "somebody", "one who", "those familiar", "those close", "those with"})
_OTHER_SUBJECT = re.compile(r"(?:^|[ ,])(?:he|she|it|they|we|I) $|(?:and|or|but) that ", re.IGNORECASE)
_RELATIVE = re.compile(r",? (?:who|whom|whose|that) [^,;.]*$")
_PARTICIPLE = re.compile(r"[a-z]{3,}ing\b")
_NEW_SUBJECT = re.compile(r", (?:an?|one|another|two|three) [^,]*$")
_NOUN_BEFORE = re.compile(
    r"\b(?:press|media|news|earlier|previous|these|those|such|other|of|the|latest|any|no|some|police|conflicting) $"
)
_CLAIMS = frozenset({"says", "say", "said", "claims", "claimed"})
_CLAUSE = re.compile(r", (?:who|citing|quoting) ")
_MEMBER = re.compile(
    r"\b(?:(?:[Oo]ne|[Aa]nother)(?: of (?:them|the [\w -]{1,20}))?|[Tt]he (?:first|second|third|fourth|other))"
    r"(?:,| is| was) $"
)
_AND = re.compile(r"[^,.;]{0,50}? and (?:an?|another|the|one) [\w -]{0,30}")


def latin(page: Page) -> list[Citation]:
    silent = page.lexicon("no comment") if page.any("no comment") else None
    subjects = _subjects(page)
    taken = {verb.end for verb in subjects.values()}
    found: dict[int, Citation] = {}
    for index, hit in enumerate(page.heads):
        if silent is not None and hit.group in {"official", "institution", "state_media"}:
            continue
        start, marks = _phrase_before(page, hit)
        if index + 1 < len(page.heads) and _phrase_before(page, page.heads[index + 1])[0] <= start:
            continue
        if "one" in marks and _apposed(page, index, start):
            whose = index - 1
            if whose not in found:
                continue
            base = found[whose].base or _base_after(page, start, hit)
            noun = f"{found[whose].noun} {page.s[hit.start : hit.end].lower()}"
            found[whose] = replace(found[whose], base=base, noun=noun)
            continue
        name = name_beside(page, start, hit)
        marks |= {"met"} if _met(page, hit, marks, subjects.get(index)) or _asked_of(page, hit, start, marks) else set()
        cited = page.cite(hit, start, marks, _base_after(page, start, hit), name)
        if "one" in marks and _MEMBER.search(page.s, max(0, start - 40), start):
            cited = replace(cited, marks=cited.marks | {"member"})
        if "plural" in marks and _reachable(page, cited, hit):
            cited = replace(cited, marks=cited.marks | {"reached"})
        if page.lexicon("there").at(page.s, hit.end + 1):
            cited = replace(cited, marks=cited.marks | {"there"})
        if hit.group == "source" or _is_cited(page, cited, hit, start, subjects.get(index), taken):
            found[index] = cited
    for index, hit in _heard_latin(page, found):
        start, marks = _phrase_before(page, hit)
        marks |= {"by pronoun"} if not found else set()
        found[index] = replace(page.cite(hit, start, marks, _base_after(page, start, hit)), heard=True)
    return list(found.values()) or names_that_tell(page) or pronouns(page) or reports_of_others(page)


def _met(page: Page, hit: Hit, marks: set[str], verb: Hit | None) -> bool:
    """Whether "the pastor", who tells something here, is one whom the report spoke of before ("a pastor who ..."),
    or one who tells it to the report."""
    noun = page.s[hit.start : hit.end].lower().split()[-1]
    if marks & {"one", "new"}:
        reached = next(page.lexicon("reached").scan(page.s, hit.end, hit.end + 60), None)
        known = hit.group not in {"actor", "official"} or reached
        if page.s[: hit.start].rstrip().endswith(("through a", "by way of a", "via a")):
            return False
        if known and "plural" not in marks:
            page.met.add(noun)
        return False
    if "the" not in marks or verb is None:
        return False
    rest = page.s[verb.end :].lstrip(" ").removeprefix("to ")
    if page.lexicon("addressee").at(rest, 0):
        return True
    return noun in page.met and (hit.group != "actor" or page.lexicon("asked now").at(page.s, verb.start) is not None)


def _asked_of(page: Page, hit: Hit, start: int, marks: set[str]) -> bool:
    """Whether something is due to "the driver" of whom the report spoke before, or to "the father" of somebody."""
    if "the" not in marks or page.ending.get(len(page.s[:start].rstrip(" "))) != "according":
        return False
    noun = page.s[hit.start : hit.end].lower()
    described = page.s.startswith(", who ", hit.end)
    return described or noun.split()[-1] in page.met or page.lexicon("kin").at(page.s, hit.start) is not None


def _reachable(page: Page, cited: Citation, hit: Hit) -> bool:
    """Whether somebody is described as one whom the report could ask ("a woman who lived next door")."""
    beside = page.lexicon("reached").scan(page.s, hit.end, min(len(page.s), hit.end + 60))
    return cited.base is not None or next(beside, None) is not None


def _apposed(page: Page, index: int, start: int) -> bool:
    """Whether a phrase only describes the head before it further ("another source, an official in ...")."""
    return index > 0 and page.s[page.heads[index - 1].end : start].strip() == ","


def _subjects(page: Page) -> dict[int, Hit]:
    """For each head that is the subject of a telling verb, that verb."""
    follows = page.lexicon("follows")
    found: dict[int, Hit] = {}
    starts = [h.start for h in page.heads]
    outlets = {o.end for o in page.outlets}
    has_it = [v for v in page.of("heard") if page.s[v.start : v.end].lower().startswith(("has ", "had "))]
    for verb in sorted([*page.of("tell"), *has_it], key=lambda v: v.start):
        passive = _PASSIVE.search(page.s, max(0, verb.start - 24), verb.start)
        reports = page.s[verb.start : verb.end].lower() in {"report", "reports", "claims"}
        if reports and _NOUN_BEFORE.search(page.s, max(0, verb.start - 16), verb.start):
            continue
        if passive or len(page.s[: verb.start].rstrip()) in outlets:
            continue
        for index in range(bisect_left(starts, verb.start) - 1, -1, -1):
            gap = page.s[page.heads[index].end : verb.start]
            if len(gap) > _REACH or ", and " in gap or _QUOTED.search(gap) or (index and gap.endswith(" and ")):
                break
            if gap == " who " and page.heads[index].group == "actor" and page.s[verb.start : verb.end] in _CLAIMS:
                break
            if _OTHER_SUBJECT.search(gap) or _NEW_SUBJECT.search(gap):
                break
            stripped = gap.lstrip(" ")
            if not stripped or stripped[0] in ",(" or follows.at(stripped, 0) or _PARTICIPLE.match(stripped):
                subject = _around_phrase(page, _around_clause(page, index, gap))
                found.setdefault(subject, verb)
                if subject and _AND.fullmatch(page.s, page.heads[subject - 1].end, page.heads[subject].start):
                    found.setdefault(subject - 1, verb)
                break
    return found


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


def _around_phrase(page: Page, index: int) -> int:
    """The head before a phrase that describes it ("a man married to one of the women said")."""
    follows = page.lexicon("follows")
    while index > 0:
        before = page.heads[index - 1].end
        start, _ = _phrase_before(page, page.heads[index])
        gap = page.s[before : max(before, start)]
        inside = _INSIDE.search(gap) and len(gap) <= 50 and "," not in gap and follows.at(gap.lstrip(" "), 0)
        clause = len(gap) <= _REACH and _RELATIVE.match(gap) and not page.tells_between(before, start)
        if not inside and not clause:
            break
        index -= 1
    return index


def _phrase_before(page: Page, hit: Hit) -> tuple[int, set[str]]:
    """Where the phrase of a head begins, and what its determiner says."""
    start, marks = hit.start, {"one"} if page.s[hit.start : hit.end].lower() in _SOMEBODY else set[str]()
    determiners = page.lexicon(*MARKS)
    if page.s[hit.start : hit.end].lower().endswith("s") and hit.group != "document":
        marks.add("plural")
    for _ in range(7):
        before = _WORD_BEFORE.search(page.s, max(0, start - 24), start)
        if not before:
            break
        word = before.group(1)
        if word.lower() == "our" and page.lexicon("staff").at(page.s, hit.start) is None:
            return before.start(1), marks | {"one"}
        determiner = determiners.at(page.s, before.start(1), start)
        if determiner:
            marks.add("whose" if _is_of(page, hit, determiner, marks) else determiner.group)
            start = before.start(1)
            if page.s[:start].lower().endswith("one of "):
                return start - 7, marks - {"the", "plural"} | {"one"}
            if determiner.group in {"one", "the"} and determiner.end - determiner.start < 5:
                break
        elif word.endswith(("'s", "’s", "s'", "s’")):
            start, mark = _owned(page, hit, before)
            return start, marks | {mark}
        elif word.lower() in _WHOSE:
            return before.start(1), marks | {"whose"}
        elif not _describes(page, word, before.start(1)):
            break
        else:
            start = before.start(1)
    return start, marks


def _owned(page: Page, hit: Hit, owner: re.Match[str]) -> tuple[int, str]:
    """Where the phrase of somebody's sister, friend or reporter begins, and what it says of who that is."""
    start, word = owner.start(1), owner.group(1)
    outlet = next((h for h in page.outlets if h.start < owner.end(1) <= h.end + 2), None)
    person = outlet is None and hit.group in {"witness", "actor"}
    if person and word[0].isupper() and not _placed(page, owner):
        return start, "whose"
    if page.lexicon("ours").at(page.s, start):
        return start, "one"
    if person and word[0].islower():
        return _phrase_of_owner(page, start), "whose"
    return (outlet.start if outlet else start), "the"


def _phrase_of_owner(page: Page, start: int) -> int:
    """Where the phrase of the one whose relative it is begins ("the dead woman's sister")."""
    for _ in range(3):
        before = _WORD_BEFORE.search(page.s, max(0, start - 24), start)
        if not before or not _describes(page, before.group(1), before.start(1)):
            break
        start = before.start(1)
        if page.lexicon(*MARKS).at(page.s, start) or before.group(1).lower() in _WHOSE:
            break
    return start


def _is_of(page: Page, hit: Hit, determiner: Hit, marks: set[str]) -> bool:
    """Whether "the" only says whose somebody is ("the brother of one of the men")."""
    person = hit.group in {"witness", "actor"} and "plural" not in marks
    return person and determiner.group == "the" and _OF.match(page.s, hit.end) is not None


def _placed(page: Page, word: re.Match[str]) -> bool:
    return any(start < word.end(1) and word.start(1) < end for start, end, _ in page.places)


def _describes(page: Page, word: str, start: int) -> bool:
    """Whether a word before a head can belong to its phrase: no verb, preposition or conjunction."""
    if word.endswith((".", ",")) or page.lexicon("follows", "stop", "tell", "according").at(page.s, start):
        return word[0].isupper() and not word.endswith(",")
    return True


def _base_after(page: Page, start: int, hit: Hit) -> str | None:
    """The place inside the phrase or right after it ("in the city of X in the province of Y")."""
    inside = next((place for a, b, place in page.places if start <= a and b <= hit.start), None)
    if inside:
        return inside
    base = page.lexicon("base")
    found: list[str] = []
    reached = hit.end
    for a, b, place in page.places:
        if a < hit.end or page.s[b : b + 4] == " of ":
            continue
        gap = page.s[reached:a]
        if len(gap) > 45 or page.tells_between(hit.end, a):
            break
        if not (_akin(page, found[-1], place) if found else base.at(gap.lstrip(" ,"), 0)):
            break
        found.append(place)
        reached = b
    return max(found, key=lambda place: len(page.text.pack.within(place)), default=None)


def _akin(page: Page, a: str, b: str) -> bool:
    return a in page.text.pack.within(b) or b in page.text.pack.within(a)


def _is_cited(page: Page, cited: Citation, hit: Hit, start: int, verb: Hit | None, taken: set[int]) -> bool:
    """Whether the phrase of a head, from `start`, names somebody to whom something is due; `verb` is its telling
    verb, and `taken` are the ends of those that have a subject already."""
    end = len(page.s[:start].rstrip(' ,"”“'))
    before = page.ending.get(end, "")
    according = before == "according"
    inverse = before == "tell" and end not in taken and not page.quoted(start) and not _OBJECT.match(page.s, hit.end)
    if hit.group == "state_media":
        return according or verb is not None
    if hit.group == "document":
        return according or page.any("records") or (verb is not None and "the" not in cited.marks)
    if according:
        return page.s[hit.end :].strip() not in {"...", "…"}
    if page.quoted(start):
        return False
    if _has_words(page, cited, hit) or (page.of("according") and _along(page, start)):
        return True
    if verb is not None:
        return _to_the_report(page, cited, verb) and _introduced(page, cited, hit, verb)
    if inverse:
        verb = next((v for v in page.of("tell") if v.end == end), None)
        return _introduced(page, cited, hit, verb)
    met = "one" in cited.marks and hit.group == "witness"
    met = met and (_reachable(page, cited, hit) or page.s.startswith(" who ", hit.end))
    return ("new" in cited.marks or met) and _perceives(page, hit)


def _has_words(page: Page, cited: Citation, hit: Hit) -> bool:
    """Whether somebody is cited by number ("Witness 12"), or by words of theirs ("a survivor's statement")."""
    if cited.name is not None and cited.name.isdigit():
        return True
    owner = _WHOSE_WORDS.match(page.s, hit.end - 2) or _WHOSE_WORDS.match(page.s, hit.end)
    if owner is None or hit.group != "witness" or not cited.marks - {"the"}:
        return False
    return page.lexicon("word of").at(page.s, owner.end()) is not None


def _to_the_report(page: Page, cited: Citation, verb: Hit) -> bool:
    """Whether a telling verb tells the report, rather than somebody of the story."""
    rest = page.s[verb.end :].lstrip(" ").removeprefix("to ")
    said = page.s[verb.start : verb.end].lower()
    to_whom = said in {"told", "tells", "tell", "informed", "warned"} or page.s.startswith(" to ", verb.end)
    if to_whom and page.lexicon("dialogue").at(rest, 0):
        return False
    what = page.lexicon("told what").at(rest, 0)
    heard = cited.marks & {"one", "new"} and (rest[:1].isupper() or ("new" in cited.marks and what is not None))
    if said in {"told", "informed", "warned"} and not heard:
        return page.spoken_to
    if said in {"reported", "reports"} and rest[:1].islower() and what is None:
        return page.spoken_to
    return True


def _introduced(page: Page, cited: Citation, hit: Hit, verb: Hit | None) -> bool:
    """Whether somebody who tells is one that the report could ask, and not one of its story."""
    numbered = any(mark.startswith("count") for mark in cited.marks)
    if cited.noun in {"people", "someone", "somebody"} and not numbered:
        return page.lexicon("reached").at(page.s, hit.end + 1) is not None
    bare = hit.group == "witness" and cited.name is None and not cited.marks
    if hit.group != "actor" and "whose" not in cited.marks and not bare:
        return True
    now = verb is not None and page.lexicon("asked now").at(page.s, verb.start) is not None
    known = hit.group != "actor" or numbered or bool(cited.marks & {"one", "new", "whose"})
    return page.spoken_to or (known and (now or _reachable(page, cited, hit)))


def _along(page: Page, start: int) -> bool:
    """Whether a phrase is joined to somebody who is cited before it ("comes from a trader, and from a driver")."""
    first = page.of("according")[0].end
    joints = page.lexicon("and from").scan(page.s, max(first, start - 14), start)
    joint = next((j for j in joints if not page.s[j.end : start].strip()), None)
    if joint is None or joint.start - first >= 160:
        return False
    near = joint.start - first <= 50 and "," not in page.s[first : joint.start]
    return near or page.s[joint.start : joint.end].lower() in {"and from", "as well as from"}


def _perceives(page: Page, hit: Hit) -> bool:
    """Another witness who saw, heard or counted something, with no word of telling."""
    verb = next(page.lexicon("perceives").scan(page.s, hit.end, min(len(page.s), hit.end + _REACH)), None)
    follows = page.lexicon("follows")
    gap = page.s[hit.end : verb.start].lstrip(" ") if verb else "."
    return not gap or gap[0] == "," or follows.at(gap, 0) is not None


def _learned(page: Page, hit: Hit, sign: Hit) -> bool:
    """Whether somebody who heard of it from others is one whom the report could ask."""
    gap = page.s[hit.end : sign.start].lstrip(" ")
    _, marks = _phrase_before(page, hit)
    noun = page.s[hit.start : hit.end].lower().split()[-1]
    introduced = bool(marks & {"one", "new"}) or ("the" in marks and noun in page.met)
    beside = not gap or gap[0] == "," or page.lexicon("follows").at(gap, 0) is not None
    return hit.group == "witness" and introduced and beside


def _heard_latin(page: Page, cited: dict[int, Citation]) -> list[tuple[int, Hit]]:
    found: list[tuple[int, Hit]] = []
    starts = [h.start for h in page.heads]
    for sign in page.of("heard"):
        index = bisect_left(starts, sign.end)
        subject = index - 1
        while subject >= 0 and page.heads[subject].end > sign.start:
            subject -= 1
        subject = _around_phrase(page, subject)
        by_pronoun = subject < 0 and next(page.lexicon("pronoun").scan(page.s, 0, sign.start), None) is not None
        if subject >= 0 and subject not in cited and _learned(page, page.heads[subject], sign):
            start, marks = _phrase_before(page, page.heads[subject])
            base = _base_after(page, start, page.heads[subject])
            cited[subject] = page.cite(page.heads[subject], start, marks, base)
        by_source = subject in cited or by_pronoun
        if by_source and index < len(page.heads):
            start, marks = _phrase_before(page, page.heads[index])
            while index + 1 < len(page.heads) and _phrase_before(page, page.heads[index + 1])[0] <= start:
                index += 1
                start, marks = _phrase_before(page, page.heads[index])
            if not page.s[sign.end : start].strip() and "the" not in marks:
                found.append((index, page.heads[index]))
    for sign in page.of("told source"):
        index = bisect_left(starts, sign.start) - 1
        if index >= 0 and sign.start - page.heads[index].end <= _REACH and page.heads[index].group != "source":
            found.append((index, page.heads[index]))
    return found
