"""The expressions that phrases about people in Korean, Japanese and Chinese are read by, of a pack's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from secondsource.reading.people_words import Draft, Words


@dataclass(slots=True)
class Patterns:
    decade: re.Pattern[str]
    years: re.Pattern[str]
    counter: re.Pattern[str]
    name: re.Pattern[str]
    after: re.Pattern[str]
    apart: re.Pattern[str]
    owned: re.Pattern[str]
    linked: re.Pattern[str]
    listed: re.Pattern[str]
    conjoined: re.Pattern[str]
    taken: re.Pattern[str]
    sized: re.Pattern[str]
    toll: re.Pattern[str]
    by_ending: re.Pattern[str]
    topic: re.Pattern[str]


@dataclass(slots=True)
class Item:
    """One word of a phrase about people."""

    kind: str
    start: int
    end: int
    draft: Draft


@lru_cache(maxsize=8)
def patterns_of(words: Words) -> Patterns:
    language = words.language
    decade, years = words.choice("decade_mark"), words.choice("years_old")
    part = words.choice("decade_part")
    surname = (
        "(?:"
        + "|".join(sorted(map(re.escape, words.pack.phrase("people", "surnames", language)), key=len, reverse=True))
        + ")"
    )
    honorific = words.choice("honorific")
    pseudonym = words.choice("pseudonym")
    note = r"\s?[(（](?P<note{}>[^()（）\n]{{1,24}})[)）]"
    between = words.choice("between")
    tens = r"(?P<tens>[1-9]0|" + words.choice("decade") + ")" if language == "zh" else r"(?P<tens>[1-9]0)"
    given = {"ko": "[가-힣]{0,2}", "ja": "(?:(?![氏某])[ァ-ヶー・一-龥]){0,10}", "zh": "[一-龥]{0,2}?"}.get(
        language, ""
    )
    called = {"ko": "[가-힣]{2,4}", "ja": "[ァ-ヶー・一-龥]{2,12}", "zh": "[一-龥]{2,4}"}.get(language, r"\w{2,9}")
    edge = "(?<![ァ-ヶー])" if language == "ja" else "(?<![가-힣一-龥])"
    latin = r"(?<![A-Za-z])[A-Z](?=(?:さん|氏|씨|某))" if language in {"ko", "ja"} else "(?!)"
    return Patterns(
        decade=re.compile(rf"(?<![\d.,第제]){tens}\s?(?P<mark>{decade})(?:의?の?\s?(?P<part>{part}))?(?!\d)"),
        years=re.compile(rf"(?<![\d.,])(?P<age>\d{{1,2}})\s?{years}"),
        counter=re.compile(rf"\s?여?\s?(?P<counter>{words.choice('counters')})(?:여)?"),
        name=re.compile(
            rf"{edge}(?P<name1>{surname}(?:{given}|\s모)){note.format(1)}\s?{honorific}?"
            rf"|{edge}(?P<name2>{surname}(?:{given}|\s모))\s?{honorific}(?:{note.format(2)})?(?:\s?{honorific})?"
            rf"|(?<![ァ-ヶ一-龥])(?P<name3>{called})\s?[(（]\s?{pseudonym}(?P<note3>[^()（）\n]{{0,20}})[)）]\s?{honorific}?"
            rf"|(?P<name4>{latin})"
        ),
        apart=re.compile(r"[.,、。，;:!?」』”\"\n]|^(?:이|가|은|는|을|를|에|도|が|は|を|に|で|も|と|와|과)(?:\s|$)"),
        owned=re.compile(
            rf"\s?{between}\s?(?:[가-힣ぁ-ん一-龥]{{1,5}}\s?){{0,2}}" + ("|[一-龥]{1,5}" if language == "zh" else "")
        ),
        after=re.compile(rf"(?:{words.choice('plural_suffix')})?\s?(?:约|約|약|総勢)?\s?"),
        linked=re.compile(rf"\s?(?:{between})?\s?(?:[가-힣ぁ-ん一-龥]{{1,5}}(?<![와과])\s?){{0,2}}"),
        conjoined=re.compile(
            r"\s?(?:와|과|및|하고|이랑|랑|그리고)\s?(?:[가-힣]{1,5}\s){0,3}|と(?:その)?|や|及び|および|和|与|及"
        ),
        taken=re.compile(words.choice("taken along")),
        sized=re.compile(r"\s?(?:は|은|는)\s?(?:計|総勢|全部で|合わせて|모두|총|전부)?\s?"),
        toll=re.compile(rf"(?:{words.choice('toll')})[ 、,]*"),
        topic=re.compile("[は、]$"),
        by_ending=re.compile(
            rf"\s?(?:{between})?\s?(?P<noun>(?:[가-힣]{{1,6}}|[一-龥ァ-ヶー]{{1,8}})?{words.choice('ending')})"
            rf"(?={words.choice('after noun')}|[\s、。,.(（]|$)"
        ),
        listed=re.compile(r"\s?(?:[,、，・·]|와|과|및|하고|이랑|랑|と|や|和|与|及|그리고|、そして)?\s?"),
    )
