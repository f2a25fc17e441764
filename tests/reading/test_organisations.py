"""Organisations under all their names, and not under those of another."""

from __future__ import annotations

import time

import pytest

from secondsource.model import Language, Report
from secondsource.packs import load
from secondsource.reading import organisations
from secondsource.reading.text import lay_out

PACK = load("nk_border")


def named(text: str, language: str = "en") -> list[str]:
    report = Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z")
    return [m.org for m in organisations.find(lay_out(report, PACK))]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("MSS", "MSS|SSD|NSA|Ministry of State Security|State Security Department|National Safety Agency|bowibu"),
        ("MSS", "국가보위성|보위부|국가안전보위부|보위원들|도 보위국|담당 보위지도원"),
        ("MSS", "国家保衛省|保衛部|国家安全保衛部|保衛員|保卫部|保卫员|国家保卫省|秘密警察"),
        ("MPS", "MPS|Ministry of People's Security|Ministry of Social Security|people's safety agents|police officers"),
        ("MPS", "인민보안성|보안서|안전부|안전원|사회안전성|규찰대|인민보안부|分駐所|保安署|保安員|社会安全省"),
        (
            "chinese_police",
            "중국 공안|변방대|中国公安|公安|Chinese police|Chinese authorities|China's Ministry of Public Security",
        ),
        ("border_guards", "border guards|border patrol|국경경비대|경비대원|国境警備隊|边境警备队"),
        ("military", "보위사령부|국경경비대 보위부|保衛司令部|Military Security Command|soldiers|KPA"),
        (
            "joint_inspection_team",
            "joint inspection team|inspection groups|109 gruppa|합동검열단|그루빠|検閲団|연합지휘부",
        ),
        ("broker", "broker|brokers|브로커|밀수꾼|송금 중개업자|ブローカー|密輸業者|蛇头"),
        ("party", "노동당|Workers' Party|中央党|인민반장|inminban"),
    ],
)
def test_an_organisation_is_known_by_all_its_names(code: str, names: str) -> None:
    assert [n for n in names.split("|") if set(named(f"({n})")) != {code}] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ministry of Social Security officer arrested. The MSS man took bribes.", ["MPS", "MPS"]),
        ("The Ministry of State Security (MSS) arrested a Ministry of Social Security man.", ["MSS", "MSS", "MPS"]),
        ("China's Ministry of Public Security said nothing. MPS agents had taken them.", ["chinese_police"] * 2),
        ("MPS agents took them.", ["MPS"]),
        ("Thai police handed them to Chinese border guards.", ["police", "chinese_police"]),
        ("special security was kept and food security was poor", []),
        ("a birthday party", []),
    ],
)
def test_what_else_the_text_says_decides_between_organisations(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_the_county_branch_is_not_the_military_command() -> None:
    assert named("무산군 보위부가 체포했고 보위사령부가 조사했다.", "ko") == ["MSS", "military"]


def test_general_knowledge_serves_without_a_field() -> None:
    report = Report(id="r", text="The army and the police came.", language=Language.EN, received="2024-01-01T00:00:00Z")
    assert [m.org for m in organisations.find(lay_out(report, load("general")))] == ["army", "police"]


@pytest.mark.parametrize("unit", ["MSS ", "보위부", "Chinese ", "People's Security ", "state ("])
def test_time_grows_with_the_length_of_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        start = time.process_time()
        named(unit * (size // len(unit)))
        return time.process_time() - start

    seconds(2_000)
    # The best of three: a collection of garbage may fall into any one of them.
    assert min(seconds(80_000) for _ in range(3)) < 16 * seconds(20_000) + 0.2
