"""How many people several mentions stand for together."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.model import Count, PeopleMention, Span
from secondsource.people_count import merge, same

_places = count(0, 40)


def person(
    *relations: str, low: int | None = 1, high: int | None = 1, scope: str = "new", **more: Any
) -> PeopleMention:
    start = next(_places)
    fields = {"relations": relations, "count_min": low, "count_max": high, "scope": scope, **more}
    return PeopleMention.model_validate({"span": Span(start=start, end=start + 5), **fields})


def group(*relations: str, low: int | None = 2, high: int | None = None, **more: Any) -> PeopleMention:
    return person(*relations, low=low, high=high, **more)


CASES = {
    "nobody": ([], (None, None)),
    "one woman": ([person("woman", sex="female")], (1, 1)),
    "one woman said twice": ([person("woman", sex="female"), person("woman", sex="female")], (1, 1)),
    "a woman who is the wife": ([person("woman", sex="female"), person("wife", sex="female")], (1, 1)),
    "a man and a woman": ([person("man", sex="male"), person("woman", sex="female")], (2, 2)),
    "two women of different ages": (
        [person("woman", sex="female", age_min=20, age_max=29), person("woman", sex="female", age_min=50, age_max=59)],
        (2, 2),
    ),
    "family alone": ([group("family")], (2, None)),
    "family of four": ([person("family", low=4, high=4)], (4, 4)),
    "family of four with its members": (
        [person("family", low=4, high=4), person("eldest_son", sex="male"), group("parents", high=2)],
        (4, 4),
    ),
    "a woman and her family, then wife, son and daughter": (
        [
            person("woman", sex="female"),
            group("family"),
            person("wife", sex="female"),
            person("son", sex="male", age_min=24, age_max=26),
            person("daughter", sex="female", age_min=24, age_max=26),
        ],
        (3, 3),
    ),
    "couple and son": ([group("couple", high=2), person("son", sex="male")], (3, 3)),
    "couple and husband": ([group("couple", high=2), person("husband", sex="male")], (2, 2)),
    "a total outranks the sum": (
        [person("woman", sex="female"), person("son", sex="male"), person(low=3, high=3, scope="all")],
        (3, 3),
    ),
    "parts of a counted group": (
        [person("woman", low=3, high=3, sex="female"), person(low=2, high=2, scope="part"), person(scope="part")],
        (3, 3),
    ),
    "parts alone": ([person(low=2, high=2, scope="part"), person(scope="part")], (3, 3)),
    "ten others beside one": ([person("scientist"), person(low=10, high=10, scope="more")], (11, 11)),
    "two residents and residents at large": ([person("resident", low=2, high=2), group("resident", low=1)], (2, 2)),
    "broker and guards": ([person("broker"), group("border_guard")], (3, None)),
    "remittance broker is the broker": ([person("remittance_broker"), person("broker")], (1, 1)),
    "the broker is the man in his forties": (
        [person("broker"), person("man", sex="male", age_min=45, age_max=49)],
        (1, 1),
    ),
    "a platoon of about twenty": (
        [
            person("platoon", low=10, high=40),
            person("border_guard", low=20, high=20),
            person("border_guard", low=2, high=9),
        ],
        (20, 20),
    ),
    "two brokers and three guards": (
        [person("broker", low=2, high=2), person("border_guard", low=3, high=3)],
        (5, 5),
    ),
    "two people of different names": ([person(name="Kim"), person(name="Choe")], (2, 2)),
    "a total beside families": (
        [person("family", low=2, high=2), person(low=7, high=7)],
        (7, 7),
    ),
    "a leader of the group": ([person("border_guard", low=4, high=4), person("officer")], (4, 4)),
    "more than 300": ([person("person", low=300, high=None)], (300, None)),
}


@pytest.mark.parametrize(("mentions", "expected"), CASES.values(), ids=CASES.keys())
def test_people_are_counted_as_a_careful_reader_counts_them(
    mentions: list[PeopleMention], expected: tuple[int | None, int | None]
) -> None:
    assert merge(mentions) == Count(low=expected[0], high=expected[1])


RELATIONS = st.sampled_from(["woman", "man", "wife", "son", "family", "couple", "broker", "border_guard", "resident"])
MENTIONS = st.builds(
    lambda relation, low, more, scope, start: PeopleMention(
        span=Span(start=start, end=start + 1),
        relations=(relation,),
        count_min=low,
        count_max=None if more is None else low + more,
        scope=scope,
    ),
    RELATIONS,
    st.integers(1, 30),
    st.one_of(st.none(), st.integers(0, 5)),
    st.sampled_from(["new", "all", "part", "more"]),
    st.integers(0, 500),
)


@given(st.lists(MENTIONS, max_size=8))
def test_a_count_is_a_range_and_says_at_least_one_wherever_somebody_is(mentions: list[PeopleMention]) -> None:
    found = merge(mentions)
    if found.low is not None:
        assert found.low >= 1
        assert found.high is None or found.low <= found.high


@given(MENTIONS)
def test_the_same_mention_twice_counts_once(mention: PeopleMention) -> None:
    assert merge([mention, mention]) == merge([mention])


@given(MENTIONS, MENTIONS)
def test_whether_two_mentions_can_be_one_person_does_not_depend_on_their_order(
    a: PeopleMention, b: PeopleMention
) -> None:
    assert same(a, b) == same(b, a)


def test_kin_named_right_after_somebody_is_somebody_else() -> None:
    woman = PeopleMention(span=Span(start=0, end=7), count_min=1, count_max=1, sex="female", relations=("woman",))
    mother = PeopleMention(span=Span(start=9, end=19), count_min=1, count_max=1, sex="female", relations=("mother",))
    later = mother.model_copy(update={"span": Span(start=90, end=100)})
    assert merge([woman, mother]) == Count(low=2, high=2)
    assert merge([woman, later]) == Count(low=1, high=1)
