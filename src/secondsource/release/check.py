"""Reads a release as a stranger would, and says where anything exact is left in it.

It shares no code with what makes the release (but the rule which places may be named): a mistake there must
show here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from secondsource.model import Incident, Report, Source, SumMention
from secondsource.packs import Pack
from secondsource.release.coarsen import may_be_named
from secondsource.release.dossier import FACTS, NOTE, SUPPORT, VERDICTS
from secondsource.release.model import Check, Policy

RUN_WORDS, RUN_LETTERS = 12, 20
"""So many words, or ideograms, syllables and kana, in the same order are a copy."""

_CJK = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿가-힣]")
_WORDS = re.compile(r"\w+")
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = re.compile(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d)|\d{1,2}\s?[日일号號]"
    rf"|\b{_MONTH}\.?\s\d{{1,2}}(?!\d)|\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}\b"
)
_AGE = re.compile(
    r"\b\d{1,3}[\s-]?(?:years?|yrs?)[\s-]?(?:old|of age)?\b|\b(?:aged?|age of)\s?:?\s?\d|\b\d{1,3}\s?[세살歳才岁歲]"
    r"|,\s\d{2},"
)
_IDS = re.compile(r"\b(?:[a-z]{1,4}_)[0-9a-f]{16}\b")
_FIXED = " ".join([*FACTS.values(), *VERDICTS.values(), *SUPPORT.values(), NOTE, "a the source sources said say says"])

Document = Mapping[str, str]
"""Where a piece of the release stands, to its text, in the form that is searched."""


def checks(
    markdown: str,
    data: Mapping[str, Any],
    incident: Incident,
    reports: Mapping[str, Report],
    sources: Mapping[str, Source],
    pack: Pack,
    policy: Policy,
) -> tuple[Check, ...]:
    """Every check, passed or not."""
    pieces = {f"line {n}": _folded(line) for n, line in enumerate(markdown.split("\n"), 1)}
    pieces |= {place: _folded(text) for place, text in _leaves(data, "data")}
    found: dict[str, Iterable[str]] = {
        "a voice's words": _where(pieces, _voices(incident)),
        "a person's name": _where(pieces, _names(incident)),
        "an exact age": _where(pieces, lambda text: bool(_AGE.search(text))),
        "an exact day": _where(pieces, lambda text: bool(_DAY.search(text))),
        "a place finer than the policy": _where(pieces, _fine_places(incident, pack, policy)),
        "an exact sum": _where(pieces, _sums(incident)),
        "an identifier": _where(pieces, _identifiers(incident, reports, sources)),
        "a run of a report's words": _copies(pieces, reports),
    }
    return tuple(Check(name=name, passed=not at, found=at) for name, at in ((n, tuple(f)) for n, f in found.items()))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _leaves(value: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for number, (key, inner) in enumerate(value.items()):
            yield f"{at}, key {number}", str(key)
            yield from _leaves(inner, f"{at}, {number}")
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{at}, {number}")
    elif value is not None:
        yield at, str(value)


def _where(pieces: Document, exposes: Callable[[str], bool]) -> list[str]:
    return [place for place, text in pieces.items() if exposes(text)]


def _any_of(phrases: Iterable[str]) -> Callable[[str], bool]:
    """Whether one of the phrases stands in a text: as whole words in alphabets, anywhere in the other scripts."""
    wanted = sorted({folded for phrase in phrases if (folded := _folded(phrase))})

    def exposes(text: str) -> bool:
        return any(phrase in text and _stands(phrase, text) for phrase in wanted)

    return exposes


def _stands(phrase: str, text: str) -> bool:
    if _CJK.search(phrase):
        return True
    return bool(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text))


def _voices(incident: Incident) -> Callable[[str], bool]:
    """Descriptors, but for those that are made of nothing but words that every release has."""
    plain = set(_WORDS.findall(_folded(_FIXED)))
    descriptors = {voice.descriptor for account in incident.accounts for voice in account.voices}
    return _any_of(d for d in descriptors if not set(_WORDS.findall(_folded(d))) <= plain)


def _names(incident: Incident) -> Callable[[str], bool]:
    """Names whole, and each part of more than two letters (or more than one of Hangul and the like)."""
    whole = {victim.name for claim in incident.claims for victim in claim.victims if victim.name}
    parts = {part for name in whole for part in _WORDS.findall(name) if len(part) > (1 if _CJK.search(part) else 2)}
    return _any_of(whole | parts)


def _fine_places(incident: Incident, pack: Pack, policy: Policy) -> Callable[[str], bool]:
    """Every place that the incident touches, and every other in the same provinces."""
    touched = {*incident.places, *(f.value for f in incident.findings)}
    touched |= {p for c in incident.claims for m in c.places for p in (m.place, *m.candidates)}
    touched |= {v.base for account in incident.accounts for v in account.voices if v.base}
    around = {p for place in touched for p in pack.within(place) if pack.places[p].kind == "province"}
    coarse: set[str] = set()
    fine: set[str] = set()
    for place in pack.places.values():
        if may_be_named(place, policy) or place.kind in {"river", "border"}:
            coarse.update(map(_folded, (place.name, *place.names)))
        elif place.id in touched or around.intersection(pack.within(place.id)):
            fine.update(map(_folded, (place.name, *place.names)))
    long_enough = {name for name in fine - coarse if len(name) > (1 if _CJK.search(name) else 3)}
    exposes = _any_of(long_enough)
    allowed_names = sorted(coarse, key=len, reverse=True)

    def finer(text: str) -> bool:
        if not exposes(text):
            return False
        # a county can have the name of its province, or a part of it
        for name in allowed_names:
            if name in text and _stands(name, text):
                text = text.replace(name, " / ")
        return exposes(text)

    return finer


def _sums(incident: Incident) -> Callable[[str], bool]:
    """Sums of more than one significant figure, beside a currency or grouped in thousands."""
    phrases: set[str] = set()
    for money in (sum_ for claim in incident.claims for sum_ in claim.sums):
        if len(f"{money.amount:.15g}".replace(".", "").strip("0")) > 1:
            phrases.update(_written(money))
    return _any_of(phrases)


def _written(money: SumMention) -> Iterator[str]:
    for number in {f"{money.amount:.15g}", f"{money.amount:,.0f}", f"{money.amount:,.2f}", f"{money.amount:.0f}"}:
        yield f"{number} {money.currency}"
        yield f"{money.currency} {number}"
        if "," in number or len(number) > 4:
            yield number


def _identifiers(
    incident: Incident, reports: Mapping[str, Report], sources: Mapping[str, Source]
) -> Callable[[str], bool]:
    voices = [voice.id for account in incident.accounts for voice in account.voices]
    accounts = [incident.id, *(account.id for account in incident.accounts)]
    claims = [claim.id for claim in incident.claims]
    ours = [name for report in reports.values() for name in (report.id, report.filename, report.title) if name]
    kept = [word for source in sources.values() for word in (source.id, source.pseudonym)]
    known = _any_of(each for each in [*voices, *accounts, *claims, *ours, *kept] if len(each) > 3)
    return lambda text: bool(_IDS.search(text)) or known(text)


def _copies(pieces: Document, reports: Mapping[str, Report]) -> list[str]:
    texts = [_folded(f"{report.title or ''}\n{report.text}") for report in reports.values()]
    words = [" ".join(_WORDS.findall(text)) for text in texts]
    letters = ["".join(_CJK.findall(text)) for text in texts]
    return [place for place, text in pieces.items() if _copied(text, words, letters)]


def _copied(text: str, words: list[str], letters: list[str]) -> bool:
    own, signs = _WORDS.findall(text), "".join(_CJK.findall(text))
    runs = (" ".join(own[n : n + RUN_WORDS]) for n in range(len(own) - RUN_WORDS + 1))
    if any(f" {run} " in f" {one} " for run in runs for one in words):
        return True
    return any(signs[n : n + RUN_LETTERS] in one for n in range(len(signs) - RUN_LETTERS + 1) for one in letters)
