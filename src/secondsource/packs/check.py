"""The linter of packs: what a documenter who adds to one is told, with the file and the entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from secondsource import edtf
from secondsource.packs.load import PackError, load
from secondsource.packs.model import ByLanguage, Pack
from secondsource.packs.patterns import PatternError, to_regex

LANGUAGES = {"en", "ko", "ja", "zh"}
LABELLED = ("en", "ko", "ja")
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
HURIDOCS = re.compile(r"\d{2,10}")


def check(pack: str | Path) -> list[str]:
    """Everything wrong with a pack, one line each; empty where it is sound."""
    try:
        loaded = load(pack)
    except PackError as error:
        return [str(error)]
    return [
        *_acts(loaded),
        *_organisations(loaded),
        *_relations(loaded),
        *_places(loaded),
        *_phrases(loaded),
        *_context(loaded),
        *_linking(loaded),
    ]


def _acts(pack: Pack) -> Iterator[str]:
    for act in pack.acts.values():
        where = f"acts.yaml: {act.code}"
        yield from _code(where, act.code)
        yield from _labels(where, act.label)
        yield from (f"{where}: {code} is no HURIDOCS code" for code in act.huridocs if not HURIDOCS.fullmatch(code))
        yield from _patterns(f"{where}: triggers", act.triggers)
        yield from _patterns(f"{where}: weak", act.weak)
        yield from _patterns(f"{where}: needs", act.needs)
        yield from _patterns(f"{where}: unless", act.unless)


def _organisations(pack: Pack) -> Iterator[str]:
    for organisation in pack.organisations.values():
        where = f"organisations.yaml: {organisation.code}"
        yield from _code(where, organisation.code)
        yield from _labels(where, organisation.label)
        for field in ("names", "unless", "members"):
            yield from _patterns(f"{where}: {field}", getattr(organisation, field))


def _relations(pack: Pack) -> Iterator[str]:
    for relation in pack.relations.values():
        where = f"relations.yaml: {relation.code}"
        yield from _code(where, relation.code)
        yield from _patterns(where, relation.names)
        low, high = relation.counts
        if low is not None and high is not None and low > high:
            yield f"{where}: counts {low} to {high}"


def _places(pack: Pack) -> Iterator[str]:
    for place in pack.places.values():
        where = f"gazetteer.csv: {place.id}"
        if place.parent is not None and place.parent not in pack.places:
            yield f"{where}: its parent {place.parent} is not there"
        if place.lat is not None and not -90 <= place.lat <= 90:
            yield f"{where}: latitude {place.lat}"
        if place.lon is not None and not -180 <= place.lon <= 180:
            yield f"{where}: longitude {place.lon}"
        chain = pack.within(place.id)
        if chain and pack.places[chain[-1]].parent in chain:
            yield f"{where}: lies in itself"


def _phrases(pack: Pack) -> Iterator[str]:
    for stem, groups in pack.phrases.items():
        for group, by_language in groups.items():
            where = f"phrases/{stem}.yaml: {group}"
            yield from (f"{where}: no place {p}" for p in by_language.get("ids", ()) if p not in pack.places)
            yield from _patterns(where, {key: words for key, words in by_language.items() if key != "ids"})


def _context(pack: Pack) -> Iterator[str]:
    for event in pack.context:
        where = f"context.yaml: {event.code}"
        try:
            edtf.parse(event.when)
        except edtf.EdtfError as error:
            yield f"{where}: {error}"
        yield from (f"{where}: no place {p}" for p in event.places if p not in pack.places)
        if not event.source.strip():
            yield f"{where}: names no source"


def _linking(pack: Pack) -> Iterator[str]:
    for name, levels in pack.linking.comparisons.items():
        for side in ("same", "other"):
            total = sum(getattr(level, side) for level in levels.values())
            if abs(total - 1) > 0.01:
                yield f"linking.yaml: {name}: the probabilities of '{side}' add up to {total:.3f}"


def _code(where: str, code: str) -> Iterator[str]:
    if not CODE.fullmatch(code):
        yield f"{where}: a code is letters, digits and _"


def _labels(where: str, label: dict[str, str]) -> Iterator[str]:
    yield from (f"{where}: no label in {language}" for language in LABELLED if not label.get(language))


def _patterns(where: str, by_language: ByLanguage) -> Iterator[str]:
    for language, patterns in by_language.items():
        if language not in LANGUAGES:
            yield f"{where}: unknown language {language}"
            continue
        for pattern in patterns:
            try:
                slots = dict.fromkeys(re.findall(r"\{(\w+)\}", pattern), "x")
                if re.compile(to_regex(pattern, language, slots)).fullmatch(""):
                    yield f"{where} ({language}): all of {pattern!r} may be missing"
            except (PatternError, re.error, TypeError) as error:
                yield f"{where} ({language}): {error}"
