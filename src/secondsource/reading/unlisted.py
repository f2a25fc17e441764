"""Those who tell something in English and whom no list has: trades by the ending of their word, institutions by the
last word of their name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from secondsource.reading.lexicon import Hit

if TYPE_CHECKING:
    from secondsource.reading.citation import Page

_TRADES = re.compile(
    r"(?<![\w’'-])(?:an?|one|another|the|this|that|second|third|former|retired|our)(?: [\w-]+){0,2}?"
    r" (?![a-z]*(?:letter|paper|water|order|number|matter|power|ever|other|after|ither|ether)\b)"
    r"((?:[a-z]+-)?[a-z]{2,}(?:er|or|ist|man|woman|ian|[^s]herd|wright|smith|monger))(?![\w’'-])",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b(?:[Tt]he|[Aa]n?) (\d\d-year-old)(?=[,.;]| (?:who|said|says|told|tells|recalls|recalled|from|in)\b)"
)
_NOT_OURS = re.compile(
    r"\b(?:State|Party|Workers['’]?|People['’]s|Police|Military|Guards?|Army|Court|Central|Supreme|Safety|Women['’]s"
    r"|Youth|Defen[cs]e|Security|Public)\b"
)
"""Words in the names of bodies that the state keeps."""
_BODY = re.compile(
    r"\b(?:Association|Foundation|Network|Alliance|Coalition|Initiative|Society|Institute|Centre|Center|Committee"
    r"|Council|Mission|Relief|Watch|Monitor|Observatory|Archive|Union|Forum|Group|Project|Fund|Federation|Campaign"
    r"|Commission|Organi[sz]ation|NGO|Desk|Helpline|Fellowship)\b"
)
_NAME_OF_BODY = re.compile(
    r"(?<![\w’'-])(?:[A-Z][\w’'-]+(?: (?:of|for|on|and|in)(?: the)?)? ){1,6}?"
    r"(?:Association|Foundation|Network|Alliance|Coalition|Initiative|Society|Institute|Centre|Center|Committee"
    r"|Council|Mission|Relief|Watch|Monitor|Observatory|Archive|Union|Forum|Group|Project|Fund|Federation|Campaign"
    r"|Commission|Organi[sz]ation|Helpline|Fellowship)"
    r"(?: (?:of|for|on|in|to|against)(?: the)? [A-Z][\w’'-]+(?: (?:and |of |in )?[A-Z][\w’'-]+){0,3})?(?![\w’'-])"
)


def found(page: Page, taken: Sequence[Hit]) -> list[Hit]:
    """Heads that are none of those `taken` already."""
    hits: list[Hit] = []
    things = page.lexicon("thing", "tell", "according", "heard", "told source")
    trades = [one for one in _TRADES.finditer(page.s) if things.at(page.s, one.start(1)) is None]
    hits.extend(Hit("witness", one.start(1), one.end(1)) for one in trades)
    hits.extend(Hit("actor", one.start(1), one.end(1)) for one in _AGED.finditer(page.s))
    hits = [hit for hit in hits if _free(hit, taken)]
    hits.extend(hit for hit in _bodies(page) if _free(hit, [*taken, *hits]))
    return hits


def _free(hit: Hit, taken: Sequence[Hit]) -> bool:
    return not any(h.start < hit.end and hit.start < h.end for h in taken)


def _bodies(page: Page) -> Iterator[Hit]:
    """Groups and institutes by their names ("the Rivers Association"), but not those of the state that acts."""
    if _BODY.search(page.s) is None:
        return
    own = (page.text.report.outlet or "").lower()
    for one in _NAME_OF_BODY.finditer(page.s):
        name = one.group()
        if not _NOT_OURS.search(name) and not (own and (own in name.lower() or name.lower() in own)):
            yield Hit("institution", one.start(), one.end())
