"""Citations in Korean, Japanese and Chinese."""

from __future__ import annotations

import re
from dataclasses import replace

from secondsource.reading import listed_cjk
from secondsource.reading.citation import Citation, Page
from secondsource.reading.lexicon import Hit

_CJK_NAME = {
    "ko": re.compile(r"(?<![가-힣])([가-힣A-Zㄱ-ㅎ○×△]{1,4}(?:\s모)?)\s?(?:\([^()]{1,12}\))?\s?씨(?:\([^()]{1,12}\))?"),
    "ja": re.compile(
        r"([A-ZＡ-Ｚ]|[一-鿿ァ-ヺー・]{1,12})(?:[（(][^()（）]{1,12}[)）])?(?:氏|さん)(?:[（(][^()（）]{1,12}[)）])?"
    ),
}
_SOME = re.compile(r"(?<![가-힣])(?:한|어느|다른|또 다른) [가-힣]{1,6} ?$")
"""A word that no list has between "a" or "another" and its noun."""
_OFFICIAL = frozenset({"official", "institution", "state_media", "press", "actor"})
"""Who may be cited for figures, or for having nothing to say, and then is no voice of what happened."""
_COMPOUND = {"ko": re.compile(r"[가-힣]{1,4}$"), "ja": re.compile(r"[一-鿿]{1,4}$")}
"""The first parts of a noun that no list has as a whole (면접대상자, 情報関係者)."""
_PLURAL = ("들이", "들은", "들도", "らが", "らは", "たちが", "たちは")
_BRACKETS_BEFORE = re.compile(r"[(（][^()（）]{1,24}[)）]$")
_BRACKETS = re.compile(
    r"\s?の?\d{1,3}(?:人|명)(?=[がはもに이은가도])"
    r"|\s?(?:[(（][^()（）]{1,24}[)）]|「[^「」]{1,24}」|[‘『][^‘’『』]{1,24}[’』])"
)


def cjk(page: Page) -> list[Citation]:
    found: list[Citation] = []
    weak: list[Citation] = []
    silent = _OFFICIAL if page.any("no comment") else frozenset[str]()
    heard_out = [head for head in page.heads if head.group not in silent]
    phrases: list[tuple[int, int, Citation]] = []
    for hit in heard_out:
        start, marks, base = _grown(page, hit.start)
        marks |= {"plural"} if page.s.startswith(_PLURAL, hit.end) else set()
        end = _after(page, hit.end)
        name = _cjk_name(page, hit)
        grown = Hit(hit.group, hit.start, max(hit.end, name[1]) if name else hit.end)
        cited = page.cite(grown, start, marks, base, name[0] if name else None)
        if name:
            end = name[1]
        phrases.append((start, hit.end, cited))
        if hit.group == "bystanders":
            found.append(replace(cited, marks=cited.marks | {"plural"}))
        elif _heard_cjk(page, hit, end) or _told_within(page, hit, start, end, marks):
            found.append(replace(cited, heard=True))
        elif hit.group == "source" or _according(page, start, end) or _reaches_us(page, hit, end):
            found.append(cited)
        elif _pieced_together(page, hit, end, marks, base):
            found.append(replace(cited, marks=cited.marks | {"plural", "reached"}))
        elif _tells_cjk(page, hit, end, marks, base, name is not None or page.s[hit.end - 1].isdigit()):
            weak.append(cited)
    found = [_passed_on(page, one) if weak else one for one in found]
    told = any(not c.heard for c in found)
    if any(c.head == "source" and not c.heard for c in found):
        found.extend(_relayed(page, phrases))
    else:
        subjects = [one for one in weak if not told or one.marks & {"one", "new"}]
        found.extend(_telling(page, subjects, told or len(heard_out) < len(page.heads)))
    found.extend(_listed_before(page, phrases, found))
    return found + _by_name_or_number(page, found)


def _by_name_or_number(page: Page, found: list[Citation]) -> list[Citation]:
    """Those of whom a sentence has no more than a name, a number or a pronoun."""
    if not found:
        return _named_cjk(page) or _by_number(page) or _pronouns_cjk(page)
    return _named_cjk(page) if all(c.heard for c in found) else []


