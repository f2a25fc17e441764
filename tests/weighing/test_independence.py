"""Nothing is confirmed by repetition."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weighing_cases import account, claim, one_voice, report, voice, weighed

from secondsource.model import Decision, DecisionKind, FactKind, Incident, Verdict

HWESAN, MUSAN = "kp-hyesan", "kp-musan"
NAMED = {"kind": "named", "name": "Mr Ban Dok-su"}
OTHER = {"kind": "named", "name": "Ms Pyo Myong-ok"}


def arrest(incident: Incident) -> tuple[int, int, Verdict]:
    finding = next(f for f in incident.findings if f.kind is FactKind.ACT and f.value == "arrest_detention")
    return finding.independence.least, finding.independence.most, finding.verdict


@pytest.mark.parametrize(
    ("first", "second", "least", "most", "verdict"),
    [
        pytest.param({}, {"outlet": "Harbour Post"}, 1, 2, "repeated", id="unnamed in two unrelated outlets"),
        pytest.param({}, {}, 1, 2, "repeated", id="unnamed twice in one outlet"),
        pytest.param({}, {"language": "ko"}, 1, 1, "repeated", id="one outlet in two languages"),
        pytest.param(
            {"outlet": "Daily NK"},
            {"outlet": "デイリーNKジャパン", "language": "ja"},
            1,
            1,
            "repeated",
            id="one publisher under two names",
        ),
        pytest.param({"base": HWESAN}, {"outlet": "Harbour Post", "base": MUSAN}, 1, 2, "repeated", id="two bases"),
        pytest.param(
            {"base": HWESAN}, {"outlet": "Harbour Post", "base": HWESAN}, 1, 2, "repeated", id="the same base"
        ),
        pytest.param({"base": HWESAN}, {"base": MUSAN}, 1, 2, "repeated", id="two bases in one outlet"),
        pytest.param({"base": HWESAN}, {"outlet": None, "base": MUSAN}, 1, 2, "repeated", id="an outlet unknown"),
        pytest.param(NAMED, {"outlet": "Harbour Post"}, 1, 2, "repeated", id="the unnamed may be the named"),
        pytest.param(NAMED, {"outlet": "Harbour Post"} | OTHER, 2, 2, "corroborated", id="two names"),
        pytest.param(NAMED, {"outlet": "Harbour Post"} | NAMED, 1, 2, "repeated", id="the same name"),
        pytest.param(
            NAMED,
            {"outlet": "Harbour Post", "language": "ko", "kind": "named", "name": "반덕수"},
            1,
            2,
            "repeated",
            id="names in two scripts",
        ),
        pytest.param(
            {"kind": "document"}, {"outlet": "Harbour Post"}, 1, 2, "repeated", id="the source may have the document"
        ),
        pytest.param(
            {"kind": "document"},
            {"outlet": "Harbour Post", "connection": "0102"},
            2,
            2,
            "corroborated",
            id="a document and a witness",
        ),
        pytest.param(
            NAMED, {"outlet": "Harbour Post", "reprint_of": "a"} | OTHER, 1, 1, "repeated", id="a reprint that renames"
        ),
        pytest.param(
            NAMED, {"outlet": "Harbour Post (via Ridge Weekly)"}, 1, 1, "repeated", id="an outlet that names the other"
        ),
        pytest.param(
            {"outlet": "Daily NK"} | NAMED,
            {"outlet": "Harbour Post (digest of Daily NK)"},
            1,
            1,
            "repeated",
            id="a digest",
        ),
        pytest.param(
            {"outlet": "Daily NK"} | NAMED,
            {"outlet": "Harbour Post", "text": "A source told Daily NK that three were held."},
            1,
            1,
            "repeated",
            id="one cites the other",
        ),
        pytest.param(
            {"outlet": "Daily NK"} | NAMED,
            {"outlet": "Harbour Post", "kind": "outlet"},
            1,
            2,
            "repeated",
            id="an outlet is no source",
        ),
        pytest.param(
            {"connection": "0102"},
            {"outlet": "Harbour Post", "connection": "03"},
            1,
            2,
            "repeated",
            id="a third party may have it from the witness",
        ),
        pytest.param(
            {"connection": "0102"},
            {"outlet": "Harbour Post", "connection": "0101"},
            1,
            2,
            "repeated",
            id="the witness may be the victim",
        ),
        pytest.param(
            {"outlet": "River Courier"} | NAMED,
            {"outlet": "Harbour Post", "text": "The River Courier reports that three were held."} | OTHER,
            1,
            1,
            "repeated",
            id="one names the other's outlet, which no pack knows",
        ),
        pytest.param(
            {"outlet": "The River Courier"} | NAMED,
            {"outlet": "River Courier"} | OTHER,
            1,
            2,
            "repeated",
            id="an article",
        ),
    ],
)
def test_two_reports_are_two_sources_only_where_they_cannot_be_one(
    first: dict[str, str], second: dict[str, str], least: int, most: int, verdict: str
) -> None:
    incident = weighed(one_voice("a", **first), one_voice("b", **second))
    assert arrest(incident) == (least, most, verdict)
    assert incident.corroboration.value == ("yes" if least > 1 else "unclear" if most > 1 else "no")


@pytest.mark.parametrize(
    ("outlet", "text", "tied"),
    [
        ("The River Courier", "River Courier reports that three were held.", True),
        ("River Courier", "Three were held, the river-courier's man writes.", True),
        ("River Courier", "Three were held (rivercourier.example).", True),
        ("River Courier Japan", "The River Courier reports that three were held.", True),
        ("River Courier", "River Courier는 세 명이 체포됐다고 전했다.", True),
        ("River Courier", "三人が拘束されたと River Courier が伝えた。", True),
        ("강변 신문", "강변신문은 세 명이 체포됐다고 전했다.", True),
        ("KWX", "KWX said that three were held.", True),
        ("KWX", "세 명이 체포됐다고 KWX가 전했다.", True),
        ("River Courier", "A courier at the river said that three were held.", False),
        ("River Courier", "Driver couriers said that three were held.", False),
        ("Time", "It was not the first time that three were held.", False),
        ("IT", "It was said that three were held.", False),
    ],
)
def test_who_names_an_outlet_cites_it(outlet: str, text: str, tied: bool) -> None:
    language = "ko" if "세 명" in text else "ja" if "三人" in text else "en"
    other = one_voice("b", outlet="Harbour Post", text=text, language=language, **OTHER)
    incident = weighed(one_voice("a", outlet=outlet, **NAMED), other)
    assert [tie.why for tie in incident.ties] == ["one cites the other's outlet"] * tied


@pytest.mark.parametrize("outlet", ["Lantern Gazette", "Lamp Daily"])
def test_an_outlet_that_is_cited_is_known_by_the_words_that_cite_it(outlet: str) -> None:
    cited = {"kind": "outlet", "name": "the Lantern Gazette"}
    second = one_voice("b", outlet=outlet, **(OTHER if outlet == "Lantern Gazette" else cited))
    assert arrest(weighed(one_voice("a", **cited), second))[:2] == (1, 1)


def test_a_copy_far_down_a_digest_is_a_copy() -> None:
    text = "Three were held at the ford, and a ledger with the names of all who lent them money was found. " * 2
    digest = " ".join(f"word{n}" for n in range(1500)) + " " + text
    incident = weighed(one_voice("a", text=text, **NAMED), one_voice("b", outlet="Harbour Post", text=digest, **OTHER))
    assert [tie.same for tie in incident.ties] == [True]


@pytest.mark.parametrize(
    ("kinds", "modality", "reason"),
    [
        ([DecisionKind.SAME_SOURCE], "asserted", "as people know, their source is the same"),
        ([], "heard", "others only heard of it"),
    ],
)
def test_what_is_said_of_a_second_voice_is_true_of_it(kinds: list[DecisionKind], modality: str, reason: str) -> None:
    other = report("b", outlet="Harbour Post")
    told = other, account("b", [claim("b", "arrest_detention", "v", modality=modality)], [voice("b")])
    decisions = [decided(kind, "a-v", "b-v") for kind in kinds]
    found = weighed(one_voice("a"), told, decisions=decisions).corroboration
    assert found.value == "no" and reason in found.reason


@pytest.mark.parametrize(
    ("voices", "speakers", "expected"),
    [
        pytest.param([{}, {}], ["v0", "v1"], (1, 2, "repeated"), id="two unnamed"),
        pytest.param([{"heard_from": "r-v1"}, {}], ["v0", "v1"], (1, 1, "repeated"), id="one heard it from the other"),
        pytest.param(
            [{"heard_from": "r-v1"}, {"heard_from": "r-v0"}], ["v0", "v1"], (1, 1, "repeated"), id="each from the other"
        ),
        pytest.param(
            [{"heard_from": "r-v2"}, {"heard_from": "r-v2"}, {}],
            ["v0", "v1"],
            (1, 1, "repeated"),
            id="both from a third",
        ),
        pytest.param([NAMED, OTHER], ["v0", "v1"], (2, 2, "corroborated"), id="two names"),
        pytest.param([NAMED, {}], ["v0", "v1"], (1, 2, "repeated"), id="a name and an unnamed one"),
        pytest.param(
            [NAMED, {"kind": "named", "name": "Ban"}], ["v0", "v1"], (1, 2, "repeated"), id="a name and its short form"
        ),
        pytest.param(
            [{"kind": "state_media"}, {}],
            ["v0", "v1"],
            (1, 2, "repeated"),
            id="the source may have heard the broadcast",
        ),
        pytest.param([{"kind": "outlet"}, {}], ["v0", "v1"], (1, 1, "repeated"), id="the outlet and its source"),
        pytest.param([{}], ["v0"], (1, 1, "single"), id="one"),
        pytest.param([{}], [None], (1, 1, "single"), id="the only one cited speaks where none is named"),
        pytest.param([{}, {}], [None], (0, 0, "unsourced"), id="one of two, and it is not said which"),
        pytest.param([], [None], (0, 0, "unsourced"), id="nobody"),
    ],
)
def test_voices_of_one_report(
    voices: list[dict[str, str]], speakers: list[str | None], expected: tuple[int, int, str]
) -> None:
    told = report("r")
    claims = [claim("r", "arrest_detention", s) for s in speakers]
    spoken = [voice("r", f"v{i}", **v) for i, v in enumerate(voices)]
    assert arrest(weighed((told, account("r", claims, spoken)))) == expected


@pytest.mark.parametrize(("modality", "least"), [("asserted", 1), ("heard", 1), ("hedged", 0)])
def test_what_is_hedged_establishes_nothing(modality: str, least: int) -> None:
    told = report("r")
    incident = weighed((told, account("r", [claim("r", "arrest_detention", "v", modality=modality)], [voice("r")])))
    assert arrest(incident)[0] == least


def decided(kind: DecisionKind, *targets: str) -> Decision:
    return Decision(
        id=f"d{kind}", kind=kind, targets=targets, who="editor", at="2020-01-02T00:00:00+00:00", why="met them"
    )


@pytest.mark.parametrize(
    ("second", "kinds", "expected"),
    [
        ({"outlet": "Harbour Post"}, [DecisionKind.DIFFERENT_SOURCE], (2, 2)),
        ({"outlet": "Harbour Post"}, [DecisionKind.SAME_SOURCE], (1, 1)),
        ({"outlet": "Harbour Post"} | NAMED, [DecisionKind.SAME_SOURCE], (1, 1)),
        ({}, [DecisionKind.DIFFERENT_SOURCE], (2, 2)),
        ({"language": "ko"}, [DecisionKind.DIFFERENT_SOURCE], (2, 2)),
        ({}, [DecisionKind.SAME_SOURCE, DecisionKind.DIFFERENT_SOURCE], (2, 2)),
        ({}, [DecisionKind.DIFFERENT_SOURCE, DecisionKind.SAME_SOURCE], (1, 1)),
    ],
)
def test_a_persons_judgement_outranks_the_rules_and_the_later_one_counts(
    second: dict[str, str], kinds: list[DecisionKind], expected: tuple[int, int]
) -> None:
    told = one_voice("a"), one_voice("b", **second)
    assert arrest(weighed(*told, decisions=[decided(k, "a-v", "b-v") for k in kinds]))[:2] == expected


sources = st.fixed_dictionaries(
    {"outlet": st.sampled_from(["Daily NK", "Harbour Post", "Ridge Weekly", "RFA", None])},
    optional={
        "base": st.sampled_from([HWESAN, MUSAN, "kp-ryanggang"]),
        "kind": st.sampled_from(["unnamed", "named", "official", "document", "outlet"]),
        "connection": st.sampled_from(["0101", "0102", "03", "99"]),
        "name": st.sampled_from(["Ban", "Pyo", "Ban Dok-su"]),
    },
)
repeats = st.tuples(st.integers(0, 3), st.sampled_from(["copy", "reprint", "translation"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(sources, min_size=1, max_size=4), st.lists(repeats, max_size=4))
def test_copies_reprints_and_translations_never_raise_the_least(
    told: list[dict[str, str]], again: list[tuple[int, str]]
) -> None:
    first = [one_voice(f"r{i}", **fields) for i, fields in enumerate(told)]
    more = []
    for number, (which, how) in enumerate(again):
        fields = dict(told[which % len(told)])
        original = first[which % len(told)][0]
        if how == "copy":
            more.append(one_voice(f"m{number}", text=original.text, **fields))
        elif how == "reprint":
            fields["outlet"] = f"Mirror {number}"
            more.append(one_voice(f"m{number}", reprint_of=original.id, **fields))
        elif fields["outlet"] is not None:
            more.append(one_voice(f"m{number}", language="ko", **fields))
    assert arrest(weighed(*first, *more))[0] <= arrest(weighed(*first))[0]
