"""Groups of words: written once, used by name in any pattern of a pack and of those that extend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondsource import packs
from secondsource.packs import groups

WORDS = {"officers": ["agents", "border guards"], "rank": ["chief*"], "none": []}


@pytest.mark.parametrize(
    ("pattern", "written_out"),
    [
        ("arrested by [a|b]", "arrested by [a|b]"),
        ("<officers> were waiting", "[agents|border guards] were waiting"),
        ("by [the|two] <officers>", "by [the|two] [agents|border guards]"),
        ("[<officers>|men] came", "[agents|border guards|men] came"),
        ("[by <officers>|in custody]", "[by agents|by border guards|in custody]"),
        ("came (with <officers>)", "came (with agents|with border guards)"),
        ("([<officers>]) came", "([agents|border guards]) came"),
        ("(<officers>) came", "([agents|border guards]) came"),
        ("[<rank> of <officers>] came", "[chief* of agents|chief* of border guards] came"),
        ("<unknown> came", "<unknown> came"),
        ("[<unknown>|he] came", "[<unknown>|he] came"),
    ],
)
def test_a_group_stands_for_its_words(pattern: str, written_out: str) -> None:
    assert groups.expand(pattern, WORDS) == written_out


def test_a_group_that_is_not_there_is_no_word() -> None:
    with pytest.raises(packs.PatternError, match="no group <ghosts>"):
        packs.to_regex("<ghosts> came", "en")


def test_groups_within_groups_are_written_out() -> None:
    words = {"all": {"en": ["<officers>", "men", "the <officers>"]}, "officers": {"en": ["agents"]}}
    assert groups.resolved(words)["en"]["all"] == ["agents", "men", "the agents"]


def pack(folder: Path, name: str, acts: str, words: str, head: str = "") -> Path:
    (folder / name / "phrases").mkdir(parents=True)
    (folder / name / "pack.yaml").write_text(f"name: {name}\nversion: '1'\n{head}")
    (folder / name / "phrases" / "words.yaml").write_text(words, encoding="utf-8")
    (folder / name / "acts.yaml").write_text(
        "- code: taken\n  label: {en: a, ko: b, ja: c}\n  triggers:\n" + acts, encoding="utf-8"
    )
    return folder / name


def test_a_language_has_words_of_its_own(tmp_path: Path) -> None:
    words = "officers: {en: [agents], ko: [보위원]}\n"
    folder = pack(tmp_path, "mine", "    en: [<officers> came]\n    ko: [<officers>이 왔]\n", words)
    assert packs.load(folder).acts["taken"].triggers == {"en": ["[agents] came"], "ko": ["[보위원]이 왔"]}


def test_a_pack_adds_words_to_the_groups_that_it_extends(tmp_path: Path) -> None:
    base = pack(tmp_path, "base", "    en: [<officers> came]\n", "officers: {en: [agents]}\n")
    head = f"extends: ['{base}']\n"
    mine = pack(tmp_path, "mine", "    en: ['<officers> went']\n", "officers: {en: [wardens]}\n", head)
    assert packs.load(mine).acts["taken"].triggers["en"] == ["[wardens|agents] went", "[wardens|agents] came"]
    assert packs.load(base).acts["taken"].triggers["en"] == ["[agents] came"]
    assert packs.check(mine) == []


@pytest.mark.parametrize(
    ("acts", "words", "told"),
    [
        ("    en:\n      - a\n      - <ghosts> came\n", "", "acts.yaml:6: no group <ghosts> in en"),
        ("    ko: [<officers>이]\n", "officers: {en: [agents]}\n", "acts.yaml:4: no group <officers> in ko"),
        ("    en: [a]\n", "\nofficers: {en: [agents]}\n", "phrases/words.yaml:2: <officers> is used nowhere"),
        ("    en: [<o> a]\n", "o:\n  en:\n    - '[a|b]'\n", "phrases/words.yaml:3: '[a|b]': a group holds words"),
        ("    en: [<a> x]\n", "a: {en: [<b>]}\nb: {en: [<a>]}\n", "<a> holds itself"),
    ],
)
def test_faults_of_groups_are_told_with_file_and_line(tmp_path: Path, acts: str, words: str, told: str) -> None:
    assert any(told in fault for fault in packs.check(pack(tmp_path, "mine", acts, words)))
