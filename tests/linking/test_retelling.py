"""Reports in which nothing is coded: grouped by their words where the pack says so, and never shown as a fact."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

import secondsource
from secondsource import linking, packs, patterns, release, weighing
from secondsource.linking.retelling import by_text
from secondsource.linking.stories import _dense, _sparse
from secondsource.model import Account, Decision, DecisionKind, Reading, Report
from secondsource.web.words import Words
from secondsource.weighing import reweigh

GENERAL, BORDER = packs.load("general"), packs.load("nk_border")
TEXTS = {
    "budget": "Parliament passed the budget of the Ministry of Works.\nThe Speaker, Tomas Wren, counted 61 votes.",
    "vote": "The budget of the Ministry of Works was passed in Parliament.\nSpeaker Tomas Wren counted 61 votes.",
    "ferry": "The ferry Lady Grey sank off Port Dunne.\nAll 40 passengers of the Lady Grey were saved.",
    "rescue": "Passengers of the sunken ferry Lady Grey landed at Port Dunne.\nAll 40 passengers were saved.",
}


def report(name: str, text: str | None = None, language: str = "en", **more: Any) -> Report:
    fields = {"id": f"r_{name}", "ref": name, "text": text or TEXTS[name], "language": language, "received": "2026"}
    return Report.model_validate(fields | more)


def account(name: str, number: str = "", acts: Sequence[str] = (), **more: Any) -> Account:
    return Account(id=f"a_{name}{number}", report_id=f"r_{name}", claims=(), acts=tuple(acts), **more)


def linked(accounts: Sequence[Account], reports: Sequence[Report], *decisions: Decision) -> list[list[str]]:
    found = linking.link(accounts, {r.id: r for r in reports}, GENERAL, decisions)
    return [[a.id[2:] for a in cluster.accounts] for cluster in found]


def decision(kind: DecisionKind, *names: str) -> Decision:
    return Decision(id="d", kind=kind, targets=tuple(f"a_{n}" for n in names), who="editor", at="2026", why="seen")


FOUR = [account(name) for name in TEXTS]
REPORTS = [report(name) for name in TEXTS]


@pytest.mark.parametrize(("pack", "accounts"), [(GENERAL, 1), (BORDER, 0)])
def test_a_report_without_an_act_is_an_account_where_the_pack_groups_by_text(pack: packs.Pack, accounts: int) -> None:
    found = linking.accounts(Reading(report_id="r_ferry", reader="any"), pack)
    assert len(found) == accounts
    assert all(not a.claims and not a.acts and not a.practice for a in found)


def test_reports_of_one_story_come_together() -> None:
    assert linked(FOUR, REPORTS) == [["budget", "vote"], ["ferry", "rescue"]]


def test_an_account_with_acts_and_a_report_without_come_together() -> None:
    sank = account("ferry", acts=["arrest_detention"], when="2020-03-02", when_basis="text")
    other = account("rescue", acts=["killing"], when="2019-01-02", when_basis="text")
    assert linked([FOUR[0], sank, FOUR[3]], REPORTS) == [["budget"], ["ferry", "rescue"]]
    assert linked([sank, other], REPORTS) == [["ferry", "rescue"]]


def test_a_practice_is_no_story() -> None:
    assert linked([FOUR[2], account("rescue", practice=True)], REPORTS) == [["ferry"], ["rescue"]]


def test_two_incidents_of_one_report_stay_two() -> None:
    told = [account("ferry", n, acts=["killing"], when=w, when_basis="text") for n, w in (("1", "2001"), ("2", "2011"))]
    groups = linked([*told, FOUR[3]], REPORTS)
    assert len(groups) == 2 and not any({"ferry1", "ferry2"} <= set(g) for g in groups)


def test_a_persons_word_outranks_the_texts() -> None:
    apart = decision(DecisionKind.UNLINK, "ferry", "rescue")
    assert linked(FOUR, REPORTS, apart) == [["budget", "vote"], ["ferry"], ["rescue"]]
    one = decision(DecisionKind.LINK, "ferry", "vote")
    assert linked(FOUR, REPORTS, one) == [["budget", "vote", "ferry", "rescue"]]
    assert linked(FOUR, REPORTS, apart, one) == [["budget", "vote", "ferry"], ["rescue"]]


def test_copies_stay_apart_where_a_person_says_so() -> None:
    copies = [report(n, TEXTS["ferry"]) for n in "abc"]
    accounts = [account(n) for n in "abc"]
    assert linked(accounts, copies) == [["a", "b", "c"]]
    groups = linked(accounts, copies, decision(DecisionKind.UNLINK, "a", "b"))
    assert len(groups) == 2 and not any({"a", "b"} <= set(g) for g in groups)


def test_languages_meet_only_by_what_is_coded() -> None:
    korean = report("선박", "여객선 레이디그레이호가 던항 앞바다에서 침몰했다.\n승객 40명은 모두 구조됐다.", "ko")
    again = report("구조", "침몰한 여객선 레이디그레이호 승객 40명이 던항에 내렸다.\n승객은 모두 구조됐다.", "ko")
    budget = report("예산", "국회가 건설부 예산안을 통과시켰다.\n의장은 61표라고 밝혔다.", "ko")
    reports = [*REPORTS, korean, again, budget]
    accounts = [FOUR[2], account("선박"), account("구조"), account("예산")]
    assert linked(accounts, reports) == [["ferry"], ["선박", "구조"], ["예산"]]
    told = linking.descriptions([*accounts, FOUR[3]], {r.id: r for r in reports}, GENERAL)
    assert by_text(told, [[0, 1], [2], [3], [4]], GENERAL.linking) == [[0, 1, 2, 4], [3]]


def test_a_link_by_text_says_so_in_words() -> None:
    cluster = linking.link(FOUR[2:], {r.id: r for r in REPORTS}, GENERAL)[0]
    prior, story = cluster.links[0].factors
    assert (prior.name, story.name) == ("prior", "story")
    assert story.weight > 4 and "lady" in story.why
    assert cluster.links[0].weight == pytest.approx(prior.weight + story.weight, abs=0.01)


def test_what_a_likeness_weighs_adds_up() -> None:
    levels = (GENERAL.linking.stories or pytest.fail()).levels.values()
    assert sum(level.same for level in levels) == pytest.approx(1, abs=0.01)
    assert sum(level.other for level in levels) == pytest.approx(1, abs=0.01)


def test_many_copies_and_long_lists_of_common_words_are_grouped_in_seconds() -> None:
    words = np.random.default_rng(1).integers(3000, size=(1000, 30))
    texts = [" ".join(f"w{n}" for n in row) for row in words] + ["one and the same text"] * 1500
    groups = linking.stories(texts)
    assert sorted(n for group in groups for n in group) == list(range(2500))
    assert max(map(len, groups)) >= 1500


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6))))
def test_a_whole_table_and_a_sparse_one_give_the_same_groups(seed: int, never: list[tuple[int, int]]) -> None:
    table = np.triu(np.random.default_rng(seed).random((7, 7)), 1)
    alike = csr_matrix(table + table.T)
    same = csr_matrix((np.ones(1), ([0], [1])), shape=(7, 7))
    apart = [(i, j) for i, j in never if i != j and {i, j} != {0, 1}]
    one, other = (sorted(map(sorted, link(alike, same, 0.5, apart))) for link in (_dense, _sparse))
    assert one == other
    assert not any({i, j} <= set(group) for group in one for i, j in apart)


# --- a book of such reports


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("news")
    for name, text in TEXTS.items():
        (made / f"{name}.txt").write_text(text)
    return made


def stories_of(book: secondsource.pipeline.Book) -> list[list[str]]:
    refs = {r.id: r.text for r in book.reports()}
    return sorted(sorted(refs[r] for r in one.reports) for one in book.incidents())


def test_a_book_of_news_holds_stories_and_no_facts(folder: Path, tmp_path: Path) -> None:
    with secondsource.new(str(tmp_path / "news.book"), passphrase="a long enough phrase", pack="general") as book:
        for names in (("budget", "ferry"), ("vote", "rescue")):
            book.add([folder / f"{name}.txt" for name in names])
            book.update()
        stories = book.incidents()
        assert stories_of(book) == sorted([sorted(list(TEXTS.values())[:2]), sorted(list(TEXTS.values())[2:])])
        for one in stories:
            assert one.uncoded and not one.findings and not one.hypotheses and one.question is None
            assert one.corroboration.value == "no" and one.headline
            made = book.release(one.id, release.Policy())
            assert made.data["kind"] == "story" and made.data["findings"] == []
            assert one.headline not in made.markdown
        assert patterns.by_month(stories, book.pack).undated == ()
        assert [(o.uncoded, o.headline, o.reports) for o in book.outlines()] == [
            (True, one.headline, one.reports) for one in stories
        ]
        assert list(reweigh(stories, book.pack)) == stories
        assert Words(book.pack).title(stories[0]) == stories[0].headline
        before = stories_of(book)
    with secondsource.new(str(tmp_path / "once.book"), passphrase="a long enough phrase", pack="general") as book:
        book.add([folder])
        book.update()
        assert stories_of(book) == before


def test_weighing_a_story_concludes_nothing() -> None:
    one = weighing.weigh("i_x", FOUR[2:], (), {r.id: r for r in REPORTS}, GENERAL)
    assert one.headline == "The ferry Lady Grey sank off Port Dunne."
    assert not one.findings and not one.ties and one.manufactured.value == "no"
