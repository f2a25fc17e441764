from __future__ import annotations

import datetime
import hashlib
import json

import pytest

from secondsource.model import Language, content_id

from .conftest import RECEIVED, Take
from .samples import STORY, archive, mail, page, pdf, sheet, word

EVERY_KIND = {
    "a.txt": STORY,
    "a.md": f"---\ntitle: A day in March\npublished: 2014-03-05\n---\n{STORY}",
    "a.html": page(),
    "a.eml": mail(),
    "a.docx": word(),
    "a.pdf": pdf(),
    "a.csv": f'text\n"{STORY}"\n',
    "a.xlsx": sheet([["text"], [STORY]]),
    "a.jsonl": json.dumps({"text": STORY}) + "\n",
    "a.zip": archive({"inner/a.txt": STORY}),
}


@pytest.mark.parametrize("name", sorted(EVERY_KIND))
def test_every_kind_gives_its_text(take: Take, name: str) -> None:
    (accepted,) = take({name: EVERY_KIND[name]}).accepted
    assert accepted.report.text.strip() == STORY
    assert accepted.report.language is Language.EN
    assert accepted.report.received == RECEIVED
    assert accepted.report.id == content_id("r", hashlib.sha256(accepted.data).hexdigest())


@pytest.mark.parametrize("name", sorted(set(EVERY_KIND) - {"a.txt", "a.md", "a.csv"}))
@pytest.mark.parametrize("cut", [0.0, 0.5, 0.9])
def test_a_broken_file_is_refused_or_read_but_never_raises(take: Take, name: str, cut: float) -> None:
    whole = EVERY_KIND[name]
    data = whole.encode() if isinstance(whole, str) else whole
    results = take({name: data[: int(len(data) * cut)]})
    assert len(results.accepted) + len(results.refused) == 1
    if cut == 0.0:
        assert results.refused


@pytest.mark.parametrize("name", sorted(set(EVERY_KIND) - {"a.txt", "a.md", "a.csv"}))
def test_content_that_contradicts_its_ending_is_refused(take: Take, name: str) -> None:
    results = take({name: "Plain words of no kind at all.\n"})
    assert [r.reason for r in results.refused] == [
        f"its ending says {name.rpartition('.')[2]}, but it does not look like one"
    ]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", pdf(), "holds pdf"),
        ("a.txt", page(), "holds html"),
        ("a.csv", word(), "holds docx"),
        ("a.zip", word(), "holds docx"),
        ("a.docx", sheet([["text"]]), "holds xlsx"),
        ("a.pdf", archive({"a.txt": STORY}), "holds zip"),
        ("a.md", b"\x89PNG\r\n\x1a\n", "holds picture"),
        ("a.exe", b"MZ", "ending"),
        ("noending", b"\x7fELF\x00\x01", "program"),
        ("a.txt", bytes(range(256)) * 4, "encoding"),
        ("a.txt", "  \n\t\n", "no text"),
        ("a.pdf", pdf(""), "a scan?"),
        ("a.pdf", pdf(password=True), "encrypted"),
        ("a.csv", "name,age\nx,1\n", "no column"),
        ("a.xlsx", sheet([["name"], ["x"]]), "no column"),
        ("a.txt", "word " * 100_000, "longer than"),
        ("a.txt", b"x" * (3 << 20), "larger than"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_reason(take: Take, name: str, data: bytes | str, reason: str) -> None:
    results = take({name: data})
    assert not results.accepted
    assert reason in results.refused[0].reason
    assert results.refused[0].name.endswith(name)


def test_a_file_without_an_ending_is_known_by_its_content(take: Take) -> None:
    results = take({"one": STORY, "two": pdf(), "three": page(), "four": word()})
    assert [r.media_type.rpartition("/")[2][:8] for r in results.accepted] == ["vnd.open", "plain", "html", "pdf"]


def test_a_page_gives_what_a_reader_sees_and_what_it_says_of_itself(take: Take) -> None:
    head = (
        "<title>ignored</title><meta property='og:title' content='Four arrested'>"
        "<meta property='og:site_name' content='The River Post'>"
        "<meta property='article:published_time' content='2014-03-05T23:30:00+09:00'><script>var hidden = 1</script>"
    )
    body = (
        f"<nav>Home</nav><article><h1>Four arrested</h1><p>{STORY}</p><p style='display: none'>unseen</p>"
        f"<p>{'They were held for days. ' * 20}</p><script>alert('evil')</script></article><footer>Contact</footer>"
    )
    (report,) = (a.report for a in take({"a.html": page(body, head)}).accepted)
    assert (report.title, report.outlet, report.published) == ("Four arrested", "The River Post", "2014-03-05")
    assert STORY in report.text
    assert not any(word in report.text for word in ("evil", "unseen", "hidden", "Contact", "<p>"))


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        ("", "<time datetime='2014-03-05'>then</time><time datetime='2014-03-05'>then</time>", "2014-03-05"),
        ("", "<time datetime='2014-03-05'>then</time><time datetime='2013-01-01'>other</time>", None),
        (
            "",
            "<time datetime='2014-03-05' itemprop='datePublished'>a</time><time datetime='2013-01-01'>b</time>",
            "2014-03-05",
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2014-03-05T01:00:00Z"}]}</script>',
            "",
            "2014-03-05",
        ),
        ("<meta name='date' content='last week'>", "", None),
    ],
)
def test_a_page_is_dated_only_where_it_says_so(take: Take, head: str, body: str, published: str | None) -> None:
    (report,) = (a.report for a in take({"a.html": page(f"<p>{STORY}</p>{body}", head)}).accepted)
    assert report.published == published


