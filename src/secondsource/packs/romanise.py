"""Korean names in Latin letters: the three systems in use, and a key under which their spellings meet.

`mccune_reischauer` (1939), `revised` (Republic of Korea, 2000) and `dprk` (the form of 1992) write
Hangul as it is spoken, with the assimilations that place names have. `loose` takes any spelling, of a
system or of nobody's, to a key that does not tell systems apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
# A tail as it is spoken before a consonant, and as it moves to a following vowel.
_SPOKEN = dict.fromkeys("ㄱㄲㄳㅋㄺ", "ㄱ") | dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎ", "ㄷ") | dict.fromkeys("ㅂㅄㅍㄿ", "ㅂ")
_SPOKEN |= (
    dict.fromkeys("ㄴㄵㄶ", "ㄴ")
    | dict.fromkeys("ㄹㄼㄽㄾㅀ", "ㄹ")
    | dict.fromkeys("ㅁㄻ", "ㅁ")
    | {"ㅇ": "ㅇ", "": ""}
)
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}

_MR_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "ŏ",
    "e",
    "yŏ",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wŏ",
    "we",
    "wi",
    "yu",
    "ŭ",
    "ŭi",
    "i",
]
_RR_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_MR_LEADS = ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", ".", "ch", "tch", "ch'", "k'", "t'", "p'", "h"]
_RR_LEADS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", ".", "j", "jj", "ch", "k", "t", "p", "h"]
_DPRK_LEADS = ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", ".", "j", "jj", "ch", "kh", "th", "ph", "h"]
_VOICED = {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}
_FINALS = {"ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ng", "": ""}

_VOICED_DPRK = frozenset((before, lead) for before in ("", *"ㄴㄹㅁㅇ") for lead in _VOICED)
_VOICED_MR = _VOICED_DPRK - {("ㄹ", "ㄷ"), ("ㄹ", "ㅈ")}

# The revised system writes voiced letters everywhere but at the end: nothing is left to voice.
_VOICED_RR: frozenset[tuple[str, str]] = frozenset()

Syllable = tuple[str, str, str]


def _syllables(hangul: str) -> list[Syllable]:
    found: list[Syllable] = []
    for char in hangul:
        code = ord(char) - 0xAC00
        if not 0 <= code < 11172:
            raise ValueError(f"{hangul!r} is not written in Hangul syllables alone")
        found.append((_LEADS[code // 588], _VOWELS[code % 588 // 28], _TAILS[code % 28]))
    return found


def _spoken(hangul: str, *, keep_r: bool) -> list[Syllable]:
    """Syllables as they sound. `keep_r` leaves ㄹ after ㅁ and ㅇ, as the DPRK writes it."""
    said = _syllables(hangul)
    for i, (lead, vowel, tail) in enumerate(said):
        last = i == len(said) - 1
        following = "" if last else said[i + 1][0]
        if following == "ㅇ" and tail not in {"", "ㅇ", "ㅎ"}:
            said[i] = (lead, vowel, "")
            said[i + 1] = (tail if tail in _LEADS else _SPOKEN[tail], *said[i + 1][1:])
            continue
        spoken, following = _meet(_SPOKEN[tail], following, keep_r=keep_r)
        said[i] = (lead, vowel, spoken)
        if not last:
            said[i + 1] = (following, *said[i + 1][1:])
    return said


def _meet(tail: str, lead: str, *, keep_r: bool) -> tuple[str, str]:
    if (tail, lead) in {("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")}:
        return "ㄹ", "ㄹ"
    if lead == "ㄹ" and (tail in _NASAL or (tail in {"ㅁ", "ㅇ"} and not keep_r)):
        lead = "ㄴ"
    if tail in _NASAL and lead in {"ㄴ", "ㅁ"}:
        tail = _NASAL[tail]
    return tail, lead


def _write(said: list[Syllable], leads: list[str], vowels: list[str], voiced: frozenset[tuple[str, str]]) -> str:
    out: list[str] = []
    before = "start"
    for lead, vowel, tail in said:
        letter = leads[_LEADS.index(lead)].strip(".")
        if (before, lead) in voiced:
            letter = _VOICED[lead]
        out += ["l" if lead == "ㄹ" and before == "ㄹ" else letter, vowels[_VOWELS.index(vowel)], _FINALS[tail]]
        before = tail
    return "".join(out).capitalize()


def mccune_reischauer(hangul: str) -> str:
    """`회령` gives `Hoeryŏng`. ValueError where something else than Hangul syllables stands in it."""
    return _write(_spoken(hangul, keep_r=False), _MR_LEADS, _MR_VOWELS, _VOICED_MR)


def revised(hangul: str) -> str:
    """`회령` gives `Hoeryeong`."""
    return _write(_spoken(hangul, keep_r=False), _RR_LEADS, _RR_VOWELS, _VOICED_RR)


def dprk(hangul: str) -> str:
    """`평안` gives `Phyŏngan`."""
    return _write(_spoken(hangul, keep_r=True), _DPRK_LEADS, _MR_VOWELS, _VOICED_DPRK)


def southern(hangul: str) -> str:
    """The spelling of the South: initial ㄹ becomes ㄴ or falls silent, ㄴ before i and y falls silent."""
    if not hangul or not "가" <= hangul[0] <= "힣":
        return hangul
    code = ord(hangul[0]) - 0xAC00
    lead, vowel = _LEADS[code // 588], _VOWELS[code % 588 // 28]
    soft = vowel in "ㅑㅒㅕㅖㅛㅠㅣ"
    if lead not in "ㄹㄴ" or (lead == "ㄴ" and not soft):
        return hangul
    start = _LEADS.index("ㅇ" if soft else "ㄴ")
    return chr(0xAC00 + start * 588 + code % 588) + hangul[1:]


def variants(hangul: str) -> tuple[str, ...]:
    """Every system's spelling of a name, northern and southern, with diacritics and without."""
    forms: dict[str, None] = {}
    for name in dict.fromkeys((hangul, southern(hangul))):
        for system in (dprk, mccune_reischauer, revised):
            forms |= {system(name): None, plain(system(name)).capitalize(): None}
    return tuple(forms)


