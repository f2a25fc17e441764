"""Citations in English and other Latin script of those who have no head noun: names, pronouns, other outlets."""

from __future__ import annotations

import re

from secondsource.reading.citation import TITLES, Citation, Page
from secondsource.reading.lexicon import Hit

_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Rev|Pastor|Aunt|Uncle|Grandmother|Sister|Brother)\.? )"
NAME = rf"(?:{_TITLE}(?:[A-Z]\.|[A-Z][\w'’-]*)|[A-Z][a-z][\w'’-]*(?<!['’]s))(?: [A-Z][\w'’-]*){{0,3}}"
_NAME_TELLS = re.compile(
    rf"(?<![\w’'-])({NAME})(?: ?\([^()]{{1,40}}\))?,?(?: \d\d,)?"
    r"(?: (?:who|whose|now|then|a|an|the|formerly|once|himself|herself) [^,.;:]{1,120},)? (?=[a-z])"
)
_NAME_AFTER = re.compile(rf"(?: surnamed| named| called) ({NAME})|, ({NAME})(?=,| ?\()")
_NAME_NEXT = re.compile(
    r" ((?!The\b|In\b|On\b)(?:(?:[A-Z]\.-?){2,4}|[A-Z][a-z][\w'’-]*(?: [A-Z][\w'’-]*){0,2}))"
    r"(?=[,.;]| (?:said|says|told|tells|stated|states|testified|testifies|recalled|recalls|of|who)\b|$)"
)
_NAME_BEFORE = re.compile(rf"({NAME})(?: ?\([^()]{{1,40}}\))?(?:, \d\d)?, $")
_TITLED = re.compile(_TITLE)
_APPOSED = re.compile(r",(?: \d\d,)? (?:an?|the|who|whose|director|head|founder|chief|president|now|formerly) ")
_NAME_FIRST = re.compile(
    rf"(?!(?:The|A|An|In|At|On|But|And|They|He|She|It|We|You|When|Two|Three|This|That|There|These|Those|For|After|What"
    rf"|One|No|If|As|By|To|From|Since|Last|Some|His|Her|Their|Our|According)\b)({NAME})(?=,? (?:[a-z]|\d\d,))"
)
_NAME_ACCORDING = re.compile(rf"\s+({NAME})(?=[\s,.;(]|$)")
_ORDINAL = re.compile(
    r"(?:^|[;,.:”\"’] ?)(?:(?:[Bb]ut|[Aa]nd|[Ww]hile|[Ww]hereas) )?"
    r"((?:[Tt]he )?(?:first|second|third|fourth|other|former|latter)|[Oo]ne|[Aa]nother)"
    r"(?: of (?:them|the (?:two|three|four|five|others)))?(?:,[^,;.”\"]{1,90},| who [^,;.”\"]{1,60})? (?=[a-z])"
)
_TELLS_ORDINAL = re.compile(r" ([Oo]ne|[Aa]nother)(?=,| of them|[ .])")
_TELLS_NAME = re.compile(rf" ({NAME})(?=[\s,.(]|$)")


def no_name(page: Page, found: re.Match[str]) -> bool:
    """Whether what looks like a name is a place, an outlet or another word with a capital."""
    a, b = found.span(found.lastindex or 1)
    barred = page.lexicon("not a name", "outlet", "state_media")
    overlapping = any(a < end and start < b for start, end, _ in page.places)
    overlapping = overlapping or any(a < o.end and o.start < b for o in page.outlets)
    return overlapping or any(True for _ in barred.scan(page.s, a, b))


def name_beside(page: Page, start: int, hit: Hit) -> str | None:
    """The name or number beside a head ("a lawyer surnamed Han", "Witness 12")."""
    number = page.s[hit.start : hit.end].rpartition(" ")[2]
    if number.isdigit() or (len(number) == 1 and number.isupper()):
        return number
    if hit.group == "source":
        return None
    before = _NAME_BEFORE.search(page.s, max(0, start - 90), start)
    after = _NAME_AFTER.match(page.s, hit.end)
    beside = _NAME_NEXT.match(page.s, hit.end) if hit.group in {"witness", "title"} else None
    for found in (before, after, beside):
        if found and not no_name(page, found):
            return found.group(found.lastindex or 1)
    return None