def _listed_before(page: Page, phrases: list[tuple[int, int, Citation]], cited: list[Citation]) -> list[Citation]:
    """Those in one list with somebody who is cited ("남편과 이웃은 ... 증언했다", 兄と商人は...)."""
    more: list[Citation] = []
    also: Citation | None = None
    for index in range(len(phrases) - 1, -1, -1):
        start, end, one = phrases[index]
        known = next((c for c in cited if c.span == one.span), None)
        if also is not None and known is None and one.head not in {"document", "state_media", "press", "bystanders"}:
            after = phrases[index + 1][0]
            if not page.quoted(start) and listed_cjk.joined(page, end, after):
                known = replace(one, heard=also.heard, marks=one.marks - {"the"} | {"one"})
                more.append(known)
        also = known
    return more


def _relayed(page: Page, phrases: list[tuple[int, int, Citation]]) -> list[Citation]:
    """Somebody of whom a source tells what he said, in his words (한 상인은 “...”고 했다고 소식통은 전했다)."""
    found = []
    for index, (start, end, one) in enumerate(phrases):
        if one.head not in {"witness", "actor"} or page.quoted(start) or not (one.marks & {"one", "new"} or one.base):
            continue
        quote = listed_cjk.quoted_by(page, end)
        if quote is not None and any(listed_cjk.relays(page, quote, other) for other, _, _ in phrases[index + 1 :]):
            found.append(replace(one, heard=True))
    return found


def _by_number(page: Page) -> list[Citation]:
    """Several who tell something together, or one of those cited before, told apart by number only."""
    some = listed_cjk.counted(page)
    if some is not None:
        hit, many = some
        knows = next(page.lexicon("knows").scan(page.s, max(0, hit.start - 24), hit.start), None)
        if knows is not None and _described(page, hit.start):
            return [page.cite(hit, hit.start, {f"count {many}"}, None)]
    return [page.cite(hit, hit.start, set(), None) for hit in listed_cjk.ordinals(page)]


def _passed_on(page: Page, one: Citation) -> Citation:
    """Somebody whose words another voice here passes on is heard from; else the words are their own."""
    end = one.span.end - page.sentence.span.start
    return replace(one, heard=one.heard or page.lexicon("as told").at(page.s, end) is not None)


def _telling(page: Page, subjects: list[Citation], told: bool) -> list[Citation]:
    """Of the subjects of a sentence those of its telling verb: its topics, else the last (the others belong to
    what is told), or nobody where it is said before according to whom."""
    if page.text.language == "zh":
        return subjects
    offset = page.sentence.span.start
    topics = [c for c in subjects if page.lexicon("topic").at(page.s, _after(page, c.span.end - offset))]
    if page.text.language == "ja" and len(topics) > 1:
        also = [c for c in topics if not page.s.startswith("も", _after(page, c.span.end - offset))]
        topics = also or topics
    if topics or told or _topic_named(page):
        return topics
    return subjects[-1:]


def _topic_named(page: Page) -> bool:
    """Whether it is somebody with a name of whom the sentence says that he tells (A씨는 ... 말했다)."""
    pattern = _CJK_NAME.get(page.text.language)
    found = pattern.finditer(page.s) if pattern else iter(())
    return any(page.lexicon("topic").at(page.s, m.end()) and not page.quoted(m.start()) for m in found)


def _after(page: Page, end: int) -> int:
    bracket = _BRACKETS.match(page.s, end)
    return bracket.end() if bracket else end


def _grown(page: Page, start: int) -> tuple[int, set[str], str | None]:
    """Over modifiers, outlets and places that stand right before a head; the finest of the places."""
    marks: set[str] = set()
    base: str | None = None
    low = max(0, start - 60)
    some = _SOME.search(page.s, low, start)
    if some is not None and page.modifier_at(some.start()) is not None:
        marks.add(page.modifier_at(some.start()).group)  # type: ignore[union-attr]
        start = some.start()
    ends: dict[int, Hit] = {}
    for position in range(low, start):
        hit = page.modifier_at(position)
        if hit and hit.end <= start:
            ends.setdefault(hit.end, hit)
    places = {b: (a, place) for a, b, place in page.places if low <= a < start}
    while start > low:
        cut = start
        while cut > low and page.s[cut - 1] in " 의の的":
            cut -= 1
        bracket = _BRACKETS_BEFORE.search(page.s, low, cut)
        for end in (start, cut, bracket.start() if bracket else cut):
            if end in places:
                start, place = places[end]
                base = base or place
                break
            if end in ends:
                start = ends[end].start
                marks.add(ends[end].group)
                break
        else:
            break
    if {"one", "the"} <= marks:
        marks.discard("the")
    return start, {mark for mark in marks if not mark.startswith("outlet")}, base


