"""docs/world.md says what world.yaml has, and its arrivals are those that the model makes."""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "world.md").read_text(encoding="utf-8")


def written(name: str) -> str:
    (found,) = re.findall(rf"<!-- {name} -->\n(.*?)\n<!-- end -->", DOCUMENT, flags=re.S)
    return str(found)


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        import world_tables
    finally:
        sys.path.pop(0)
    return world_tables


def test_every_parameter_stands_in_the_table_as_it_is(tables: ModuleType) -> None:
    assert written("parameters") == tables.parameter_table()
    assert all(f"| `{p.code}` |" in DOCUMENT for p in tables.SPEC.parameters)


def test_what_is_fixed_stands_in_the_table_as_it_is(tables: ModuleType) -> None:
    assert written("fixed") == tables.fixed_table()


def test_the_text_says_that_nothing_serves_those_who_arrest_and_why() -> None:
    (why,) = re.findall(r"### Why nothing here serves those who arrest\n(.*?)\n#", DOCUMENT, flags=re.S)
    assert "no outcome that counts as their success" in why and "no\nsearch over numbers" in why


def test_the_arrivals_are_those_that_the_model_makes(tables: ModuleType) -> None:
    def numbers(table: str) -> list[list[float]]:
        return [[float(n) for n in re.findall(r"[\d.]+", line)] for line in table.splitlines() if line[2:3].isdigit()]

    simulated = numbers(tables.arrivals_table(tables.arrivals()))
    assert len(simulated) == len(tables.SPEC.arrivals)
    for now, then in zip(simulated, numbers(written("arrivals")), strict=True):
        assert then[:2] == now[:2]
        assert then[2:] == pytest.approx(now[2:], rel=0.03, abs=0.02)


@pytest.mark.parametrize("part", range(1, 8))
def test_the_parts_of_the_odd_protocol_are_there(part: int) -> None:
    assert re.search(rf"^## {part}\. ", DOCUMENT, flags=re.M)


def test_the_scenario_of_the_document_can_be_played(tmp_path: Path, tables: ModuleType) -> None:
    from secondsource.world import many, scenarios

    (text,) = re.findall(r"^    code: two_visits\n(?:    .*\n)+", DOCUMENT, flags=re.M)
    path = tmp_path / "two_visits.yaml"
    path.write_text(textwrap.dedent(text))
    one = scenarios.load(path)
    assert len(one.inspections) == 2
    assert many.play_chunk(many.Chunk(one, (1,), years=5, households=600))
