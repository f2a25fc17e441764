"""A text as a bag of weighed words: what reports are compared by where nothing in them is coded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import TypeAlias

from secondsource.packs.model import Stories

SHINGLE = {"ko": 2, "ja": 2, "zh": 2}
"""Characters to a shingle; in other languages words are compared."""
MOST_WORDS = 20_000
"""Different words of one text that are looked at: the text of a hostile file may hold a million."""
_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")

Bag: TypeAlias = Mapping[str, float]
"""Word to its weight in a text."""


def weighed_words(text: str, language: str = "en", spec: Stories | None = None) -> dict[str, float]:
    """Word (pair of characters in scripts without spaces) to how often it stands in the text, a line's place and the
    look of the word counted in."""
    spec = spec or Stories()
    counts: defaultdict[str, float] = defaultdict(float)
    size = SHINGLE.get(language)
    for number, line in enumerate(text.split("\n")):
        place = spec.lead if number == 0 else spec.early if number < 3 else 1.0
        for position, match in enumerate(_WORD.finditer(line)):
            word = match.group()
            look = spec.number if word[0].isdigit() else spec.name if position and word[0].isupper() else 1.0
            folded = word.casefold()
            if word[0].isdigit():
                counts[folded] += place * look
            elif size is None:
                counts[folded[: spec.stem]] += place * look
            else:
                for start in range(len(folded) - size + 1):
                    counts[folded[start : start + size]] += place * look
    if len(counts) <= MOST_WORDS:
        return dict(counts)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS])