def _cjk_name(page: Page, hit: Hit) -> tuple[str, int] | None:
    """A name right after the head (회령 주민 이정삼(가명)씨)."""
    pattern = _CJK_NAME.get(page.text.language)
    found = pattern.match(page.s, hit.end + (page.s[hit.end : hit.end + 1] in {" ", "の", "、"})) if pattern else None
    return (found.group(1), found.end()) if found else None


def _heard_cjk(page: Page, hit: Hit, end: int) -> bool:
    if page.starting.get(end) == "heard after":
        return page.lexicon("handed").at(page.s, _heard_end(page, end)) is None
    told = next((sign for sign in page.of("told source") if sign.start >= end), None)
    hearsay = told is not None and page.s[told.start : told.end].endswith("고 한다")
    if hearsay and (hit.group == "actor" or page.dialogue):
        return False
    return (
        told is not None
        and hit.group != "source"
        and told.start - end <= 40
        and bool(page.lexicon("subject").at(page.s, end))
    )


def _heard_end(page: Page, start: int) -> int:
    return next((sign.end for sign in page.of("heard after") if sign.start == start), start)


def _told_within(page: Page, hit: Hit, start: int, end: int, marks: set[str]) -> bool:
    """Whether whoever is quoted has it from this one (“내 사촌의 말로는 ...”, 『知人は...と話していた』)."""
    if not page.quoted(start) or hit.group not in {"witness", "actor"}:
        return False
    if _according(page, start, end):
        return True
    introduced = bool(marks & {"one", "new"}) or (hit.group == "witness" and _described(page, start))
    told = next(page.lexicon("told within").scan(page.s, end), None) if introduced else None
    return told is not None and page.quoted(told.start) and page.lexicon("subject").at(page.s, end) is not None


def topic(page: Page) -> Citation | None:
    """Somebody described whom a sentence is about, and who may be the one quoted in the next."""
    for hit in page.heads:
        end = _after(page, hit.end)
        if page.lexicon("topic").at(page.s, end) is None or page.quoted(hit.start):
            continue
        start, marks, base = _grown(page, hit.start)
        apposed = any(head.group == "witness" and 0 <= hit.start - head.end <= 1 for head in page.heads)
        attribute = page.s[: hit.start]
        plain = not any(mark in attribute for mark in "、,") and page.lexicon("caught").at(attribute, 0) is None
        introduced = base is not None or bool(marks) or apposed or _described(page, hit.start)
        if plain and introduced and hit.group in {"witness", "actor"}:
            asked = hit.group == "witness" or apposed
            return page.cite(hit, start, marks | (set() if asked else {"story"}), base)
        return None
    return None


def _according(page: Page, start: int, end: int) -> bool:
    told = "according" in {page.starting.get(end), page.starting.get(end + 1)}
    return told or page.ending.get(start) == "according before" or _ends_cleft(page, end)


def _reaches_us(page: Page, hit: Hit, end: int) -> bool:
    """Whether a call or letter of somebody whom no story would tell of reaches the report (友人から便りが届いた)."""
    return hit.group == "witness" and page.lexicon("reaches us").at(page.s, end) is not None


def _ends_cleft(page: Page, end: int) -> bool:
    """Whether the noun that ends at `end` is who tells what the sentence begins with (そう明かすのは、...男性だ)."""
    tail = page.lexicon("it is").at(page.s, end)
    return tail is not None and len(page.s) - tail.end <= 12 and page.any("cleft")


