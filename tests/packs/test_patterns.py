"""The pattern syntax: what matches, what does not, and that no pattern can be slow."""

from __future__ import annotations

import contextlib
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.packs import PatternError, compile_patterns, to_regex


@pytest.mark.parametrize(
    ("pattern", "language", "text", "found"),
    [
        ("arrest*", "en", "They were Arrested.", "Arrested"),
        ("arrest", "en", "arrested", None),
        ("arrest*", "en", "cardiacarrest", None),
        ("tip* ... off", "en", "tipped the local police off", "tipped the local police off"),
        ("tip* ... off", "en", "tipped one two three four five six seven off", None),
        ("[a|the] trap", "en", "It was the trap", "the trap"),
        ("taken (away) by", "en", "taken by", "taken by"),
        ("taken (away) by", "en", "taken  away by", "taken  away by"),
        ("walk (up|down) hill", "en", "to walk down hill", "walk down hill"),
        ("walk (up|down) hill", "en", "to walk hill", "walk hill"),
        ("walk (up|down) hill", "en", "to walk over hill", None),
        ("led ([him|her] and) (off|away)", "en", "He was led.", "led"),
        ("led ([him|her] and) (off|away)", "en", "They led off.", "led off"),
        ("keep ([his|her] own|the) key", "en", "keep her own key", "keep her own key"),
        ("keep ([his|her] own|the) key", "en", "keep the key", "keep the key"),
        ("arrest (them)", "en", "arrest themselves", "arrest"),
        ("체포(당하|되)었", "ko", "체포되었다", "체포되었"),
        ("체포(당하|되)었", "ko", "체포하였다", None),
        ("taken into custody", "en", "taken\ninto custody", "taken\ninto custody"),
        ("Ji'an", "en", "in Ji’an city", "Ji’an"),
        ("a.b", "en", "axb", None),
        ("체포", "ko", "일가족이 체포됐다", "체포"),
        ("보위부 ... 시켜", "ko", "보위부가 브로커에게 시켜서", "보위부가 브로커에게 시켜"),
        ("보위부 ... 시켜", "ko", "보위부가 왔다. 그가 시켜서", None),
        ("保衛[部|省]", "ja", "国家保衛省の", "保衛省"),
        ("逮捕", "ja", "逮 捕", None),
    ],
)
def test_a_pattern_matches_what_it_says(pattern: str, language: str, text: str, found: str | None) -> None:
    match = re.search(to_regex(pattern, language), text, re.IGNORECASE)
    assert (match and match.group()) == found


@pytest.mark.parametrize("pattern", ["", "[a|]", "[open", "open)", "{slot}", "a]b"])
def test_a_pattern_that_cannot_be_understood_is_named(pattern: str) -> None:
    with pytest.raises(PatternError, match="pattern"):
        to_regex(pattern, "en")


def test_slots_are_filled_by_the_caller() -> None:
    expression = to_regex("source in {place}", "en", {"place": "Musan|Onsong"})
    assert re.search(expression, "a source in Onsong said")


def test_the_longest_pattern_wins() -> None:
    expression = compile_patterns(["state security", "ministry of state security"], "en")
    assert expression is not None
    found = expression.search("the Ministry of State Security")
    assert found is not None
    assert found.group() == "Ministry of State Security"


@given(st.text(max_size=30))
def test_any_pattern_compiles_or_is_refused(pattern: str) -> None:
    with contextlib.suppress(PatternError):
        re.compile(to_regex(pattern, "en"))


@pytest.mark.parametrize("text", ["tip " * 50_000, "보위부" * 50_000, "(" * 200_000])
def test_hostile_text_takes_no_more_than_linear_time(text: str) -> None:
    english, korean = to_regex("tip* ... off ... by", "en"), to_regex("보위부 ... 시켜", "ko")
    start = time.perf_counter()
    assert not re.search(english, text, re.IGNORECASE)
    assert not re.search(korean, text)
    assert time.perf_counter() - start < 5
