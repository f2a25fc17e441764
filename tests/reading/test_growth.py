"""Reading takes time in proportion to a text, whatever is in it, and says where it stopped short."""

from __future__ import annotations

import time

import pytest

from secondsource import packs, reading
from secondsource.model import Language, Reading, Report
from secondsource.reading import cast

PACK = packs.load("nk_border")
GENEROUS = 4
"""So many times the growth of the text: a machine may be busy."""


def read(text: str, language: str) -> Reading:
    return reading.read(Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z"), PACK)


def seconds(text: str, language: str) -> float:
    took = []
    for _ in range(2):
        start = time.process_time()
        read(text, language)
        took.append(time.process_time() - start)
    return min(took)


@pytest.mark.parametrize(
    ("language", "piece"),
    [
        ("en", "“"),
        ("en", "\x00\x07\u200b\u202e source said "),
        ("en", "Kim Chol Su, "),
        ("ko", "“보위원이 말했다 "),
        ("ja", "「保衛員」と"),
        ("ja", "消息筋は \x00 소식통 the agents "),
        ("zh", "“知情者说 "),
    ],
)
def test_ten_times_the_text_is_about_ten_times_the_work(language: str, piece: str) -> None:
    short, long = piece * (5_000 // len(piece)), piece * (50_000 // len(piece))
    read(short, language)
    assert seconds(long, language) < 10 * GENEROUS * max(seconds(short, language), 0.01)


def test_voices_beyond_the_most_are_left_out_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cast, "MOST_VOICES", 3)
    cities = ("Hyesan", "Musan", "Hoeryong", "Onsong", "Rason")
    found = read("\n".join(f"Another source in {city} said that agents arrested a woman." for city in cities), "en")
    assert len(found.voices) == 3
    assert found.notes == ("the first 3 voices were told apart; whoever is cited after them is none",)


@pytest.mark.parametrize("day", ["May 0", "0 May", "0 May 2019", "May 32", "February 30, 2019", "2019-00-00"])
def test_a_day_that_no_month_has_stops_nothing(day: str) -> None:
    assert read(f"Agents arrested a woman on {day}.", "en").claims
