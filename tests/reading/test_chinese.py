"""Chinese: who did it to whom, by word order."""

from __future__ import annotations

import pytest
from marked_roles import read

from secondsource.reading import chinese

ARREST, CROSS = "arrest_detention", "border_crossing_attempt"


@pytest.mark.parametrize(
    ("act", "text", "perpetrators", "victims"),
    [
        (ARREST, "三名女性被{MSS:保卫部}<逮捕>。", {"MSS"}, ["三名女性"]),
        (ARREST, "{MSS:保卫部}<逮捕>了三名女性。", {"MSS"}, ["三名女性"]),
        (ARREST, "{MSS:保卫部}把一名男子<抓走>。", {"MSS"}, ["一名男子"]),
        (ARREST, "一家四口遭{border_guards:警备队}<拘捕>。", {"border_guards"}, ["一家四口"]),
        (CROSS, "两名女子<渡江>。", set(), ["两名女子"]),
    ],
)
def test_roles_follow_word_order(act: str, text: str, perpetrators: set[str], victims: list[str]) -> None:
    assert read(text, "zh", act, chinese.roles) == [(perpetrators, victims)]
