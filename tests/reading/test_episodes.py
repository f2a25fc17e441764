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
        ("This was hardly the only case. In June a widow was arrested by agents at the market.", 2),
        ("They are held in Onsong and elsewhere, and agents searched their house.", 1),
        ("Elsewhere, agents arrested a widow.", 2),
        ("Separately, rice cost 5,000 won. Agents arrested the wives of the brothers too.", 1),
    ],
)
def test_a_new_incident_needs_its_own_day_and_people(second: str, incidents: int) -> None:
    report = Report(id="r", text=f"{FIRST}\n\n{second}", language=Language.EN, received="2024-01-01T00:00:00Z")
    assert len({c.episode for c in read(report, load("nk_border")).claims}) == incidents


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "지난 3일 무산에서 형제가 보위부에 체포됐다. 이뿐만이 아니다. 온성에서도 과부 한 명이 체포됐다."),
        ("ja", "3日、茂山で兄弟が保衛部に逮捕された。これだけではない。穏城でも女性が逮捕された。"),
    ],
)
def test_that_this_was_not_all_announces_another(language: str, text: str) -> None:
    report = Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z")
    assert len({c.episode for c in read(report, load("nk_border")).claims}) == 2
