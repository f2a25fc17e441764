"""Citations in English and other Latin script."""

from __future__ import annotations

import re
from dataclasses import replace

from secondsource.reading.citation import Citation, Page
from secondsource.reading.citing_named import (
    name_beside,
    names_that_tell,
    note_names,
    ordinals,
    pronouns,
    reports_of_others,
)
from secondsource.reading.heard_latin import ALSO, heard_latin
from secondsource.reading.lexicon import Hit
from secondsource.reading.phrase_latin import base_after, phrase_before
from secondsource.reading.subjects_latin import REACH, apposed, subjects, with_described

_WHOSE_WORDS = re.compile(r"['’]s ")
_OBJECT = re.compile(r" (?:was|is|were|are|had|has|have|would|could|will|never|did|does|might|may|must)\b")
_SUFFERS = re.compile(
    r" (?:[\w-]+ ){0,3}?(?:was|were|has been|had been|is being) (?!told|informed)"
    r"\w+(?:ed|en|ht|[pd]t|lt|ot|it|ut|eld|old|ent|ound|ung|uck|wn)\b"
)
_MEMBER = re.compile(
    r"\b(?:(?:[Oo]ne|[Aa]nother)(?: of (?:them|the [\w -]{1,20}))?|[Tt]he (?:first|second|third|fourth|other))"
    r"(?:,| is| was) $"
)
_PREFACE = re.compile(r"[^,.;:”\"]{0,60}, ")
_AMONG = re.compile(
    r"interview|spoke|talked|asked|statement|testimon|conversation|contact|from|pieced|given by", re.IGNORECASE
)


def latin(page: Page) -> list[Citation]:
    silent = page.lexicon("no comment") if page.any("no comment") else None
    verbs = with_described(page, subjects(page))
    taken = {verb.end for verb in verbs.values()}
    found: dict[int, Citation] = {}
    for index, hit in enumerate(page.heads):
        if silent is not None and hit.group in {"official", "institution", "state_media", "press"}:
            continue
        start, marks = phrase_before(page, hit)
        if index + 1 < len(page.heads) and phrase_before(page, page.heads[index + 1])[0] <= start:
            continue
        if "one" in marks and apposed(page, index, start) and not _begins_clause(page, index, verbs.get(index)):
            whose = index - 1
            if whose not in found:
                continue
            base = found[whose].base or base_after(page, start, hit)
            noun = f"{found[whose].noun} {page.s[hit.start : hit.end].lower()}"
            found[whose] = replace(found[whose], base=base, noun=noun)
            continue
        name = name_beside(page, start, hit)
        met = _met(page, hit, marks, verbs.get(index)) or _asked_of(page, hit, start, marks) or _answers(page, start)
        marks |= {"met"} if met else set()
        cited = page.cite(hit, start, marks, base_after(page, start, hit), name)
        if "one" in marks and _MEMBER.search(page.s, max(0, start - 40), start):
            cited = replace(cited, marks=cited.marks | {"member"})
        if "plural" in marks and _reachable(page, cited, hit):
            cited = replace(cited, marks=cited.marks | {"reached"})
        if page.lexicon("there").at(page.s, hit.end + 1):
            cited = replace(cited, marks=cited.marks | {"there"})
        also = index - 1 in found and _listed_with(page, index, start)
        if hit.group == "source" or also or _is_cited(page, cited, hit, start, verbs.get(index), taken):
            found[index] = cited
    for index, hit in heard_latin(page, found):
        start, marks = phrase_before(page, hit)
        marks |= {"by pronoun"} if not found else set()
        found[index] = replace(page.cite(hit, start, marks, base_after(page, start, hit)), heard=True)
    if page.any("named"):
        note_names(page)
    return list(found.values()) or _nameless(page)


def _nameless(page: Page) -> list[Citation]:
    return names_that_tell(page) or ordinals(page) or pronouns(page) or reports_of_others(page)


def _met(page: Page, hit: Hit, marks: set[str], verb: Hit | None) -> bool:
    """Whether "the pastor", who tells something here, is one whom the report spoke of before ("a pastor who ..."),
    or one who tells it to the report."""
    noun = page.s[hit.start : hit.end].lower().split()[-1]
    if marks & {"one", "new"}:
        reached = next(page.lexicon("reached").scan(page.s, hit.end, hit.end + 60), None)
        known = hit.group not in {"actor", "official"} or reached
        if page.s[: hit.start].rstrip().endswith(("through a", "by way of a", "via a")):
            return False
        if known and "plural" not in marks and not _SUFFERS.match(page.s, hit.end):
            page.met.add(noun)
        return False
    if "the" not in marks or verb is None:
        return False
    rest = page.s[verb.end :].lstrip(" ").removeprefix("to ")
    now = page.lexicon("asked now").at(page.s, verb.start) is not None
    described = page.s.startswith((" who ", ", who "), hit.end) and (now or hit.group == "witness")
    if page.lexicon("addressee").at(rest, 0) or described:
        return True
    return noun in page.met and (hit.group != "actor" or now)


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
    clause = page.s.startswith((" who ", ", who ", " whose ", ", whose "), hit.end)
    return cited.base is not None or clause or next(beside, None) is not None


