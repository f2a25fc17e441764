"""Citations in English and other Latin script of those who have no head noun: names, pronouns, other outlets."""

from __future__ import annotations

import re

from secondsource.reading.citation import Citation, Page
from secondsource.reading.lexicon import Hit

NAME = r"[A-Z][a-z][\w'’-]*(?: [A-Z][\w'’-]*){0,3}"
_NAME_TELLS = re.compile(
    rf"(?<![\w’'-])({NAME})(?: ?\([^()]{{1,40}}\))?,?(?: \d\d,)?(?: (?:who|whose|now|then|a|an|the) [^,]{{1,80}},)?"
    r" (?=[a-z])"
)
_NAME_AFTER = re.compile(rf"(?: surnamed| named| called) ({NAME})|, ({NAME})(?=,| ?\()")
_NAME_BEFORE = re.compile(rf"({NAME})(?: ?\([^()]{{1,40}}\))?(?:, \d\d)?, $")
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
    for found in (before, after):
        if found and not no_name(page, found):
            return found.group(found.lastindex or 1)
    return None


def names_that_tell(page: Page) -> list[Citation]:
    """Names that speak to the report: "Lee told Radio Free Asia", "said Kim (a pseudonym)"."""
    spoken_to = page.spoken_to or page.any("named")
    marks = set() if spoken_to or any(c in page.s for c in '"“”') else {"weak"}
    found: list[Citation] = []
    for verb in page.of("tell"):
        after = _TELLS_NAME.match(page.s, verb.end)
        before = next(
            (m for m in _NAME_TELLS.finditer(page.s, max(0, verb.start - 150), verb.end) if m.end() == verb.start), None
        )
        rest = page.s[verb.end :].lstrip(" ").removeprefix("to ")
        told = page.s[verb.start : verb.end].lower() in {"told", "tells", "tell", "informed"}
        if page.lexicon("dialogue").at(rest, 0) or (told and not spoken_to):
            continue
        for name in (before, None if told else after):
            barred = name is not None and next(page.lexicon("none").scan(page.s, name.start(), name.end()), None)
            if name and not barred and not no_name(page, name):
                hit = Hit("named", name.start(1), name.end(1))
                found.append(page.cite(hit, hit.start, marks, None, name.group(1)))
                break
    return found[:1]


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
            return [page.cite(Hit("pronoun", hit.start, hit.end), hit.start, {"pronoun"}, None)]
    return []
