"""Victims of an incident: the wholes they are part of, and who cannot be one."""

from __future__ import annotations

import pytest

from secondsource import reading
from secondsource.model import Count, Language, OrgMention, Report, Span
from secondsource.packs import load
from secondsource.people_count import merge
from secondsource.reading import people, victims
from secondsource.reading.acts import ActHit, Roles
from secondsource.reading.text import Text, lay_out


def lay(text: str, language: str = "en") -> Text:
    report = Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z")
    return lay_out(report, load("nk_border"))


@pytest.mark.parametrize(
    ("language", "text", "named", "expected"),
    [
        ("en", "A family of four tried to cross. The eldest son fled and three are being held.", ["three"], (4, 4)),
        ("en", "A broker and the guards he had bribed were arrested.", ["broker", "guards"], (3, None)),
        ("en", "Family caught\n\nAgents arrested a woman in June.", ["Family", "woman"], (1, 1)),
        ("en", "Two women caught at the river", ["women"], (2, 2)),
        ("ko", "4인 가족 가운데 1명은 달아났다. 부부와 작은아들이 조사받고 있다.", ["부부", "작은아들"], (4, 4)),
        ("ja", "50代の女性と息子、娘の計3人が逮捕された。", ["女性", "息子"], (3, 3)),
        ("zh", "一家四口逃走,母亲和女儿被捕。", ["母亲", "女儿"], (4, 4)),
    ],
)
def test_the_wholes_that_hold_the_victims_are_counted(
    language: str, text: str, named: list[str], expected: tuple[int | None, int | None]
) -> None:
    laid = lay(text, language)
    everyone = people.find(laid)
    harmed = [m for m in everyone if any(n in m.span.of(text) for n in named)]
    assert merge(victims.Wholes(laid, everyone).around(harmed)) == Count(low=expected[0], high=expected[1])


def hit(laid: Text, act: str, words: str) -> ActHit:
    start = laid.raw.index(words)
    sentence = laid.sentence_at(start)
    assert sentence is not None
    return ActHit(act, Span(start=start, end=start + len(words)), sentence)


def test_a_broker_who_lured_is_no_victim_of_the_questioning() -> None:
    laid = lay("The broker lured the wife to the river. The broker was questioned with her.")
    broker, wife, again = people.find(laid)
    hits = [hit(laid, "deception_lure", "lured"), hit(laid, "interrogation_torture", "questioned")]
    settled = victims.settle(laid, hits, {0: Roles((), (wife,)), 1: Roles((), (again, broker))}, ())
    assert [r.victims for r in settled.values()] == [(wife,), ()]


def test_an_arrested_broker_stays_a_victim_where_nobody_was_lured() -> None:
    laid = lay("A broker was arrested.")
    (broker,) = people.find(laid)
    settled = victims.settle(laid, [hit(laid, "arrest_detention", "arrested")], {0: Roles((), (broker,))}, ())
    assert settled[0].victims == (broker,)


def test_the_perpetrators_own_people_are_no_victims() -> None:
    laid = lay("MSS agents were given money.")
    (agents,) = people.find(laid)
    org = OrgMention(span=agents.span, org="MSS")
    settled = victims.settle(laid, [hit(laid, "extortion_bribe", "money")], {0: Roles((org,), (agents,))}, ())
    assert settled[0].victims == ()


def settled(text: str, language: str, *acts: tuple[str, str]) -> list[str]:
    """Words for the victims of the first act, when grammar names nobody."""
    laid = lay(text, language)
    hits = [hit(laid, act, words) for act, words in acts]
    found = victims.settle(laid, hits, {i: Roles() for i in range(len(hits))}, people.find(laid))
    return [v.span.of(text) for v in found[0].victims]


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("Agents arrested a woman, her mother and her two sons.", "a woman", 4),
        ("Agents arrested a broker together with her son.", "a broker", 2),
        ("A couple were arrested in May with their two children.", "A couple", 4),
        ("The court sentenced a woman of 46 to five years and a male relative of 24 to two years.", "a woman of 46", 2),
    ],
)
def test_those_who_are_named_with_a_victim_suffer_with_it(text: str, named: str, expected: int) -> None:
    laid = lay(text)
    everyone = people.find(laid)
    act = hit(laid, "arrest_detention", "arrest" if "arrest" in text else "sentenced")
    found = victims.settle(
        laid, [act], {0: Roles((), tuple(p for p in everyone if p.span.of(text) == named))}, everyone
    )
    assert merge(found[0].victims) == Count(low=expected, high=expected)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "In Musan a woman aged 40 fell to an arrest by agents, a source said.", ["a woman aged 40"]),
        ("en", "A woman aged 40 sold rice. Then came the arrest.", ["A woman aged 40"]),
        ("en", "Officers waited. Then came the arrest.", []),
        ("ko", "40대 여성이 살던 집에서 보위부의 체포가 있었다.", ["40대 여성"]),
    ],
)
def test_where_grammar_names_no_victim_it_is_whom_the_report_describes(
    language: str, text: str, expected: list[str]
) -> None:
    assert settled(text, language, ("arrest_detention", "arrest" if language == "en" else "체포")) == expected


def test_the_hundreds_whom_a_victim_helped_are_no_victims() -> None:
    laid = lay("A woman who brought two hundred people over was arrested.")
    everyone = tuple(people.find(laid))
    found = victims.settle(laid, [hit(laid, "arrest_detention", "arrested")], {0: Roles((), everyone)}, everyone)
    assert [v.span.of(laid.raw) for v in found[0].victims] == ["A woman"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Four women came to the pier. Two of them were arrested.", (4, 4)),
        ("en", 'A captain was detained with "eight or so" of his men.', (9, 9)),
        ("en", "The brothers, 31 and 27, were arrested.", (2, 2)),
        ("en", "They executed a woman of 40 and gave prison terms to four accomplices.", (5, 5)),
        ("ko", "여성 한 명이 총살되고 남성 세 명이 교화형 15년을 받았다.", (4, 4)),
        ("ko", "청년 두 명이 체포됐다. 한 명은 주저앉고 다른 한 명은 뛰다가 체포됐다.", (2, 2)),
        ("ja", "女2人が銃殺された。運び役の男3人には労働教化刑15年が言い渡された。", (5, 5)),
        ("ja", "兄弟が逮捕された。兄は殴られ、弟は調べを受けている。", (2, 2)),
        ("ja", "案内役を引き受けていた延社の男が逮捕された。", (1, 1)),
    ],
)
def test_all_whom_it_befell_are_counted_once(language: str, text: str, expected: tuple[int, int]) -> None:
    report = Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z")
    found = {v.span.start: v for claim in reading.read(report, load("nk_border")).claims for v in claim.victims}
    assert merge(found[start] for start in sorted(found)) == Count(low=expected[0], high=expected[1])


def test_those_whom_arrested_guards_let_pass_are_no_victims() -> None:
    text = "A captain and six soldiers were arrested. The captain had let five people escape over the river."
    report = Report(id="r", text=text, language=Language.EN, received="2024-01-01T00:00:00Z")
    found = {v.span.start: v for claim in reading.read(report, load("nk_border")).claims for v in claim.victims}
    assert merge(found[start] for start in sorted(found)) == Count(low=7, high=7)