_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`ʼ´"))


@lru_cache(maxsize=65536)
def plain(latin: str) -> str:
    """Lower case, without diacritics and apostrophes."""
    decomposed = unicodedata.normalize("NFD", latin.casefold().translate(_APOSTROPHES))
    if decomposed.isascii():
        return decomposed
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


# In this order. Vowels first: what is left of each is one letter or a pair that stands for one sound.
_FOLDS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"yey", "ye"),
        (r"y(?:eo|u|ou|oo)(?=n)", "yo"),
        (r"yeo|you", "yo"),
        (r"h(?:oi|we|oe)", "hoe"),
        (r"eui", "ui"),
        (r"eo", "o"),
        (r"eu|oo", "u"),
        (r"ae", "e"),
        (r"ee", "i"),
        (r"un(?=g)", "on"),
        (r"sh(?=[iw])", "s"),
        (r"tch|ch|jj|j", "c"),
        (r"kh|gh?", "k"),
        (r"th|d", "t"),
        (r"ph|b", "p"),
        (r"^[rl](?=y)|^n(?=y)", ""),
        (r"^[rl]", "n"),
        (r"nkl|nkr", "nkn"),
        (r"m[rl]", "mn"),
        (r"(?<!n)k[nrl]", "nkn"),
        (r"p[nrl]", "mn"),
        (r"[nrl][rl]|[rl]n", "l"),
        (r"r", "l"),
        (r"([a-z])\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def loose(word: str) -> str:
    """A key that is the same for every spelling of one Korean word: `Hoeryŏng`, `Hoeryeong`, `Hoiryung`.

    It says nothing of words that are not Korean; two names may share a key.
    """
    key = plain(word)
    for pattern, to in _FOLDS:
        key = pattern.sub(to, key)
    return key
