"""English grammar tells who acts from who suffers, whatever the order of the words."""

from __future__ import annotations

from typing import Any

import pytest

from secondsource.model import Language, Report
from secondsource.packs import load
from secondsource.reading import acts, engines, english, organisations, people
from secondsource.reading.text import lay_out

PACK = load("nk_border")


def roles(sentence: str, act: str) -> tuple[set[str], set[str]]:
    report = Report(id="r", text=sentence, language=Language.EN, received="2024-01-01T00:00:00Z")
    text = lay_out(report, PACK)
    hits = acts.find(text)
    found = english.roles(text, hits, organisations.find(text), people.find(text))
    index = next(i for i, hit in enumerate(hits) if hit.act == act)
    if index not in found:
        return set(), set()
    perpetrators = {mention.org for mention in found[index].perpetrators}
    return perpetrators, {mention.span.of(sentence) for mention in found[index].victims}


ARREST, TORTURE, SHOT, CROSS = "arrest_detention", "interrogation_torture", "shooting", "border_crossing_attempt"


@pytest.mark.parametrize(
    ("sentence", "act", "perpetrators", "victims"),
    [
        ("MSS agents arrested a trader.", ARREST, {"MSS"}, {"a trader"}),
        ("A trader was arrested by border guards.", ARREST, {"border_guards"}, {"a trader"}),
        ("A trader arrested by border guards is in prison.", ARREST, {"border_guards"}, {"A trader"}),
        ("Border guards caught the woman and questioned her.", TORTURE, {"border_guards"}, set()),
        ("The guide was detained and interrogated by the MSS.", TORTURE, {"MSS"}, {"The guide"}),
        ("The MSS made the arrest of a smuggler public.", ARREST, {"MSS"}, {"a smuggler"}),
        ("Two border guards were arrested.", ARREST, set(), {"Two border guards"}),
        ("Border guards shot a soldier.", SHOT, {"border_guards"}, {"a soldier"}),
        ("A woman tried to cross the Tumen.", CROSS, set(), {"A woman"}),
    ],
)
def test_agents_and_victims_follow_grammar(sentence: str, act: str, perpetrators: set[str], victims: set[str]) -> None:
    done_by, done_to = roles(sentence, act)
    assert done_by == perpetrators
    assert {v.lower() for v in victims} <= {v.lower() for v in done_to}


def test_only_sentences_with_an_act_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = lay_out(
        Report(
            id="r",
            text="The MSS has an office. The MSS arrested a man. It rained.",
            language=Language.EN,
            received="2024-01-01T00:00:00Z",
        ),
        PACK,
    )
    parsed: list[str] = []
    engine = engines.english()

    class Watched:
        get_pipe = engine.get_pipe

        def pipe(self, texts: object, **options: Any) -> object:
            sentences = list(texts)  # type: ignore[call-overload]
            parsed.extend(sentences)
            return engine.pipe(sentences, **options)

    monkeypatch.setattr(engines, "english", Watched)
    english.roles(text, acts.find(text), organisations.find(text), people.find(text))
    assert parsed == ["The MSS arrested a man."]
