"""What of a pack something rests on: so that changing one part of it makes anew only what that part decides."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from secondsource.packs import groups
from secondsource.packs.model import Entry, Pack
from secondsource.packs.once import once

APART = "independence"
"""The phrases by which weighing knows that sources are separate; no other room looks for them."""


def _field(name: str) -> Callable[[Pack], Any]:
    return lambda pack: getattr(pack, name)


PARTS: dict[str, Callable[[Pack], Any]] = {
    name: _field(name)
    for name in ("name", "acts", "organisations", "relations", "places", "signals", "scripts", "linking", "weighing")
} | {
    # Groups of words are filled in wherever they are named.
    "phrases": lambda pack: {k: v for k, v in pack.phrases.items() if k not in {groups.CONCERN, APART}},
    APART: lambda pack: pack.phrases.get(APART, {}),
    # By which claims and words a mark is known, without its rate and its question.
    "marks": lambda pack: {code: _known_by(signal) for code, signal in pack.signals.items()},
}


def digest(pack: Pack, *parts: str) -> str:
    """SHA-256 over some of `PARTS`, in hexadecimal digits."""
    return hashlib.sha256("".join(_one(pack, part) for part in sorted(parts)).encode()).hexdigest()


@once(most=100)
def _one(pack: Pack, part: str) -> str:
    return hashlib.sha256(_text(PARTS[part](pack))).hexdigest()


def _text(value: Any) -> bytes:
    def plain(one: Any) -> Any:
        return one.model_dump(mode="json") if isinstance(one, Entry) else sorted(one)

    text = json.dumps(value, default=plain, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def _known_by(signal: Any) -> Any:
    return {key: signal.get(key) for key in ("any", "hints")} if isinstance(signal, dict) else signal
