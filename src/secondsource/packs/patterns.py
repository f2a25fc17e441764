"""The small pattern syntax of the packs, and its compiler.

A pattern is words as they stand in a text, with a few marks:

    arrest*        any ending of the word (Latin script only)
    tip* ... off   a gap: up to 6 words, or up to 12 characters in Korean, Japanese and Chinese
    [a|the] trap   one of these
    (down)         may be there or not; (up|down): one of these may be
    {org}          a slot that the caller fills with a pattern of its own
    <officers>     one of the words of a group that the pack names (`groups.py`); written out when it is loaded

Latin patterns match whole words, without regard to case, however the spaces are; in the other
scripts they match anywhere. Everything else stands for itself: there is no way to write a regular
expression, so no pattern can be slow (gaps are bounded and never nested).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from secondsource.packs.groups import MARK

CJK = frozenset({"ko", "ja", "zh"})
_TOKEN = re.compile(r"\s*\.\.\.\s*|\[[^\]]*\]|\([^)]*\)|\{\w+\}|\*|\s+|[^\s*\[\](){}.]+|\.")
_OPTIONAL_TAIL = re.compile(r"(?:(?:^|\s+)\([^)]*\))+$")
_OPTIONAL = re.compile(r"\([^)]*\)")
_OPTION = re.compile(r"(?:^|(?<=\|))(?:\[[^\]]*\]|[^|\[])*")


class PatternError(ValueError):
    """A pattern that cannot be understood. The message holds the pattern."""


def to_regex(pattern: str, language: str, slots: Mapping[str, str] | None = None) -> str:
    """One pattern as the source of a regular expression."""
    cjk = language in CJK
    if unknown := MARK.search(pattern):
        raise PatternError(f"pattern {pattern!r}: no group {unknown.group()}")
    gap = r"[^\n。.!?！？]{0,12}?" if cjk else r"(?:[\s,]+[\w'’.$%-]+){0,6}?[\s,]+"
    out: list[str] = []
    position = 0
    optional_space = False
    tail = _OPTIONAL_TAIL.search(pattern.strip())
    head = pattern.strip()[: tail.start()] if tail and not cjk else pattern.strip()
    for token in _TOKEN.finditer(head):
        if token.start() != position:
            raise PatternError(f"pattern {pattern!r}: cannot read {pattern[position : token.start()]!r}")
        position = token.end()
        piece = token.group()
        if piece.strip() == "...":
            # An optional word takes the space after it along, so that none is left for the gap to begin with.
            out.append(r"(?:[\w'’.$%-]+[\s,]+){0,6}?" if optional_space and not cjk else gap)
            optional_space = False
        elif piece.isspace():
            out.append(r"\s*" if cjk or optional_space else r"[\s\-]+")
            optional_space = False
        elif piece == "*":
            out.append(r"[\w'’]*")
        elif piece.startswith("["):
            out.append(f"(?:{_choice(piece, pattern, language, slots)})")
        elif piece.startswith("("):
            inner = f"(?:{_choice(piece, pattern, language, slots)})"
            out.append(f"(?:{inner}\\s*)?" if cjk else f"(?:{inner}[\\s\\-]+)?")
            optional_space = True
        elif piece.startswith("{"):
            if slots is None or piece[1:-1] not in slots:
                raise PatternError(f"pattern {pattern!r}: nothing fills {piece}")
            out.append(f"(?:{slots[piece[1:-1]]})")
        else:
            out.append(re.escape(piece).replace("'", "['’]"))
    if position != len(head) or not out:
        raise PatternError(f"pattern {pattern!r}: cannot read {head[position:]!r}")
    # At the end an optional word takes the space before it along: none need follow.
    last = [_choice(piece, pattern, language, slots) for piece in _OPTIONAL.findall(pattern.strip()[len(head) :])]
    out += [f"(?:[\\s\\-]+(?:{options}))?" for options in last]
    return "".join(out) if cjk else r"(?<![\w])" + "".join(out) + r"(?![\w])"


def _choice(piece: str, pattern: str, language: str, slots: Mapping[str, str] | None) -> str:
    """The options between a pair of brackets, those in brackets of their own left whole."""
    options = _OPTION.findall(piece[1:-1])
    return "|".join(_inner(option, pattern, language, slots) for option in options)


def _inner(text: str, pattern: str, language: str, slots: Mapping[str, str] | None) -> str:
    if not text.strip():
        raise PatternError(f"pattern {pattern!r}: an empty choice")
    source = to_regex(text, language, slots)
    return source.removeprefix(r"(?<![\w])").removesuffix(r"(?![\w])")


def compile_patterns(
    patterns: Iterable[str], language: str, slots: Mapping[str, str] | None = None
) -> re.Pattern[str] | None:
    """All patterns as one expression, longest first; None where there are none."""
    sources = [to_regex(p, language, slots) for p in sorted(set(patterns), key=lambda p: (-len(p), p))]
    return re.compile("|".join(sources), re.IGNORECASE) if sources else None


@lru_cache(maxsize=4096)
def compile_cached(patterns: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    return compile_patterns(patterns, language)