def _begins_clause(page: Page, index: int, verb: Hit | None) -> bool:
    """Whether what looks like an apposition begins a clause of its own ("..., a relative said")."""
    if verb is None or page.s[page.heads[index].end : verb.start].rstrip().endswith(","):
        return False
    before = page.heads[index - 1]
    if page.s[before.end - 1].isdigit():
        return False
    return "," in page.s[verb.end :] or not (
        before.group == "source" or phrase_before(page, before)[1] & {"one", "new"}
    )


def _listed_with(page: Page, index: int, start: int) -> bool:
    """Whether a phrase is in one list with the one before it, who is cited ("interviews with A, B and C")."""
    sign = next((a for a in page.of("according") if a.end <= start), None)
    if sign is None or not _AMONG.search(page.s, sign.start, sign.end):
        return False
    before = page.heads[index - 1].end
    if before < sign.end or page.tells_between(sign.end, start):
        return False
    joint = ALSO.fullmatch(page.s, before, start)
    return joint is not None and (joint["and"] is not None or " and " in page.s[start : start + 60])


def _is_cited(page: Page, cited: Citation, hit: Hit, start: int, verb: Hit | None, taken: set[int]) -> bool:
    """Whether the phrase of a head, from `start`, names somebody to whom something is due; `verb` is its telling
    verb, and `taken` are the ends of those that have a subject already."""
    end = len(page.s[:start].rstrip(' ,"”“'))
    before = page.ending.get(end, "")
    according = before == "according"
    inverse = before == "tell" and end not in taken and not page.quoted(start) and not _OBJECT.match(page.s, hit.end)
    if hit.group in {"state_media", "press"}:
        return according or verb is not None
    if hit.group == "document":
        return according or _recorded(page, hit, start) or (verb is not None and "the" not in cited.marks)
    if according:
        return page.s[hit.end :].strip() not in {"...", "…"}
    if page.quoted(start):
        return False
    if _has_words(page, cited, hit) or _interviewed(page, hit) or _along(page, start):
        return True
    if verb is not None and _answers(page, start):
        return True
    if verb is not None:
        return _to_the_report(page, cited, verb) and _introduced(page, cited, hit, verb)
    if inverse:
        verb = next((v for v in page.of("tell") if v.end == end), None)
        return _introduced(page, cited, hit, verb)
    met = "one" in cited.marks and hit.group == "witness"
    met = met and (_reachable(page, cited, hit) or page.s.startswith(" who ", hit.end))
    return ("new" in cited.marks or met) and _perceives(page, hit)


def _answers(page: Page, start: int) -> bool:
    """Whether a phrase is the subject of a sentence that begins with how somebody was reached or asked."""
    before = page.lexicon("answering").at(page.s, 0)
    return before is not None and _PREFACE.fullmatch(page.s, before.end, start) is not None


def _interviewed(page: Page, hit: Hit) -> bool:
    """Whether it is said of somebody that the report spoke with them ("a cousin, whom we met in Shenyang, knows")."""
    met = next(page.lexicon("interviewed").scan(page.s, hit.end, min(len(page.s), hit.end + 60)), None)
    return met is not None and not page.tells_between(hit.end, met.start)


def _recorded(page: Page, hit: Hit, start: int) -> bool:
    """Whether a document says something here, or was seen: not where somebody of the story shows it to another."""
    records = page.lexicon("records")
    after = next(records.scan(page.s, hit.end, min(len(page.s), hit.end + 70)), None)
    if after is not None:
        return True
    return page.s[:start].rstrip().endswith(" of") and any(
        True for _ in records.scan(page.s, max(0, start - 16), start)
    )


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
    """Whether the same is due to a phrase as to one before it ("confirmed by a trader and by a driver")."""
    first = next((sign.end for sign in page.of("according")), start)
    return start - 160 < first < start and page.s[:start].endswith((" and by ", " and from ", " as well as from "))


def _perceives(page: Page, hit: Hit) -> bool:
    """Another witness who saw, heard or counted something, with no word of telling."""
    verb = next(page.lexicon("perceives").scan(page.s, hit.end, min(len(page.s), hit.end + REACH)), None)
    follows = page.lexicon("follows")
    gap = page.s[hit.end : verb.start].lstrip(" ") if verb else "."
    return not gap or gap[0] == "," or follows.at(gap, 0) is not None
