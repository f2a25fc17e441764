"""Reads a pack from its folder, joined with what it extends. Knows files; judges nothing (see check.py)."""

from __future__ import annotations

import csv
import hashlib
import re
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from secondsource.packs import groups
from secondsource.packs.model import Act, AlertRule, Entry, Label, Organisation, Pack, Place, Relation

BUILT_IN = Path(str(resources.files("secondsource.packs")))
PATTERNED = ("acts", "organisations", "relations", "phrases", "signals", "scripts")
"""Parts of a pack that hold patterns."""


class _Loader(yaml.CSafeLoader):
    """YAML in which only true and false are booleans (as in YAML 1.2): `no` is a word, and a country."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])


class PackError(ValueError):
    """A pack that cannot be loaded. The message names the file and the reason."""


def names() -> list[str]:
    """The packs that come with Second Source."""
    return sorted(p.parent.name for p in BUILT_IN.glob("*/pack.yaml"))


@lru_cache(maxsize=8)
def load(pack: str | Path) -> Pack:
    """A built-in pack by name, or any folder by path."""
    folder = folder_of(pack)
    joined = _joined(folder)
    try:
        words = groups.resolved(joined["phrases"].get(groups.CONCERN, {}))
        filled = {name: groups.fill_in(joined[name], words) for name in PATTERNED}
        return Pack.model_validate(joined | filled)
    except groups.CircularGroup as error:
        raise PackError(f"{folder / 'phrases' / 'words.yaml'}: {error}") from error
    except ValidationError as error:
        raise PackError(f"{folder}: {error}") from error


def folder_of(pack: str | Path) -> Path:
    """Where the files of a pack are."""
    folder = Path(pack) if isinstance(pack, Path) or "/" in str(pack) else BUILT_IN / str(pack)
    if not (folder / "pack.yaml").is_file():
        raise PackError(f"{pack}: there is no pack here (no pack.yaml)")
    return folder


def alert_rules(pack: str | Path) -> list[AlertRule]:
    """A pack's own rules for alerts, without loading the rest of it."""
    path = folder_of(pack) / "alerts.yaml"
    try:
        return [AlertRule.model_validate(raw) for raw in _yaml(path) or []]
    except ValidationError as error:
        raise PackError(f"{path}: {error}") from error


def _joined(folder: Path) -> dict[str, Any]:
    """What a pack and all that it extends say, groups of words not yet filled in."""
    own = joined = _read(folder)
    for name in own["extends"]:
        base = _joined(folder_of(name))
        joined = _join(joined, base)
        joined["digest"] = hashlib.sha256((joined["digest"] + base["digest"]).encode()).hexdigest()
    return joined


def _read(folder: Path) -> dict[str, Any]:
    head = _yaml(folder / "pack.yaml")
    return {
        "name": head["name"],
        "version": str(head["version"]),
        "digest": _digest(folder),
        "label": head.get("label", {}),
        "extends": head.get("extends", []),
        "acts": _entries(folder / "acts.yaml", Act),
        "organisations": _entries(folder / "organisations.yaml", Organisation),
        "relations": _entries(folder / "relations.yaml", Relation),
        "places": _gazetteer(folder / "gazetteer.csv"),
        "phrases": {p.stem: _yaml(p) for p in sorted((folder / "phrases").glob("*.yaml"))},
        "signals": _yaml(folder / "signals.yaml"),
        "scripts": {p.stem: _yaml(p) for p in sorted((folder / "scripts").glob("*.yaml"))},
        "context": _yaml(folder / "context.yaml") or [],
        "linking": _yaml(folder / "linking.yaml") or {},
        "weighing": _yaml(folder / "weighing.yaml") or {},
        "alerts": _yaml(folder / "alerts.yaml") or [],
        "labels": _yaml(folder / "labels.yaml") or Label().model_dump(),
        "telling": _yaml(folder / "telling.yaml"),
    }


def _digest(folder: Path) -> str:
    files = sorted(p for p in folder.rglob("*") if p.suffix in {".yaml", ".csv"})
    parts = (p.relative_to(folder).as_posix().encode() + b"\0" + p.read_bytes() for p in files)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _yaml(path: Path) -> Any:
    if not path.is_file():
        return {}
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader) or {}  # noqa: S506 (a safe loader, made stricter)
    except yaml.YAMLError as error:
        raise PackError(f"{path}: {error}") from error


def _entries(path: Path, kind: type[Entry]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for raw in _yaml(path) or []:
        try:
            entry = kind.model_validate(raw).model_dump(exclude_unset=True)
        except ValidationError as error:
            raise PackError(f"{path}: {raw.get('code') if isinstance(raw, dict) else raw}: {error}") from error
        if entry["code"] in found:
            raise PackError(f"{path}: {entry['code']} stands twice")
        found[entry["code"]] = entry
    return found


def _gazetteer(path: Path) -> dict[str, dict[str, Any]]:
    """Columns id, name, kind, parent, lat, lon, names (separated by |)."""
    if not path.is_file():
        return {}
    places: dict[str, dict[str, Any]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                place = Place(
                    id=row["id"],
                    name=row["name"],
                    kind=row["kind"],  # type: ignore[arg-type]
                    parent=row["parent"] or None,
                    lat=float(row["lat"]) if row["lat"] else None,
                    lon=float(row["lon"]) if row["lon"] else None,
                    names=tuple(dict.fromkeys([row["name"], *filter(None, row["names"].split("|"))])),
                )
            except (ValidationError, ValueError, KeyError) as error:
                raise PackError(f"{path}: {row.get('id')}: {error}") from error
            if place.id in places:
                raise PackError(f"{path}: {place.id} stands twice")
            places[place.id] = place.model_dump()
    return places


def _join(own: Any, base: Any) -> Any:
    """Maps are joined key by key, lists one after the other; of anything else the own one counts."""
    if isinstance(own, dict) and isinstance(base, dict):
        merged = {key: _join(own[key], base[key]) if key in base else own[key] for key in own}
        return merged | {key: base[key] for key in base if key not in own}
    if isinstance(own, (list, tuple)) and isinstance(base, (list, tuple)):
        both = list(own) + [item for item in base if item not in own]
        return tuple(both) if isinstance(own, tuple) else both
    return own
