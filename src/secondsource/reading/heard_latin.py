"""From whom somebody who tells a report something has it, in English."""

from __future__ import annotations

import re
from bisect import bisect_left

from secondsource.reading.citation import Citation, Page
from secondsource.reading.lexicon import Hit
from secondsource.reading.phrase_latin import base_after, phrase_before
from secondsource.reading.subjects_latin import REACH, around_phrase

ALSO = re.compile(
    r"[^.;:”\"]{0,70}?(?:(?P<and>,? (?:and|plus|as well as))|,)(?:,? (?:separately|independently|later|also),?)?"
    r" (?:from |by |with |of |to )?"
)


def heard_latin(page: Page, cited: dict[int, Citation]) -> list[tuple[int, Hit]]:
    found: list[tuple[int, Hit]] = []
    starts = [h.start for h in page.heads]
    for sign in page.of("heard") if not page.any("no comment") else ():
        index = bisect_left(starts, sign.end)
        subject = index - 1
        while subject >= 0 and page.heads[subject].end > sign.start:
            subject -= 1
        subject = around_phrase(page, subject)
        by_pronoun = subject < 0 and next(page.lexicon("pronoun").scan(page.s, 0, sign.start), None) is not None
        if subject >= 0 and subject not in cited and _learned(page, page.heads[subject], sign):
            start, marks = phrase_before(page, page.heads[subject])
            base = base_after(page, start, page.heads[subject])
            cited[subject] = page.cite(page.heads[subject], start, marks, base)
        by_us = _by_us(page, sign)
        by_source = subject in cited or by_pronoun or by_us
        if by_source and index < len(page.heads):
            start, marks = phrase_before(page, page.heads[index])
            while index + 1 < len(page.heads) and phrase_before(page, page.heads[index + 1])[0] <= start:
                index += 1
                start, marks = phrase_before(page, page.heads[index])
            if by_us and not page.s[sign.end : start].strip():
                _cite_listed(page, cited, index)
            elif not page.s[sign.end : start].strip() and "the" not in marks:
                found.append((index, page.heads[index]))
    for sign in page.of("told source"):
        index = bisect_left(starts, sign.start) - 1
        if index >= 0 and sign.start - page.heads[index].end <= REACH and page.heads[index].group != "source":
            found.append((index, page.heads[index]))
    return found


def _learned(page: Page, hit: Hit, sign: Hit) -> bool:
    """Whether somebody who heard of it from others is one whom the report could ask."""
    gap = page.s[hit.end : sign.start].lstrip(" ")
    _, marks = phrase_before(page, hit)
    noun = page.s[hit.start : hit.end].lower().split()[-1]
    introduced = bool(marks & {"one", "new"}) or ("the" in marks and noun in page.met)
    beside = not gap or gap[0] == "," or page.lexicon("follows").at(gap, 0) is not None
    return hit.group == "witness" and introduced and beside


def _by_us(page: Page, sign: Hit) -> bool:
    """Whether it is the outlet itself that has it from somebody ("Refugee Watch has learned from a pastor ...")."""
    before = page.s[: sign.start].rstrip().removesuffix(" has").removesuffix(" have").removesuffix(" had")
    ours = before.rsplit(" ", 1)[-1].lower() in {"we", "newspaper", "paper", "bulletin", "organisation", "organization"}
    return ours or any(len(before) == outlet.end for outlet in page.outlets)


def _cite_listed(page: Page, cited: dict[int, Citation], index: int) -> None:
    """Cites somebody, and all who are in one list with him."""
    for position in range(index, len(page.heads)):
        head = page.heads[position]
        start, marks = phrase_before(page, head)
        if position > index:
            joint = ALSO.fullmatch(page.s, page.heads[position - 1].end, max(start, page.heads[position - 1].end))
            if joint is None or joint["and"] is None:
                break
        cited[position] = page.cite(head, start, marks, base_after(page, start, head))
