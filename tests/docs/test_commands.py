"""The command reference says what the commands are: no more and no less."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from secondsource.cli.app import app

REFERENCE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", REFERENCE, flags=re.M | re.S))
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def test_every_command_has_its_section_and_every_section_its_command() -> None:
    assert set(SECTIONS) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_section_names_every_option_and_no_other(name: str) -> None:
    command = COMMANDS[name]
    parts = [command, *getattr(command, "commands", {}).values()]
    real = {o for part in parts for p in part.params for o in p.opts if o.startswith("--")} - {"--help"}
    usage = SECTIONS[name].strip().splitlines()[0]
    assert set(re.findall(r"--[a-z-]+", usage)) == real


def test_every_exit_code_is_documented() -> None:
    from secondsource.cli import app as module

    documented = {int(code) for code in re.findall(r"^\| (\d) \|", REFERENCE, flags=re.M)}
    assert documented == {0, module.REFUSED, module.FAILED, module.LOCKED, module.FAULTY}
