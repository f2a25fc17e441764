"""Judging which reports tell of one incident: what can be decided of pairs, and a book's own linking weights."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import yaml
from pydantic import ValidationError

from secondsource import linking
from secondsource.model import Decision, DecisionKind, Link
from secondsource.packs import Pack, PackError
from secondsource.packs.model import Linking

ON_PAIRS = frozenset({DecisionKind.LINK, DecisionKind.UNLINK, DecisionKind.UNSURE})
ENDING = ".linking.yaml"
"""Of the file beside a book that holds what was estimated on it."""
MOST = 500
"""Doubtful pairs that are kept: nobody judges more before the incidents are made anew."""
HEAD = """# How accounts are matched in the book beside it: estimated by `secondsource link --estimate`, to be read and
# changed by hand. Without this file the pack's own probabilities count. It holds shares only, nothing of any report.
"""


def check(targets: Sequence[str], why: str, known: Collection[str]) -> None:
    """ValueError where a decision on a pair cannot be. `known`: those of the targets that are accounts."""
    if not why.strip():
        raise ValueError("say why, so that others can follow it")
    if len(set(targets)) < 2:
        raise ValueError("it takes two accounts to link, to unlink or to be unsure of")
    missing = [target for target in targets if target not in known]
    if missing:
        raise ValueError(f"{missing[0]}: there is no such account")


def still_doubtful(links: Sequence[Link], decisions: Sequence[Decision]) -> list[Link]:
    """Those that nobody has judged since. `decisions` are those that stand."""
    asked = linking.judged(decisions).keys()
    return [link for link in links if frozenset((link.a, link.b)) not in asked]


def own_file(book: Path) -> Path:
    return book.with_name(book.name + ENDING)


def with_own(pack: Pack, book: Path) -> Pack:
    """The pack, with the probabilities that were estimated on the book. PackError where its file cannot be read."""
    path = own_file(book)
    if not path.is_file():
        return pack
    try:
        own = Linking.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: {error}") from error
    missing = pack.linking.comparisons.keys() - own.comparisons.keys()
    if missing:
        raise PackError(f"{path}: no comparison {min(missing)}")
    for name, levels in pack.linking.comparisons.items():
        if levels.keys() != own.comparisons[name].keys():
            raise PackError(f"{path}: the levels of {name} are not the pack's")
    if "stories" not in own.model_fields_set:
        own = own.model_copy(update={"stories": pack.linking.stories})
    return pack.model_copy(update={"linking": own})


def text_of(spec: Linking) -> str:
    """What stands in a book's own file."""
    return HEAD + yaml.safe_dump(spec.model_dump(mode="json", exclude_none=True), sort_keys=False, allow_unicode=True)
