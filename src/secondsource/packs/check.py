"""The linter of packs: what a documenter who adds to one is told, with the file and the entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from secondsource import edtf
from secondsource.packs import groups
from secondsource.packs.load import PackError, folder_of, load
from secondsource.packs.model import ByLanguage, Pack
from secondsource.packs.patterns import PatternError, to_regex

LABELLED = ("en", "ko", "ja")
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
HURIDOCS = re.compile(r"\d{2,10}")
_WORDS = f"phrases/{groups.CONCERN}.yaml"


def check(pack: str | Path) -> list[str]:
    """Everything wrong with a pack, one line each; empty where it is sound."""
    try:
        loaded = load(pack)
    except PackError as error:
        return [str(error)]
    return [
        *_groups(folder_of(pack), loaded),
        *_acts(loaded),
        *_organisations(loaded),
        *_relations(loaded),
        *_places(loaded),
        *_phrases(loaded),
        *_context(loaded),
        *_linking(loaded),
        *_alerts(loaded),
    ]


def _groups(folder: Path, pack: Pack) -> Iterator[str]:
    """Groups of words that are not there, are used nowhere, or hold what a group cannot, by file and line."""
    words = pack.phrases.get(groups.CONCERN, {})
    used: set[str] = set()
    for path in sorted(folder.rglob("*.yaml")):
        if path.name in {"pack.yaml", "telling.yaml"}:
            continue
        where = path.relative_to(folder).as_posix()
        for language, node in _scalars(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)):
            for name in groups.MARK.findall(node.value):
                used.add(name)
                if not words.get(name, {}).get(language):
                    yield f"{where}:{node.start_mark.line + 1}: no group <{name}> in {language}"
            if where == _WORDS and set(node.value) & set("[]()|{}"):
                yield f"{where}:{node.start_mark.line + 1}: {node.value!r}: a group holds words, no choices"
    own = folder / _WORDS
    root = yaml.compose(own.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) if own.is_file() else None
    for key, _ in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value not in used:
            yield f"{_WORDS}:{key.start_mark.line + 1}: <{key.value}> is used nowhere"


def _scalars(node: yaml.Node | None, language: str = "") -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Every value below a language's key, with that language."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, key.value if key.value in groups.LANGUAGES else language)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _scalars(value, language)
    elif isinstance(node, yaml.ScalarNode) and language:
        yield language, node


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
    for stem, phrases in pack.phrases.items():
        for group, by_language in phrases.items():
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
        if language not in groups.LANGUAGES:
            yield f"{where}: unknown language {language}"
            continue
        for pattern in patterns:
            try:
                slots = dict.fromkeys(re.findall(r"\{(\w+)\}", pattern), "x")
                if re.compile(to_regex(pattern, language, slots)).fullmatch(""):
                    yield f"{where} ({language}): all of {pattern!r} may be missing"
            except (PatternError, re.error, TypeError) as error:
                yield f"{where} ({language}): {error}"


def _alerts(pack: Pack) -> Iterator[str]:
    for rule in pack.alerts:
        if rule.script not in pack.scripts:
            yield f"alerts.yaml: {rule.code}: {rule.script} is no script"
        yield from (f"alerts.yaml: {rule.code}: no label in {code}" for code in LABELLED if not rule.label.get(code))
