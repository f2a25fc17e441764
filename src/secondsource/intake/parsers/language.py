"""Which of our languages a text is in: by its letters, and for Latin letters by its commonest words."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

_SAMPLE = 20_000
_HANGUL = re.compile(r"[가-힣ㄱ-ㆎ\u1100-\u11ff]")
_KANA = re.compile(r"[ぁ-ゖァ-ヺｦ-ﾝ]")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_OTHER = re.compile(r"[Ͱ-ϿЀ-ԯ԰-֏֐-׿؀-ۿऀ-෿฀-๿ༀ-࿿က-႟]")
_WORD = re.compile(r"[a-zà-ɏḁ-ỿ]{1,20}")

_NAMES = {
    "en": "en eng english 영어 英語 英语",
    "ko": "ko kor kr korean 한국어 조선어 韓国語 朝鮮語 韩语 朝鲜语",
    "ja": "ja jpn jp japanese 일본어 日本語 日语",
    "zh": "zh zho chi cn chinese 중국어 中国語 中文 汉语 漢語",
}
_CODE = {name: code for code, names in _NAMES.items() for name in names.split()}


def detect(text: str) -> str:
    """en, ko, ja, zh, or und where it is none of them or cannot be told."""
    sample = text[:_SAMPLE]
    hangul, kana, han, latin, other = (len(p.findall(sample)) for p in (_HANGUL, _KANA, _HAN, _LATIN, _OTHER))
    # a syllable or ideogram says about as much as two Latin letters
    asian, western = hangul + kana + han, latin / 2
    if (not asian and not latin) or other > max(asian, latin):
        return "und"
    if asian < western:
        return _latin(sample)
    if hangul >= max(kana, asian * 0.2):
        return "ko"
    if kana > 0.03 * asian:
        return "ja"
    return _ideograms(sample, han)


def settle(stated: object, text: str) -> tuple[str, str | None]:
    """The language that is stated, unless the script of the text cannot be its; and a note then."""
    code = _CODE.get(re.split(r"[-_]", str(stated).strip().lower())[0]) if stated else None
    found = detect(text)
    if code is None:
        return ("und" if stated and found == "en" else found), None
    if found == code:
        return code, None
    if found == "und" or ({found, code} == {"ja", "zh"} and not _KANA.search(text)):
        return code, None
    return found, f"it is said to be in {code}, but its script is that of {found}"


def _ideograms(sample: str, han: int) -> str:
    """Chinese or Japanese without kana: by the forms of ideograms that only one of them has."""
    chinese = japanese = 0
    for letter in set(_HAN.findall(sample)):
        simplified, traditional, shinjitai = (_has(letter, codec) for codec in ("gb2312", "big5", "cp932"))
        chinese += (simplified or traditional) and not shinjitai
        japanese += shinjitai and not simplified and not traditional
    if chinese != japanese:
        return "zh" if chinese > japanese else "ja"
    return "zh" if han > 40 else "und"


def _has(letter: str, codec: str) -> bool:
    try:
        letter.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _latin(sample: str) -> str:
    words = _WORD.findall(sample.lower())
    counts = {code: sum(word in common for word in words) for code, common in _common_words().items()}
    english = counts.pop("en")
    enough = english >= max(1, 0.08 * len(words)) and english > max(counts.values())
    return "en" if enough else "und"


@lru_cache(maxsize=1)
def _common_words() -> dict[str, frozenset[str]]:
    with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as file:
        return {row["language"]: frozenset(row["words"].split()) for row in csv.DictReader(file)}
