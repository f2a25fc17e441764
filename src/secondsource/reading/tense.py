"""Which sentences tell what happens rather than what happened, by the form of their verbs.

Languages that have it in the verb next to an act keep it with their grammar (`korean.habitual`); here are those in
which the sentence has to be looked at.
"""

from __future__ import annotations

import re

_SAID = r"said|says|told|explained|added|recalled|wrote|described|noted|observed|put it|replied|learned"
_TELLING = re.compile(rf"\b(?:{_SAID})\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|did|has|have|having|will|would be|been|went|came|took|got|left|gave|found|made|saw|knew|sent"
    r"|held|kept|brought|led|ran|beat|shot|fled|fell|paid|began|caught|became|broke|spoke|sold|bought|lost|met|sat"
    r"|stood|drove|heard|thought|died|killed|happened)\b(?<!are caught)(?<!is caught)(?<!are held)(?<!is held)"
    r"(?<!are sent)(?<!is sent)(?<!are found)(?<!is found)(?<!are shot)(?<!is shot)(?<!gets caught)(?<!get caught)"
    r"(?<!are paid)(?<!is paid)(?<!are sold)(?<!is sold)(?<!are taken)(?<!are led)(?<!is led)(?<!get sent)",
    re.IGNORECASE,
)
_ENDED = re.compile(r"(?:\b(is|are|be|being|get|gets|who|already|so-called|the|a|an|of|by)\s+)?\b[a-z]{2,}ed\b(?!\s+(?:by|in|on|at|from|with|to)\b)", re.IGNORECASE)
_WHO = (
    r"you|they|we|officers|agents|officials|guards|soldiers|police|policemen|brokers|families|people|residents|women|men"
    r"|households|traders|smugglers|defectors|informants|customers|relatives|neighbou?rs|those who [a-z ]{1,30}"
    r"|(?:the|a) (?:ministry|state|bureau|department|unit|security ministry|service|officer|agent|broker|courier|household"
    r"|neighbou?r|guard|family)|whoever [a-z ]{1,30}|anyone who [a-z ]{1,30}|everybody|everyone|nobody|he|she"
)
_USUAL = re.compile(
    r"\b(?:whoever|anyone who|those who|whenever)\b|\b(?:is|are|gets?)\s+(?:then |simply |usually )?[a-z]+(?:ed|en|t|d)\b"
    rf"|\b(?:{_WHO})\b[^.;]{{0,40}}?\s(?:[a-z]{{2,}}s|take|hold|wait|ask|demand|come|let|keep|send|pay|get|arrest|seize"
    r"|pick|go|knock|search|want|call|put|say)\b",
    re.IGNORECASE,
)
_STILL = re.compile(r"\b(?:still|is being|are being|remains?|is now|are now|believed|feared|reported|said to)\b", re.IGNORECASE)


def english(words: str, start: int, end: int) -> bool:
    """Whether an English sentence stands in the plain present throughout ("whoever turns up is detained")."""
    rest = _TELLING.sub(" ", words)
    if _PAST.search(rest) or _STILL.search(rest):
        return False
    if any(match.group(1) is None for match in _ENDED.finditer(rest)):
        return False
    return _USUAL.search(rest) is not None


_PAST_VERB = re.compile(r"(?:され|し|せ|られ|れ|させ|え|け|げ|べ|め|ね|て|っ|い|ん|ま)*(?:てい)?(?:た|だ)(?!り|ら|め|い|く)")
_TELLER = re.compile(
    r"(?:、?(?:と|などと)[^」。]{0,12}(?:話|語|明か|証言|振り返|説明|打ち明け|指摘|述べ|言|い|伝え)[^」。]{0,6}|という|そうだ|のだ|のです|んです|わけだ"
    r"|ようだ|らしい|とか)?[」』。）)\s…]*$"
)
_PLAIN = re.compile(r"(?:[うくすつむぶぐ]|(?<!てい)(?<!であ)(?<!でい)る|(?<!てい)(?<!でい)ます)$")


def japanese(words: str, start: int, end: int) -> bool:
    """Whether a Japanese sentence closes with a plain non-past verb (川岸で捕まえる。), the act's own not being past."""
    if _PAST_VERB.match(words, end):
        return False
    told = words
    for _ in range(2):
        told = told[: _TELLER.search(told).start()] if _TELLER.search(told) else told
    return _PLAIN.search(told) is not None
