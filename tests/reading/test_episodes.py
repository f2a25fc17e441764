"""Where a report turns from one incident to another."""

from __future__ import annotations

import pytest

from secondsource.model import Language, Report
from secondsource.packs import load
from secondsource.reading import read

FIRST = "Agents arrested two brothers in Musan on May 3, 2019."


@pytest.mark.parametrize(
    ("second", "incidents"),
    [
        ("On June 20, 2019 a woman and her son were arrested by agents in Musan.", 2),
        ("On June 20, 2019 the brothers were arrested again.", 1),
        ("On June 20, 2019 they were sentenced to five years.", 1),
        ("A woman and her son were arrested by agents as well.", 1),
        ("On May 3, 2019 a woman and her son were arrested by agents, too.", 1),
    ],
)
def test_a_new_incident_needs_its_own_day_and_people(second: str, incidents: int) -> None:
    report = Report(id="r", text=f"{FIRST}\n\n{second}", language=Language.EN, received="2024-01-01T00:00:00Z")
    assert len({c.episode for c in read(report, load("nk_border")).claims}) == incidents