def _pieced_together(page: Page, hit: Hit, end: int, marks: set[str], base: str | None) -> bool:
    """Whether somebody is one of those of whose words a report is pieced together (妻の話と隣人の証言を総合すると)."""
    joined = next(page.lexicon("together").scan(page.s), None)
    if joined is None or hit.end > joined.start or hit.group not in {"witness", "actor", "official", "title"}:
        return False
    introduced = bool(marks) or base is not None or _described(page, hit.start)
    return page.lexicon("words of").at(page.s, end) is not None or introduced


def _tells_cjk(page: Page, hit: Hit, end: int, marks: set[str], base: str | None, named: bool) -> bool:
    if page.quoted(hit.start):
        return False
    if hit.group == "document":
        return page.any("records")
    subject = page.lexicon("subject").at(page.s, end)
    if hit.group in {"state_media", "press"}:
        return subject is not None and page.any("airs")
    if page.text.language == "zh":
        tells = page.tells_between(end, end + 13)
    else:
        quoted = page.quoted_at_end >= end and page.lexicon("topic").at(page.s, end) is not None
        tells = subject is not None and (quoted or page.tells_at_end(end))
    if not tells:
        return False
    described = _described(page, hit.start)
    if any(c.end == hit.start for c in page.lexicon("caught").scan(page.s, max(0, hit.start - 8), hit.start)):
        return page.spoken_to
    if hit.group == "actor":
        return page.spoken_to or _asked(page, end, named or described or base is not None or bool(marks))
    testifies = page.lexicon("testifies").at(page.s, hit.start) is not None
    introduced = page.spoken_to or named or base is not None or bool(marks) or described or testifies
    if hit.group == "witness" and page.text.language == "ja" and page.lexicon("topic").at(page.s, end):
        introduced = introduced or _quoting(page, end)
    return introduced or hit.group in {"title", "institution", "state_media"}


def _described(page: Page, start: int) -> bool:
    """Whether a clause or an owner stands before a head ("the woman who lived next door", "her husband")."""
    joined = _COMPOUND[page.text.language].search(page.s, 0, start) if page.text.language in _COMPOUND else None
    before = page.s[: joined.start() if joined else start].rstrip(" ")
    clause = any(page.lexicon("clause end").at(before, len(before) - n) for n in (1, 2) if len(before) > 2)
    return clause or before.endswith(("의", "の"))


def _asked(page: Page, end: int, introduced: bool) -> bool:
    """Whether somebody of the story is asked now: tells in the present, or testifies, or is quoted and introduced."""
    now = page.any("asked now")
    return (_quoting(page, end) and (introduced or now)) or (introduced and now and not page.dialogue)


def _quoting(page: Page, end: int) -> bool:
    """Whether somebody of the story says what is quoted to nobody there, and so to the report."""
    return (page.last_quote >= end or page.after_quote) and not page.dialogue


def _named_cjk(page: Page) -> list[Citation]:
    pattern = _CJK_NAME.get(page.text.language)
    for found in pattern.finditer(page.s) if pattern and page.of("according") else ():
        told = "according" in {page.starting.get(found.end()), page.starting.get(found.end() + 1)}
        if told and not page.quoted(found.start()) and not page.lexicon("not a name").at(page.s, found.start()):
            return [page.cite(Hit("named", *found.span()), found.start(), set(), None, found.group(1))]
    if pattern is None or not page.tells_at_end(0):
        return []
    spoken_to = page.spoken_to or page.any("named")
    for found in pattern.finditer(page.s):
        barred = page.lexicon("not a name").at(page.s, found.start())
        if barred is None and page.lexicon("subject").at(page.s, found.end()):
            hit = Hit("named", found.start(), found.end())
            now = page.any("asked now") and not page.dialogue
            quoted = (page.last_quote >= 0 or page.after_quote) and not page.dialogue
            told = spoken_to or now or (_described(page, found.start()) and quoted)
            return [page.cite(hit, hit.start, set() if told else {"weak"}, None, found.group(1))]
    return []


def _pronouns_cjk(page: Page) -> list[Citation]:
    hit = next(page.lexicon("pronoun").scan(page.s), None)
    if hit is None or not page.tells_at_end(hit.end):
        return []
    return [page.cite(Hit("pronoun", hit.start, hit.end), hit.start, {"pronoun"}, None)]