def test_a_mail_keeps_its_people_out_of_the_report(take: Take) -> None:
    data = mail(Subject="A case at the river", Date="Wed, 05 Mar 2014 23:30:00 +0900")
    (report,) = (a.report for a in take({"a.eml": data}).accepted)
    assert (report.title, report.published, report.outlet) == ("A case at the river", "2014-03-05", None)
    assert not any(word in report.model_dump_json() for word in ("Private", "private.person", "secret-host", "desk@"))


def test_a_mail_hands_on_its_attachments(take: Take) -> None:
    inner = mail("An inner letter was found.", attached={"deep.txt": b"Too deep?"})
    results = take({"a.eml": mail(attached={"x.pdf": pdf("On the next page."), "x.png": b"\x89PNG", "in.eml": inner})})
    assert results.texts == [STORY + "\n", "On the next page.", "An inner letter was found.\n", "Too deep?"]
    assert [a.report.filename for a in results.accepted][-1] == "a.eml!in.eml!deep.txt"
    assert [r.name.rpartition("!")[2] for r in results.refused] == ["x.png"]


def test_a_mail_of_html_alone_gives_its_text(take: Take) -> None:
    data = b"Subject: =?utf-8?b?7ZqM66C5?=\nContent-Type: text/html; charset=euc-kr\n\n" + (
        "<p>지난 11일 두 명이<br>체포됐다고 한다</p><style>x{}</style>".encode("euc-kr")
    )
    (report,) = (a.report for a in take({"a.eml": data}).accepted)
    assert (report.title, report.text, report.language) == ("회령", "지난 11일 두 명이\n체포됐다고 한다", Language.KO)


def test_a_word_file_gives_paragraphs_and_tables_in_order_and_no_author(take: Take) -> None:
    data = word("First.", "Second.", table=[["sum", "17"], ["day", "3"]], title="A title")
    (accepted,) = take({"a.docx": data}).accepted
    assert accepted.report.text.split() == ["First.", "Second.", "sum", "17", "day", "3"]
    assert (accepted.report.title, accepted.report.published) == ("A title", None)
    assert "Private" not in accepted.report.model_dump_json()


def test_the_making_of_a_pdf_is_not_its_publication(take: Take) -> None:
    (report,) = (a.report for a in take({"a.pdf": pdf(title="A title")}).accepted)
    assert (report.title, report.published) == ("A title", None)
    assert "Private" not in report.model_dump_json()


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("제목,매체,날짜,본문,언어", "2014.3.5"),
        ("タイトル,媒体,掲載日,本文,言語", "2014年3月5日"),
        ("标题,媒体,日期,正文,语言", "2014/03/05"),
        ("Title,Outlet,Published,Full Text,Lang", "2014-03-05"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "semicolons", "xlsx", "jsonl"])
