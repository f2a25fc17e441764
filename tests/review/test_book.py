"""Judgements in a casebook: kept, undone, seen in the incidents, and safe from kills and from one another."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import secondsource
from secondsource import reading
from secondsource.model import DecisionKind, Incident, Reading, Report
from secondsource.packs import Pack
from secondsource.pipeline import Book
from secondsource.review import Value

PASSPHRASE = "a long enough phrase"
TEXTS = {
    "a": "A resident said that on May 3, 2021 border guards arrested a family of four near Musan. "
    "Officers beat the father in a cell, and the mother was tortured, the resident said.",
    "b": "A trader said that on June 9, 2021 police arrested two women near Hoeryong.",
}
JUDGE = """
import sys, secondsource
from secondsource.model import DecisionKind
with secondsource.open(sys.argv[1], passphrase=sys.argv[2]) as book:
    claim = book.queue(1)[0].claim.id
    for n in range(10_000):
        made = book.decide(DecisionKind.ACCEPT, [claim], who=sys.argv[3], why=str(n))
        print(made.id, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    with secondsource.new(str(tmp_path / "case.book"), passphrase=PASSPHRASE) as made:
        made.add([folder])
        made.update()
    return tmp_path / "case.book"


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    with secondsource.open(str(path), passphrase=PASSPHRASE) as opened:
        yield opened


def arrest(book: Book, word: str) -> tuple[Report, str]:
    report = next(r for r in book.reports() if word in r.text)
    read = book.reading(report.id)
    assert read is not None
    return report, next(c.id for c in read.claims if c.act == "arrest_detention")


def incident(book: Book, report: Report) -> Incident | None:
    return next((i for i in book.incidents() if report.id in i.reports), None)


def test_a_correction_is_seen_in_the_incident_after_the_next_update_and_undone_again(book: Book) -> None:
    report, claim = arrest(book, "Musan")
    before = incident(book, report)
    made = book.decide(
        DecisionKind.CORRECT,
        [claim],
        who="ana",
        why="seen",
        value='{"victims": {"low": 5, "high": 5}, "when": "2021-06"}',
    )
    assert incident(book, report) == before
    assert book.pending() == 1
    book.relink()
    after = incident(book, report)
    assert after is not None and (after.when, after.victims.low, after.victims.high) == ("2021-06", 5, 5)
    assert {c.judged for c in after.claims if c.id == claim} == {"corrected"}
    assert book.pending() == 0
    book.decide(DecisionKind.UNDO, [made.id], who="ana", why="")
    book.relink()
    assert incident(book, report) == before
    assert book.verify() == []


def test_an_added_claim_makes_an_incident_where_the_machine_saw_none(tmp_path: Path, book: Book) -> None:
    text = "The people of that house were taken to the river and are gone, a resident of Musan said."
    (tmp_path / "c.txt").write_text(text)
    (report_id,) = book.add([tmp_path / "c.txt"]).new
    with pytest.raises(ValueError, match="not read yet"):
        book.decide(DecisionKind.ADD, [report_id], who="ana", why="", value="{}")
    book.update()
    start = text.index("taken")
    value = {"trigger": {"start": start, "end": start + 5}, "act": "arrest_detention", "place": {"place": "kp-musan"}}
    book.decide(DecisionKind.ADD, [report_id], who="ana", why="", value=json.dumps(value))
    book.update()
    found = next(i for i in book.incidents() if report_id in i.reports)
    assert ("arrest_detention" in found.acts, found.places[0]) == (True, "kp-musan")


def test_an_incident_keeps_its_id_whichever_of_its_claims_is_rejected(book: Book) -> None:
    report, _ = arrest(book, "Musan")
    before = incident(book, report)
    assert before is not None and len(before.claims) > 1
    for claim in before.claims:
        made = book.decide(DecisionKind.REJECT, [claim.id], who="ana", why="tried")
        book.relink()
        after = incident(book, report)
        assert after is not None and claim.id not in {c.id for c in after.claims}
        assert (after.id, after.accounts[0].id) == (before.id, before.accounts[0].id)
        book.decide(DecisionKind.UNDO, [made.id], who="ana", why="")


@pytest.mark.parametrize("kind", [DecisionKind.ACCEPT, DecisionKind.REJECT])
def test_judgements_hold_when_a_later_reader_finds_nothing(
    book: Book, monkeypatch: pytest.MonkeyPatch, kind: DecisionKind
) -> None:
    report, claim = arrest(book, "Musan")
    book.decide(kind, [claim], who="ana", why="")

    def blind(one: Report, pack: Pack) -> Reading:
        return Reading(report_id=one.id, reader="blind")

    monkeypatch.setattr(reading, "version", lambda pack: "blind")
    monkeypatch.setattr(reading, "read", blind)
    book.update()
    assert {r for i in book.incidents() for r in i.reports} == ({report.id} if kind is DecisionKind.ACCEPT else set())
    reviewed = book.reviewed(report.id)
    assert reviewed is not None and len(reviewed.claims) == (kind is DecisionKind.ACCEPT)


def test_the_record_keeps_the_judged_claim_whole(book: Book) -> None:
    _, claim = arrest(book, "Musan")
    made = book.decide(DecisionKind.ACCEPT, [claim], who="ana", why="")
    kept = Value.model_validate_json(book.decisions()[0].value or "")
    assert kept.judgements[0].claim.id == claim
    assert made.value == json.dumps(
        json.loads(made.value or ""), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def test_a_judgement_needs_a_name(book: Book) -> None:
    _, claim = arrest(book, "Musan")
    with pytest.raises(ValueError, match="name"):
        book.decide(DecisionKind.ACCEPT, [claim], who=" ", why="")
    assert book.decisions() == []


def test_the_queue_empties_as_claims_are_judged_and_fills_again_by_undo(book: Book) -> None:
    waiting = book.queue(100)
    assert book.progress() == (0, len(waiting))
    assert all(item.reason and item.claim.report_id == item.report.id for item in waiting)
    made = [book.decide(DecisionKind.ACCEPT, [item.claim.id], who="ana", why="") for item in waiting]
    assert book.queue(100) == []
    assert book.progress() == (len(waiting), len(waiting))
    book.relink()
    assert book.progress() == (len(waiting), len(waiting))
    book.decide(DecisionKind.UNDO, [made[0].id], who="ana", why="")
    assert [item.claim.id for item in book.queue(100)] == [waiting[0].claim.id]
    assert [item.claim.id for item in book.queue(1, start=1)] == []


def test_rejecting_what_the_corroboration_hangs_on_takes_it_away(tmp_path: Path) -> None:
    """The queue's first reason is true: it is tried out on a corroborated incident."""
    rows = [
        {"id": "1", "outlet": "North Post", "text": "“I saw border guards arrest a family of four near Musan on "
         "May 3, 2021,” said Ban Dok-su, who left the North last year."},
        {"id": "2", "outlet": "River Daily", "text": "“On May 3, 2021 border guards arrested a family of four at "
         "Musan,” Pyo Myong-ho told River Daily."},
    ]  # fmt: skip
    reports = tmp_path / "two.jsonl"
    reports.write_text("".join(json.dumps(r | {"language": "en", "published": "2021-05-20"}) + "\n" for r in rows))
    with secondsource.new(str(tmp_path / "two.book"), passphrase=PASSPHRASE) as book:
        book.add([reports])
        book.update()
        first = book.queue(1)[0]
        assert first.reason.endswith("which two barely corroborate.")
        book.decide(DecisionKind.REJECT, [first.claim.id], who="ana", why="tried")
        book.relink()
        left = [f for i in book.incidents() for f in i.findings if f.value == first.ranked.about]
        assert all(f.verdict.value != "corroborated" for f in left)


def test_no_acknowledged_judgement_is_lost_by_a_kill(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", JUDGE, str(path), PASSPHRASE, "ana"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip()]
        time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        said += [line for line in process.stdout.read().split("\n")[:-1] if line]
    with secondsource.open(str(path), passphrase=PASSPHRASE) as book:
        assert book.verify() == []
        assert set(said) <= {d.id for d in book.decisions()}
        book.update()
        assert book.pending() == 0


def test_two_who_judge_at_once_both_stand_in_the_record(path: Path) -> None:
    made: dict[str, list[str]] = {"ana": [], "ben": []}

    books = {who: secondsource.open(str(path), passphrase=PASSPHRASE) for who in made}

    def judge(who: str) -> None:
        claim = books[who].queue(1)[0].claim.id
        for n in range(15):
            made[who].append(books[who].decide(DecisionKind.ACCEPT, [claim], who=who, why=str(n)).id)

    threads = [threading.Thread(target=judge, args=(who,)) for who in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for opened in books.values():
        opened.close()
    with secondsource.open(str(path), passphrase=PASSPHRASE) as book:
        assert sorted(d.id for d in book.decisions()) == sorted(made["ana"] + made["ben"])
        assert len(book.judgements()) == 1
        assert book.verify() == []
