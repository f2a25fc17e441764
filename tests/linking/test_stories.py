"""Reports grouped by text alone: retellings come together, other events stay apart."""

from __future__ import annotations

import pytest

from secondsource.linking.bags import weighed_words
from secondsource.linking.stories import stories

TEXTS = [
    "Parliament passed the budget of the Ministry of Works.\nThe Speaker, Tomas Wren, counted 61 votes.",
    "The budget of the Ministry of Works was passed in Parliament.\nSpeaker Tomas Wren counted 61 votes for it.",
    "The ferry Lady Grey sank off Port Dunne.\nAll 40 passengers of the Lady Grey were saved.",
    "Passengers of the sunken ferry Lady Grey landed at Port Dunne.\nAll 40 passengers were saved.",
]


def test_retellings_come_together_and_other_events_stay_apart() -> None:
    assert stories(TEXTS) == [[0, 1], [2, 3]]


def test_names_numbers_and_the_beginning_count_more() -> None:
    words = weighed_words("A ferry sank.\nThe ferry carried Wren.\n\nIt carried 40 people and Wren.")
    assert words["wren"] > words["40"] > words["people"]
    assert words["sank"] > words["people"]


@pytest.mark.parametrize(
    "texts",
    [[], [""], ["", ""], ["one word"], ["x" * 100_000 + " y", "\n" * 1000], ["1.1.1" * 1000, "a_b" * 1000]],
)
def test_every_text_is_in_exactly_one_group(texts: list[str]) -> None:
    assert sorted(n for group in stories(texts) for n in group) == list(range(len(texts)))