def test_columns_are_known_by_their_names_in_every_language(take: Take, header: str, day: str, kind: str) -> None:
    names, cells = header.split(","), ["T", "O", day, STORY, "en"]
    files: dict[str, dict[str, bytes | str]] = {
        "csv": {"t.csv": f"{header}\n" + ",".join(f'"{c}"' for c in cells)},
        "semicolons": {"t.csv": "\ufeff" + ";".join(names) + "\r\n" + ";".join(f'"{c}"' for c in cells)},
        "xlsx": {"t.xlsx": sheet([[*names], [*cells]])},
        "jsonl": {"t.jsonl": json.dumps(dict(zip(names, cells, strict=True)))},
    }
    (report,) = (a.report for a in take(files[kind]).accepted)
    assert (report.title, report.outlet, report.published, report.text) == ("T", "O", "2014-03-05", STORY)


def test_rows_are_named_and_a_bad_one_costs_only_itself(take: Take) -> None:
    lines = [
        '{"text": "One.", "id": 7}',
        "broken",
        '["x"]',
        '{"title": "no text"}',
        '{"text": "\\ud800 Two."}',
        "",
        "[" * 5000,
    ]
    results = take({"t.jsonl": "\n".join(lines)})
    assert results.texts == ["One.", "\ufffd Two."] or results.texts == ["One."]
    assert [r.name.rpartition(" line ")[2] for r in results.refused][:3] == ["2", "3", "4"]
    assert results.accepted[0].report.ref == "7"
    assert results.accepted[0].data == b'{"id":7,"text":"One."}'


def test_sheets_without_text_are_refused_and_the_others_read(take: Take) -> None:
    when = datetime.datetime(2014, 3, 5)
    results = take({"b.xlsx": sheet([["name"], ["x"]], [["본문", "날짜"], [STORY, when]])})
    assert [(a.report.filename, a.report.published) for a in results.accepted] == [
        ("b.xlsx sheet 2 row 2", "2014-03-05")
    ]
    assert [r.name.rpartition("/")[2] for r in results.refused] == ["b.xlsx sheet 1"]


@pytest.mark.parametrize(
    "sidecar",
    [
        {
            "a.txt.meta.yaml": "title: T\noutlet: O\npublished: 2014-03\ntruncated: true\nreprint_of: r1\n"
            "id: 9\nlanguage: en"
        },
        {
            "a.txt.meta.json": '{"title": "T", "outlet": "O", "published": "2014-03", "truncated": true, '
            '"reprint_of": "r1", "id": 9, "language": "en"}'
        },
    ],
)
def test_a_sidecar_says_what_the_file_does_not(take: Take, sidecar: dict[str, str]) -> None:
    results = take({"a.txt": STORY, **sidecar})
    (report,) = (a.report for a in results.accepted)
    assert (report.title, report.outlet, report.published, report.truncated) == ("T", "O", "2014-03", True)
    assert (report.reprint_of, report.ref) == ("r1", "9")
    assert len(results) == 1


def test_a_sidecar_wins_over_the_file(take: Take) -> None:
    files: dict[str, bytes | str] = {"a.eml": mail(Subject="Own"), "a.eml.meta.yaml": "제목: Ours\n매체: O\n"}
    (report,) = (a.report for a in take(files).accepted)
    assert (report.title, report.outlet) == ("Ours", "O")


@pytest.mark.parametrize("broken", ["- a list", "title: [", "x" * 70_000, "\x00\x01", "a: &a [x]\nb: {{{"])
def test_a_broken_sidecar_is_never_passed_over(take: Take, broken: str) -> None:
    results = take({"a.txt": STORY, "a.txt.meta.yaml": broken})
    assert not results.accepted
    assert "describes it" in results.refused[0].reason


def test_a_date_that_cannot_be_read_is_left_out_and_noted(take: Take) -> None:
    results = take({"a.md": f"---\ndate: 03/05/2014\n---\n{STORY}"})
    assert [a.report.published for a in results.accepted] == [None]
    assert [n.reason for n in results.noted] == ["its date cannot be read, and was left out"]


def test_the_same_bytes_are_one_report(take: Take) -> None:
    results = take({"a.txt": STORY, "b.txt": STORY, "c.zip": archive({"x.txt": STORY})})
    assert len(results.accepted) == 1
    assert [n.name.rpartition("/")[2] for n in results.noted] == ["b.txt", "c.zip!x.txt"]


def test_equal_rows_are_one_report_whatever_the_order_of_their_keys(take: Take) -> None:
    results = take({"a.jsonl": '{"text": "One.", "id": "1"}\n{"id": "1", "text": "One."}\n'})
    assert len(results.accepted) == len(results.noted) == 1