def names_that_tell(page: Page) -> list[Citation]:
    """Names that speak to the report: "Lee told Radio Free Asia", "said Kim (a pseudonym)"."""
    spoken_to = page.spoken_to or page.any("named")
    marks = set() if spoken_to or any(c in page.s for c in '"“”') else {"weak"}
    found: list[Citation] = []
    for sign in page.of("according"):
        name = _NAME_ACCORDING.match(page.s, sign.end)
        if name and not no_name(page, name) and not page.quoted(name.start(1)):
            found.append(page.cite(Hit("named", name.start(1), name.end(1)), name.start(1), set(), None, name.group(1)))
    now = page.lexicon("asked now")
    for verb in page.of("tell"):
        after = _TELLS_NAME.match(page.s, verb.end)
        before = next(
            (m for m in _NAME_TELLS.finditer(page.s, max(0, verb.start - 190), verb.end) if m.end() == verb.start), None
        )
        rest = page.s[verb.end :].lstrip(" ").removeprefix("to ")
        told = page.s[verb.start : verb.end].lower() in {"told", "tells", "tell", "informed"}
        hearsay = page.s[verb.start : verb.end].lower().endswith(" said to have")
        if hearsay or page.lexicon("dialogue").at(rest, 0) or (told and not spoken_to):
            continue
        for name in (before, None if told else after):
            barred = name is not None and next(page.lexicon("none").scan(page.s, name.start(), name.end()), None)
            if name and not barred and not page.quoted(name.start(1)) and not no_name(page, name):
                hit = Hit("named", name.start(1), name.end(1))
                known = not page.met.isdisjoint(name.group(1).split()) or now.at(page.s, verb.start) is not None
                known = known or _TITLED.match(name.group(1)) is not None
                known = known or (name is after and _APPOSED.match(page.s, name.end()) is not None)
                found.append(page.cite(hit, hit.start, set() if known else marks, None, name.group(1)))
                break
    return found[:1] or _names_that_judge(page)


def _names_that_judge(page: Page) -> list[Citation]:
    """Somebody introduced by name who judges of something now ("Han, who left in 2019, blames hunger")."""
    judges = page.lexicon("judges")
    for name in _NAME_TELLS.finditer(page.s):
        if "," not in page.s[name.end(1) : name.end()] or judges.at(page.s, name.end()) is None:
            continue
        if not page.quoted(name.start(1)) and not no_name(page, name):
            return [page.cite(Hit("named", *name.span(1)), name.start(1), set(), None, name.group(1))]
    return []


_PERSON_NAMED = re.compile(
    rf"(?:surnamed|(?:shall|will|we) call|to be called|identified (?:only )?as|known as|named) ({NAME})"
    rf"|({NAME}),? \([^()]{{0,30}}(?:pseudonym|alias|real name|name changed)"
)


def name_first(page: Page) -> Citation | None:
    """The name that a sentence begins with."""
    found = _NAME_FIRST.match(page.s)
    if found is None or no_name(page, found):
        return None
    return page.cite(Hit("named", found.start(1), found.end(1)), found.start(1), set(), None, found.group(1))


def note_names(page: Page) -> None:
    """Sets down names that the report gives to those it speaks with ("a man surnamed Ryu", "Mina (a pseudonym)")."""
    for found in _PERSON_NAMED.finditer(page.s):
        page.met.update(word for word in found.group(found.lastindex or 1).split() if word not in TITLES)


def ordinals(page: Page) -> list[Citation]:
    """One of those cited before who is told apart by number only ("The first said ...; the other put it at ten")."""
    found = []
    starts = {verb.start: verb for verb in page.of("tell")}
    for one in _ORDINAL.finditer(page.s):
        verb = starts.get(one.end())
        if verb is None or page.quoted(one.start(1)):
            continue
        rest = page.s[verb.end :].lstrip(" ").removeprefix("to ")
        if page.lexicon("dialogue").at(rest, 0) is None:
            described = one.group().rstrip(" ").endswith(",") or " who " in one.group()
            found.append(_ordinal(page, one.start(1), one.end(1), described))
    for verb in page.of("tell") if not found else ():
        after = _TELLS_ORDINAL.match(page.s, verb.end)
        if after and not page.quoted(after.start(1)):
            found.append(_ordinal(page, after.start(1), after.end(1), page.s.startswith(", a", after.end())))
    return found


def _ordinal(page: Page, start: int, end: int, described: bool) -> Citation:
    marks = {"described"} if described else set[str]()
    return page.cite(Hit("ordinal", start, end), start, marks, None)


def reports_of_others(page: Page) -> list[Citation]:
    """Another outlet that is itself said to have reported it ("The Post, which first carried the story, gave ...")."""
    own = (page.text.report.outlet or "").lower()
    for outlet in page.outlets:
        name = outlet.group.removeprefix("outlet ")
        if name.lower() in own or (own and own in name.lower()):
            continue
        rest = page.s[outlet.end : outlet.end + 80]
        if page.lexicon("reported it").at(rest.lstrip(" ,"), 0):
            hit = Hit("document", outlet.start, outlet.end)
            return [page.cite(hit, outlet.start, set(), None)]
    return []


def pronouns(page: Page) -> list[Citation]:
    """The first pronoun that tells the report something ("she said")."""
    for hit in page.lexicon("pronoun").scan(page.s):
        verb = next((v for v in page.of("tell") if v.start >= hit.end), None)
        gap = page.s[hit.end : verb.start].strip() if verb else ""
        goes_on = hit.start == 0 and gap.endswith(" and") and page.spoken_to
        if verb and (not gap or goes_on) and not page.lexicon("dialogue").at(page.s, verb.end + 1):
            rest = page.s[verb.end :].lstrip(" ").removeprefix("to ")
            to_us = page.lexicon("addressee").at(rest, 0) is not None or (page.to_me and rest.startswith("me"))
            marks = {"pronoun", "spoken to"} if to_us else {"pronoun"}
            return [page.cite(Hit("pronoun", hit.start, hit.end), hit.start, marks, None)]
    return []
