"""Those who tell something in Korean and Japanese and whom no list has, or who share their verb with another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from secondsource.reading.lexicon import Hit

if TYPE_CHECKING:
    from secondsource.reading.citation import Page

_QUOTING = {
    "ko": re.compile(
        r"(?<![가-힣])([가-힣]{1,6}(?:원|자|꾼|사|공|상|생|인|수|[농어광과주]부|민|년|녀|댁|노파))(?:은|는|이|만이|도)\s?[“\"‘]"
    ),
    "ja": re.compile(
        r"([一-鿿ァ-ヺー]{1,8}(?:者|員|人|師|士|家|手|屋|商|主|売り|生|工|職|婦|守|番|係|夫|子|年|女))"
        r"(?:[(（][^()（）]{1,12}[)）])?(?:は|が|も|だけが|だけは)、?[「『]"
    ),
}
"""Nouns for persons by their ending, as the subject of what is quoted right after."""
_CITED = {
    "ko": re.compile(r"(?<![가-힣])([가-힣]{1,6}(?:자|꾼|민|녀|장|님|(?<![병공법의])원))$"),
    "ja": re.compile(r"([一-鿿ァ-ヺー]{1,7}(?:者|員|師|士|屋|商|守|婦|夫))$"),
}
"""Nouns for persons by their ending, right before what says that they are cited."""
_BODIES = {
    "ko": re.compile(
        r"((?:[가-힣A-Za-z]{1,12}\s?){1,3}?(?:협회|재단|연대|네트워크|연합회?|센터|시민연합|선교회|운동본부|연구소|위원회|모임"
        r"|단체|본부|연맹|기구|구조대|교회))(?:은|는|측은|도|에 따르면|에 의하면|가|이)(?![가-힣])"
    ),
    "ja": re.compile(
        r"([一-鿿ァ-ヺーA-Za-z・]{1,14}(?:協会|財団|連帯|ネットワーク|センター|の会|機構|研究所|同盟|連合会?|基金|救援会"
        r"|市民連合|宣教会|教会))(?:は|が|も|側は|によると|によれば)"
    ),
}
_BODY = re.compile(
    r"협회|재단|연대|네트워크|연합|센터|선교회|운동본부|연구소|위원회|모임|단체|본부|연맹|기구|구조대|교회"
    r"|協会|財団|連帯|ネットワーク|センター|の会|機構|研究所|同盟|連合|基金|救援会|宣教会|教会"
)
_STATE = re.compile(
    r"보위|안전|보안|인민|로동당|노동당|당 |국방|사회주의|청년동맹|여맹|검열"
    r"|保衛|安全|保安|人民|労働党|国防|女盟|公安|検閲"
)
_JOINT = {
    "ko": re.compile(
        r"(?:과|와|이나|하고|\s?및),?\s(?!연락|통화|거래|접촉|왕래|가까|함께|같이|동행|만나|친|결혼|살|알|관련|달리|더불)"
        r"[^“”\".]{0,30}|,\s?[^“”\".]{0,24}"
    ),
    "ja": re.compile(
        r"(?:と|や|および|及び)、?(?!連絡|電話|取引する|往来|行き来|親し|一緒|共に|とも|会っ|面識|暮ら|結婚|近い|つなが|接触|付き合|知り合|通じ|同じ"
        r"|いう|する)[^「」。]{0,30}|、[^「」。]{0,24}"
    ),
}
_COUNTED = {
    "ko": re.compile(r"((?:두|세|네|[2-4])\s?(?:사람|명))(?:은|는|이|가|도)(?![가-힣])"),
    "ja": re.compile(r"((?:[2-4２-４二三四])(?:人|名))(?:は|が|も)"),
}
_HOW_MANY = {"두": 2, "세": 3, "네": 4, "２": 2, "３": 3, "４": 4, "二": 2, "三": 3, "四": 4}
_ORDINAL = {
    "ko": re.compile(
        r"((?:(?:또 )?다른 |또 |나머지 )?한 (?:사람|명)|(?:첫|두|세) ?번째 (?:사람|명))(?:은|는|이|가)(?![가-힣])"
    ),
    "ja": re.compile(r"((?:もう|残る|いま)(?:一人|1人|ひとり)|[1-3一二三]人目|(?<![\d一-鿿])(?:一人|1人))(?:は|が)"),
}
NUMBERS = {
    "첫 번째 사람": 1, "두 번째 사람": 2, "세 번째 사람": 3,
    "1人目": 1, "一人目": 1, "2人目": 2, "二人目": 2,
    "3人目": 3, "三人目": 3, "다른 한 사람": -1, "다른 한 명": -1, "또 다른 한 사람": -1, "또 다른 한 명": -1,
    "또 한 사람": -1, "또 한 명": -1, "나머지 한 사람": -1, "나머지 한 명": -1, "もう一人": -1, "もう1人": -1,
    "もうひとり": -1, "残る一人": -1, "残る1人": -1, "いま一人": -1,
}  # fmt: skip
"""Which of several an ordinal is, counted from 1; the other one is -1."""


def heads(page: Page, taken: Sequence[Hit]) -> list[Hit]:
    """Heads that are none of those `taken`: persons by the ending of their noun, bodies by that of their name."""
    found: list[Hit] = []
    quoting, bodies = _QUOTING.get(page.text.language), _BODIES.get(page.text.language)
    if quoting is not None and any(mark in page.s for mark in '“"‘「『'):
        found.extend(Hit("witness", one.start(1), one.end(1)) for one in quoting.finditer(page.s))
    if bodies is not None and _BODY.search(page.s):
        for one in bodies.finditer(page.s):
            name = one.group(1)
            if len(name) > 3 and _STATE.search(name) is None:
                found.append(Hit("institution", one.start(1), one.end(1)))
    cited = _CITED.get(page.text.language)
    for sign in [*page.of("according"), *page.of("heard after")] if cited is not None else ():
        noun = cited.search(page.s, max(0, sign.start - 9), sign.start) if cited else None
        if noun is not None:
            found.append(Hit("witness", noun.start(1), noun.end(1)))
    kept: list[Hit] = []
    for hit in found:
        if not any(h.start < hit.end and hit.start < h.end for h in (*taken, *kept)):
            kept.append(hit)
    return kept


def joined(page: Page, end: int, start: int) -> bool:
    """Whether a head that ends at `end` is in one list with the phrase that starts at `start`."""
    joint = _JOINT.get(page.text.language)
    return joint is not None and end < start and joint.fullmatch(page.s, end, start) is not None


def counted(page: Page) -> tuple[Hit, int] | None:
    """Some people by their number who tell something together ("사정을 아는 두 사람이 전했다"), and how many."""
    pattern = _COUNTED.get(page.text.language)
    for one in pattern.finditer(page.s) if pattern else ():
        if page.quoted(one.start(1)) or not page.tells_at_end(one.end()):
            continue
        first = one.group(1)[0]
        return Hit("witness", one.start(1), one.end(1)), _HOW_MANY.get(first) or int(first)
    return None


def ordinals(page: Page) -> Iterator[Hit]:
    """Those who are told apart by number only, where they tell something ("한 사람은 ..., 다른 한 사람은 ...")."""
    pattern = _ORDINAL.get(page.text.language)
    for one in pattern.finditer(page.s) if pattern else ():
        if not page.quoted(one.start(1)) and page.tells_at_end(one.end()):
            yield Hit("ordinal", one.start(1), one.end(1))


_OPENS = {
    "ko": re.compile(r"(?:은|는|이|가|도|만이)?\s?[“\"]([^“”\"]{2,160})[”\"]"),
    "ja": re.compile(r"(?:は|が|も)?、?「[^「」]{2,160}」"),
}
_PASSES_ON = {
    "ko": re.compile(r"(?:이?라?고|라며|며|면서)?[^“”\"]{0,24}(?:다|라)고\s(?:이 |그 |현지 )?"),
    "ja": re.compile(r"と[^「」。]{0,16}(?:た|る|いう)と、?(?:この|その)?"),
}


def quoted_by(page: Page, end: int) -> int | None:
    """Where the quotation ends that somebody speaks whose noun ends at `end`."""
    opens = _OPENS.get(page.text.language)
    found = opens.match(page.s, end) if opens else None
    return found.end() if found else None


def relays(page: Page, quote: int, start: int) -> bool:
    """Whether whoever stands at `start` tells that somebody said what ends at `quote`."""
    passes = _PASSES_ON.get(page.text.language)
    return passes is not None and quote < start and passes.fullmatch(page.s, quote, start) is not None
