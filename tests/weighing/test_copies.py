"""Which reports are one telling: near copies among many, and retellings in another language."""

from __future__ import annotations

import random

import pytest
from weighing_cases import account, claim, report

from secondsource.model import PeopleMention, Span, SumMention
from secondsource.weighing import minhash
from secondsource.weighing.copies import near_copies
from secondsource.weighing.retold import retold, telling

WORDS = [f"word{n}" for n in range(4000)]


def text(seed: int, length: int = 120) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def edited(words: str, share: float, seed: int) -> str:
    """The text with runs of its words replaced."""
    rng, parts = random.Random(seed), words.split()
    for start in range(0, len(parts), 10):
        if rng.random() < share:
            parts[start : start + 10] = rng.choices(WORDS, k=10)
    return " ".join(parts)


def test_near_copies_are_found_among_many() -> None:
    originals = [text(n) for n in range(40)]
    reports = [report(f"o{n}", text=t) for n, t in enumerate(originals)]
    reports += [report(f"c{n}", text=edited(originals[n], 0.2, n)) for n in range(20)]
    assert near_copies(reports) == {frozenset((f"o{n}", f"c{n}")) for n in range(20)}


def test_texts_of_two_languages_are_never_near_copies() -> None:
    same = [report(f"k{n}", text="같은 글 " * 30, language=language) for n, language in enumerate(("ko", "ja"))]
    assert near_copies(same) == set()


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 1.0])
def test_signatures_estimate_what_texts_share(share: float) -> None:
    rng = random.Random(7)
    common = {str(rng.random()) for _ in range(int(1000 * share))}
    sides = [frozenset(common | {f"{side}{n}" for n in range(1000 - len(common))}) for side in "ab"]
    a, b = (minhash.signature(s) for s in sides)
    wanted = len(sides[0] & sides[1]) / len(sides[0] | sides[1])
    assert (a == b).mean() == pytest.approx(wanted, abs=0.12)
    assert bool(list(minhash.likely([a, b], [1000, 1000], 0.4))) is (share >= 0.4)


def test_no_shingles_are_no_copies() -> None:
    assert list(minhash.likely([], [], 0.4)) == []
    assert near_copies([report("a", text="x"), report("b", text="y")]) == set()


def told(key: str, acts: list[str], ages: list[int], sums: list[int]) -> tuple[str, ...]:
    claims = []
    for n, act in enumerate(acts):
        one = claim(key, act, start=str(50 * n), end=str(50 * n + 40), key=str(n))
        span = Span(start=50 * n, end=50 * n + 5)
        people = (PeopleMention(span=span, age_min=ages[n], age_max=ages[n]),) if n < len(ages) else ()
        money = (SumMention(span=span, amount=sums[n], currency="CNY"),) if n < len(sums) else ()
        claims.append(one.model_copy(update={"victims": people, "sums": money}))
    return telling([account(key, claims)])


def test_the_same_rare_details_in_the_same_order_are_a_retelling() -> None:
    acts = ["deception_lure", "border_crossing_attempt", "arrest_detention", "interrogation_torture"]
    one = told("a", acts, [54, 26], [20000, 300])
    assert retold(one, told("b", acts, [54, 26], [20000, 300]))
    assert not retold(one, told("b", acts[::-1], [26, 54], [300, 20000]))
    assert not retold(one, told("b", acts, [31, 17], [9000, 70]))
    assert not retold(one, ())
