from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from secondsource.intake import Accepted, Limits, read

from .conftest import RECEIVED, Take
from .samples import STORY, archive, mail


def test_a_folder_is_read_in_sorted_order_without_hidden_files(take: Take, tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        name: f"Text {name}." for name in ("b/c.txt", "a.txt", "b/a.txt", ".hid", ".git/x.txt")
    }
    results = take({f"in/{name}": text for name, text in files.items()}, "in")
    assert [a.report.filename for a in results.accepted] == ["a.txt", "b/a.txt", "b/c.txt"]
    assert len(results) == 3
    assert str(tmp_path) not in results.accepted[0].report.model_dump_json()


def test_a_sidecar_is_no_report_and_one_without_its_file_is_refused(take: Take) -> None:
    results = take({"in/a.txt": STORY, "in/a.txt.meta.yaml": "title: T", "in/b.txt.meta.json": "{}"}, "in")
    assert [a.report.title for a in results.accepted] == ["T"]
    assert [Path(r.name).name for r in results.refused] == ["b.txt.meta.json"]


def test_only_links_that_stay_within_the_folder_are_followed(take: Take, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("Outside.")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(STORY)
    for name, target in {
        "out": "../outside.txt",
        "up": "..",
        "same.txt": "a.txt",
        "gone": "nowhere",
        "self": "self",
    }.items():
        (tmp_path / "in" / name).symlink_to(target)
    results = take({}, "in")
    assert results.texts == [STORY]
    assert [Path(n.name).name for n in results.noted] == ["same.txt"]
    assert {Path(r.name).name: r.reason for r in results.refused} == {
        "out": "a link that leaves the folder",
        "up": "a link that leaves the folder",
        "gone": "a link to nowhere",
        "self": "a link to nowhere",
    }


def test_a_described_file_cannot_point_elsewhere(take: Take, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("title: secret")
    (tmp_path / "a.txt.meta.yaml").symlink_to("other.yaml")
    assert [r.reason for r in take({"a.txt": STORY}, "a.txt").refused] == ["the file that describes it is a link"]


def test_a_pipe_or_device_is_refused_without_waiting(take: Take, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    os.mkfifo(tmp_path / "in/pipe.txt")
    results = take({}, "in", "in/pipe.txt", "../../../../../../dev/null")
    assert len(results.refused) == len(results) == 3
    assert {r.reason for r in results} == {"not a regular file"}  # type: ignore[union-attr]


def test_what_is_not_there_or_may_not_be_read_is_refused(
    take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_open = os.open

    def closed(path: str, *rest: int) -> int:
        if str(path).endswith("closed.txt"):
            raise PermissionError
        return really_open(path, *rest)

    monkeypatch.setattr(os, "open", closed)
    results = take({"closed.txt": STORY}, "closed.txt", "missing.txt", "nul\0.txt")
    assert [r.reason for r in results.refused] == [
        "it may not be read",
        "there is no such file, or it may not be read",
        "there is no such file, or it may not be read",
    ]


def test_a_name_cannot_steer_a_terminal(take: Take) -> None:
    results = take({"in/\x1b[2J\u202e.txt": STORY, "in/\x1b[2J.exe": "x"}, "in")
    assert not any(letter in str(results) for letter in ("\x1b", "\\x1b", "\u202e"))
    assert results.accepted[0].report.filename == "\ufffd[2J\ufffd.txt"


def test_a_name_that_is_no_unicode_is_read_all_the_same(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    with open(path, "w") as file:  # noqa: PTH123
        file.write(STORY)
    (result,) = read([tmp_path], received=RECEIVED)
    assert isinstance(result, Accepted)
    assert result.report.filename == "\ufffd\ufffd.txt"


def test_progress_tells_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.xyz").write_text(STORY)
    names: list[str] = []
    list(read([tmp_path], received=RECEIVED, progress=names.append))
    assert [Path(name).name for name in names] == ["a.txt", "b.xyz"]


def test_an_archive_is_read_member_by_member_with_their_sidecars(take: Take) -> None:
    data = archive(
        {"b.txt": "Second.", "a/a.txt": "First.", "a/a.txt.meta.yaml": "title: T", "__MACOSX/x": "", ".h": "", "c/": ""}
    )
    results = take({"in.zip": data})
    assert [(a.report.text, a.report.title, a.report.filename) for a in results.accepted] == [
        ("First.", "T", "in.zip!a/a.txt"),
        ("Second.", None, "in.zip!b.txt"),
    ]
    assert len(results) == 2


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        ("../up.txt", "its path leaves the archive"),
        ("/abs.txt", "its path leaves the archive"),
        ("a/../../up.txt", "its path leaves the archive"),
        ("..\\up.txt", "its path leaves the archive"),
        ("C:\\x.txt", "its path leaves the archive"),
        ("link.txt", "not a regular file"),
    ],
)
def test_a_member_that_would_leave_the_archive_is_refused(take: Take, member: str, reason: str) -> None:
    results = take({"in.zip": archive({member: "Bad.", "ok.txt": "Good."}, link="link.txt")})
    assert results.texts == ["Good."]
    assert [r.reason for r in results.refused] == [reason]


def test_an_archive_within_an_archive_is_not_opened(take: Take) -> None:
    inner = archive({"a.txt": "Inner."})
    results = take({"in.zip": archive({"in.zip": inner, "mail.eml": mail("Mail.", attached={"x.zip": inner})})})
    assert results.texts == ["Mail.\n"]
    assert {r.reason for r in results.refused} == {"an archive inside another file is not opened"}


@pytest.mark.parametrize(
    "members",
    [
        {"bomb.txt": b"0" * (3 << 20)},  # one member too large
        {f"{n}.txt": bytes([48 + n]) * (1 << 20) for n in range(6)},  # together too large
        {f"{n}.txt": str(n) for n in range(60)},  # too many
        {"bomb.docx": archive({"word/document.xml": b"<a/>" * (2 << 20)})},  # an Office file
    ],
    ids=["large", "together", "many", "office"],
)
def test_a_bomb_is_refused_before_it_goes_off(take: Take, members: dict[str, bytes | str]) -> None:
    results = take({"bomb.zip": archive(members)})
    assert results.refused
    assert not any(len(a.data) > 2 << 20 for a in results.accepted)
    assert sum(len(a.data) for a in results.accepted) <= 4 << 20


def test_a_member_that_lies_about_its_size_is_refused(take: Take) -> None:
    data = bytearray(archive({"a.txt": b"0" * (1 << 20)}))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(mark) + offset
        data[at : at + 4] = (10).to_bytes(4, "little")
    assert not [a for a in take({"lie.zip": bytes(data)}).accepted if len(a.data) > 10]


def test_a_locked_member_is_refused(take: Take) -> None:
    data = bytearray(archive({"a.txt": STORY}))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + offset] |= 1
    assert [r.reason for r in take({"locked.zip": bytes(data)}).refused] == ["it is encrypted"]


def test_a_large_table_is_streamed(tmp_path: Path) -> None:
    """More rows than a file that is read whole may have bytes."""
    path = tmp_path / "large.csv"
    path.write_text("text\n" + "\n".join(f"Row {n} of many." for n in range(2_000)))
    results = list(read([path], received=RECEIVED, limits=Limits(max_bytes=1_000, max_text=1_000)))
    assert len(results) == 2_000
    assert all(isinstance(r, Accepted) for r in results)


def test_nothing_is_unpacked_to_disk(take: Take, tmp_path: Path) -> None:
    take({"in.zip": archive({"a.txt": STORY})})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.zip"]
    assert zipfile.is_zipfile(tmp_path / "in.zip")
