"""Looking for plain words first never hides a match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource import packs
from secondsource.packs import literals as words
from secondsource.packs import to_regex

PACK = packs.load("nk_border")


def an_example(pattern: str, option: int) -> str:
    """A text that a pattern matches, with the nth option of every choice."""
    bare = re.sub(r"\([^)]*\)\s*", "", pattern)
    bare = re.sub(r"\[([^\]]*)\]", lambda m: m[1].split("|")[option % len(m[1].split("|"))], bare)
    return re.sub(r"\s+", " ", re.sub(r"\s*\.\.\.\s*", " then ", bare).replace("*", "ing")).strip()


@pytest.mark.parametrize("language", ["en", "ko", "ja", "zh"])
def test_a_text_that_a_pattern_matches_holds_its_words(language: str) -> None:
    known = words.literals(PACK, language)
    tried = 0
    for pattern in sorted(set(words._patterns(PACK, language)))[::6]:
        text = f"Then {an_example(pattern, 1)}."
        if "{" in pattern or not re.search(to_regex(pattern, language), text, re.IGNORECASE):
            continue
        tried += 1
        there = known.within(text)
        for alternatives in words.needs(pattern, known.cjk):
            assert alternatives == ("",) or there.intersection(alternatives), (pattern, text)
    assert tried > 100


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("arrest*", (" arrest",)),
        ("in the hands of", (" hands ",)),
        ("taken (away) by", (" taken ",)),
        ("[arrest|detention] warrant*", (" warrant",)),
        ("[re|un]arrest", ("arrest ",)),
        ("[caught|held]", (" caught ", " held ")),
        ("{y}s", ("",)),
        ("*", ("",)),
    ],
)
def test_the_most_telling_words_of_a_pattern_are_looked_for(pattern: str, needed: tuple[str, ...]) -> None:
    assert words.keys(pattern, cjk=False) == needed


WORD = st.text("abc -'", min_size=1, max_size=5)


@given(st.lists(WORD.map(lambda w: f" {w.strip()} "), max_size=8), st.text("abc -'", max_size=40))
def test_words_are_found_where_they_stand(looked_for: list[str], text: str) -> None:
    looked_for = [w for w in looked_for if re.fullmatch(r" [abc]+ ", w)]
    said = words.words_of(text, cjk=False)
    assert words.Literals(looked_for, cjk=False).within(text) == {w for w in looked_for if w in said}


@given(st.lists(st.text("가나다", min_size=1, max_size=4), max_size=8), st.text("가나다 ", max_size=40))
def test_characters_are_found_where_they_stand(looked_for: list[str], text: str) -> None:
    assert words.Literals(looked_for, cjk=True).within(text) == {w for w in looked_for if w in text}
