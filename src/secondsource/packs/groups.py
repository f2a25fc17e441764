"""Named groups of words: written once in `phrases/words.yaml`, used in any pattern of the pack as `<name>`.

    officers: {en: [agents, officers, border guards], ko: [보위원, 안전원]}

    <officers> were waiting         [agents|officers|border guards] were waiting
    by ([the]) [<officers>|men]     by ([the]) [agents|officers|border guards|men]
    (with <officers>)               (with agents|with officers|with border guards)

A group belongs to a language: `<officers>` in a Korean pattern stands for the Korean words. Groups are
filled in when a pack is loaded, after it was joined with what it extends, so that a pack may use the groups
of another and add words to them. An entry may name other groups, and hold no choice of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product
from typing import Any

CONCERN = "words"
"""The file in `phrases/` that groups are defined in."""
LANGUAGES = frozenset({"en", "ko", "ja", "zh"})
MARK = re.compile(r"<(\w+)>")
_INNERMOST = re.compile(r"(?!\(<\w+>\))[\[(][^\[\]()<]*<[^\[\]()]*[\])]")
"""Brackets that hold no others, and a group among more: alone in parentheses it becomes a choice in them."""

Groups = Mapping[str, Mapping[str, list[str]]]
"""Language to group to its words."""


class CircularGroup(ValueError):
    """A group that holds itself. The message names it."""


def expand(pattern: str, groups: Mapping[str, list[str]]) -> str:
    """A pattern with its groups written out. A group that is not there is left standing (`to_regex` refuses it)."""
    if "<" not in pattern:
        return pattern
    inside = _INNERMOST.sub(lambda found: _choice(found.group(), groups), pattern)
    return MARK.sub(lambda found: f"[{'|'.join(words)}]" if (words := groups.get(found[1])) else found[0], inside)


def _choice(choice: str, groups: Mapping[str, list[str]]) -> str:
    """Between brackets every option is written out with each word of its groups: brackets hold no brackets."""
    options: list[str] = []
    for option in choice[1:-1].split("|"):
        words = [groups.get(found[1]) or [found[0]] for found in MARK.finditer(option)]
        between = MARK.split(option)[::2]
        options += [
            between[0] + "".join(word + after for word, after in zip(chosen, between[1:], strict=True))
            for chosen in product(*words)
        ]
    return f"{choice[0]}{'|'.join(options)}{choice[-1]}"


def resolved(words: Mapping[str, Mapping[str, list[str]]]) -> Groups:
    """The groups of `phrases/words.yaml` (group to language to words) with those inside them written out.

    CircularGroup where one holds itself."""
    done: dict[str, dict[str, list[str]]] = {language: {} for language in LANGUAGES}

    def fill(name: str, language: str, above: tuple[str, ...]) -> list[str]:
        if name in above:
            raise CircularGroup(f"<{name}> holds itself")
        if name not in done[language]:
            entries = [str(entry) for entry in words.get(name, {}).get(language, ())]
            for inner in dict.fromkeys(mark for entry in entries for mark in MARK.findall(entry)):
                fill(inner, language, (*above, name))
            filled = [_choice(f"[{entry}]", done[language])[1:-1].split("|") for entry in entries]
            done[language][name] = list(dict.fromkeys(word for some in filled for word in some))
        return done[language][name]

    for name, by_language in words.items():
        for language in by_language:
            if language in LANGUAGES:
                fill(name, language, ())
    return done


def fill_in(node: Any, groups: Groups, language: str | None = None) -> Any:
    """A tree of maps and lists in which every list of patterns below a language's key has its groups written out."""
    if isinstance(node, dict):
        return {key: fill_in(value, groups, key if key in LANGUAGES else language) for key, value in node.items()}
    if isinstance(node, list):
        own = groups.get(language or "", {})
        return [expand(one, own) if language and isinstance(one, str) else fill_in(one, groups) for one in node]
    return node
