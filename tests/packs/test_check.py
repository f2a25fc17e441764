"""A documenter who adds to a pack is told what is wrong, with the file and the entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondsource import packs


def make(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    files = {"pack.yaml": "name: mine\nversion: '1'\n", **{k.replace("__", "."): v for k, v in files.items()}}
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", packs.names())
def test_the_packs_that_come_with_it_are_sound(name: str) -> None:
    assert packs.check(name) == []


ACT = (
    "- code: {code}\n  label: {{en: a, ko: b, ja: c}}\n  huridocs: ['{huridocs}']\n  triggers: {{en: ['{trigger}']}}\n"
)
PLACE = "id,name,kind,parent,lat,lon,names\n"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"acts__yaml": ACT.format(code="x y", huridocs="030101", trigger="a*")}, "acts.yaml: x y: a code is"),
        ({"acts__yaml": ACT.format(code="x", huridocs="arrest", trigger="a*")}, "arrest is no HURIDOCS code"),
        ({"acts__yaml": ACT.format(code="x", huridocs="030101", trigger="[a")}, "acts.yaml: x: triggers (en)"),
        ({"acts__yaml": ACT.format(code="x", huridocs="030101", trigger="a (b|) c")}, "an empty choice"),
        ({"acts__yaml": ACT.format(code="x", huridocs="030101", trigger="(a) (b)")}, "cannot read"),
        ({"acts__yaml": "- code: x\n  label: {en: a, ko: b, ja: c}\n  triggers: {ko: ['(a)']}\n"}, "may be missing"),
        ({"acts__yaml": "- code: x\n  label: {en: a}\n"}, "acts.yaml: x: no label in ko"),
        ({"acts__yaml": "- code: x\n  colour: red\n"}, "acts.yaml: x:"),
        ({"acts__yaml": "- code: x\n- code: x\n"}, "x stands twice"),
        ({"acts__yaml": "- code: [\n"}, "acts.yaml"),
        ({"gazetteer__csv": PLACE + "a,A,city,b,,,\n"}, "gazetteer.csv: a: its parent b is not there"),
        ({"gazetteer__csv": PLACE + "a,A,city,,99,0,\n"}, "latitude 99"),
        ({"gazetteer__csv": PLACE + "a,A,hamlet,,0,0,\n"}, "gazetteer.csv: a:"),
        ({"gazetteer__csv": PLACE + "a,A,city,b,0,0,\nb,B,city,a,0,0,\n"}, "lies in itself"),
        ({"alerts__yaml": "- {code: a, script: nowhere}\n"}, "alerts.yaml: a: nowhere is no script"),
        ({"linking__yaml": "comparisons: {when: {same: {same: .5, other: .5}}}\n"}, "linking.yaml: when"),
        ({"linking__yaml": "limits: {near_km: .nan}\n"}, "linking.limits.near_km"),
        ({"linking__yaml": "others: .inf\n"}, "linking.others"),
        ({"gazetteer__csv": PLACE + "a,A,city,,nan,0,\n"}, "gazetteer.csv: a:"),
        ({"context__yaml": "- {code: x, label: {en: a}, when: soon, source: s}\n"}, "context.yaml: x"),
        ({"context__yaml": "- {code: x, label: {en: a}, when: '2019', source: ' '}\n"}, "names no source"),
        ({"phrases/times.yaml": "early: {fr: ['tot']}\n"}, "phrases/times.yaml: early: unknown language fr"),
    ],
)
def test_each_fault_is_told_with_its_place(tmp_path: Path, files: dict[str, str], told: str) -> None:
    assert any(told in fault for fault in packs.check(make(tmp_path / "mine", **files)))


def test_a_pack_that_extends_has_both_and_its_own_first(tmp_path: Path) -> None:
    folder = make(
        tmp_path / "mine",
        pack__yaml="name: mine\nversion: '1'\nextends: [general]\n",
        acts__yaml="- code: killing\n  label: {en: Own label, ko: b, ja: c}\n  triggers: {en: ['smote']}\n",
    )
    mine, general = packs.load(folder), packs.load("general")
    assert set(general.places) <= set(mine.places)
    assert mine.acts["killing"].label["en"] == "Own label"
    assert mine.acts["killing"].triggers["en"][0] == "smote"


def test_no_is_a_word_in_a_pack(tmp_path: Path) -> None:
    folder = make(tmp_path / "mine", gazetteer__csv=PLACE, phrases__yaml="", **{"phrases/x.yaml": "no: {en: ['no']}\n"})
    assert packs.load(folder).phrase("x", "no", "en") == ["no"]


def test_where_there_is_no_pack_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(packs.PackError, match="no pack here"):
        packs.load(tmp_path)
