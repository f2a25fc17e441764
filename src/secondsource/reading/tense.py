"""Which sentences tell what happens rather than what happened, by the form of their verbs.

Korean has it in the verb next to an act (`korean.habitual`); here are the languages in which the whole sentence
has to be looked at.
"""

from __future__ import annotations

import re

_TELLING = re.compile(
    r"\b(?:said|says|told|explained|added|recalled|wrote|described|noted|observed|put it|replied|learned)\b",
    re.IGNORECASE,
)
_PARTICIPLE = r"caught|held|sent|found|shot|paid|sold|taken|led|beaten|brought|kept"
_PASSIVE = re.compile(rf"\b(is|are|gets|get)\s+(?:{_PARTICIPLE})\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|did|has|have|having|will|would be|been|went|came|took|got|left|gave|made|saw|knew|ran|fled"
    rf"|fell|began|became|broke|spoke|bought|lost|met|sat|stood|drove|heard|thought|died|killed|happened|{_PARTICIPLE})\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"(?:\b(is|are|be|being|get|gets|who|already|so-called|the|a|an|of|by)\s+)?\b[a-z]{2,}ed\b"
    r"(?!\s+(?:by|in|on|at|from|with|to)\b)",
    re.IGNORECASE,
)
"""A past tense, or a participle: that where a group before it, or a preposition after it, says so."""
_WHO = (
    r"you|they|we|he|she|everybody|everyone|nobody|officers|agents|officials|guards|soldiers|police|policemen|brokers"
    r"|families|people|residents|women|men|households|traders|smugglers|defectors|informants|customers|relatives"
    r"|neighbou?rs|(?:the|a) (?:security )?(?:ministry|state|bureau|department|unit|service|officer|agent|broker"
    r"|courier|household|neighbou?r|guard|family)"
)
_USUAL = re.compile(
    r"\b(?:there (?:is|are)|whoever|anyone who|those who|whenever)\b"
    r"|\b(?:is|are|gets?)\s+(?:then |simply |usually )?[a-z]+(?:d|en|t)\b"
    rf"|\b(?:{_WHO})\b[^.;]{{0,40}}?\s(?:[a-z]{{2,}}s|take|hold|wait|ask|demand|come|let|keep|send|pay|get|arrest"
    r"|seize|pick|go|knock|search|want|call|put|say)\b",
    re.IGNORECASE,
)
_STATE = re.compile(r"\b(?:still|being|remains?|(?:is|are) now|believed|feared|reported|said to)\b", re.IGNORECASE)
"""How those of one incident fare now."""


def english(words: str) -> bool:
    """Whether an English sentence stands in the plain present throughout ("whoever turns up is detained")."""
    rest = _TELLING.sub(" ", words)
    if _STATE.search(rest) or _PAST.search(_PASSIVE.sub(r"\1", rest)):
        return False
    if any(match.group(1) is None for match in _ENDED.finditer(rest)):
        return False
    return _USUAL.search(rest) is not None


_END = 80
"""Characters at the end of a sentence that its last verb, and whoever tells it, stand in."""
_PAST_VERB = re.compile(
    r"(?:され|し|せ|られ|れ|させ|え|け|げ|べ|め|ね|て|っ|い|ん|ま){0,8}(?:てい)?(?:た|だ)(?!り|ら|め|い|く)"
)
_TELLER = re.compile(
    r"(?:、?(?:と|などと)[^」。]{0,12}(?:話|語|明か|証言|振り返|説明|打ち明け|指摘|述べ|言(?!われ)|伝え)[^」。]{0,6}"
    r"|と(?:みら|見ら|思わ|さ)れる|という|そうだ|のだ|のです|んです|わけだ|ようだ|らしい|とか)?[」』。）)?？\s…]*$"
)
_PLAIN = re.compile(r"(?:[うくすつむぶぐ]|(?<!てい)(?<!であ)(?<!でい)る|(?<!てい)(?<!でい)ます)$")


def japanese(words: str, end: int) -> bool:
    """Whether a Japanese sentence closes with a plain non-past verb (川岸で捕まえる。).

    Never where the act whose words end at `end` is itself told as past.
    """
    if _PAST_VERB.match(words, end):
        return False
    told = words[-_END:]
    for _ in range(2):
        teller = _TELLER.search(told)
        told = told[: teller.start()] if teller else told
    return _PLAIN.search(told) is not None


_SAID = re.compile(
    r"(?:[”\"’」]\s?)?(?:이?라?고|라며|다며|며|면서)?\s?[가-힣\s]{0,14}"
    r"(?:말|전|했|밝|설명|덧붙|강조|귀띔|지적|증언|털어|토로|주장|알려|한다|우려|하소연|혀를)[가-힣\s]{0,8}[.。]?\s*$"
)
_WAS = re.compile("[았었였했됐갔왔봤났렸졌쳤겼웠뒀섰켰혔췄뤘렀][다는던으지고을]|[은ㄴ] (?:뒤|후|바 있)")
_IS = re.compile(r"([가-힣])다(?=[\s.,”’\"'」]|고|며|면서|는 |$)")
_CLOSING_N = 4
"""Place of the final consonant ㄴ in Unicode's order of syllables."""


def korean(words: str) -> bool:
    """Whether a Korean sentence tells in the plain present throughout (통화가 길면 문을 두드린다)."""
    told = _SAID.sub("", words)
    if _WAS.search(told):
        return False
    return any(m[1] == "는" or (ord(m[1]) - ord("가")) % 28 == _CLOSING_N for m in _IS.finditer(told))
