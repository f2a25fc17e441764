"""Reading a whole report: every claim rests on the text, twice the same, and nothing breaks it."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource import reading
from secondsource.model import Claim, Language, Modality, Reading, Report, Span
from secondsource.packs import Pack, load

PACK = load("nk_border")
LANGUAGES = ("en", "ko", "ja", "zh", "und")

ENGLISH = """Three held at the ferry

A source in Ryanggang Province said on 12 May that MSS agents arrested a couple and their son in Hyesan on May 3.
They had been lured to the river by a broker. The agents took 8,000 yuan from the family.

Guards there routinely take bribes from traders. The family may be sent to a political prison camp.
"""
KOREAN = """양강도 소식통은 12일 보위부가 지난 3일 혜산에서 부부와 아들을 체포했다고 전했다.
이들은 브로커의 꾐에 넘어갔다. 보위원들은 8천 위안을 빼앗았다.
"""
JAPANESE = """両江道の情報筋は12日、保衛部が3日に恵山で夫婦と息子を逮捕したと伝えた。
一家はブローカーに騙された。保衛員は8000元を没収した。
"""


def report(text: str, language: str = "en") -> Report:
    return Report(id="r", text=text, language=Language(language), published="2019-05", received="2024-01-01T00:00:00Z")


def by_act(text: str, language: str = "en") -> dict[str, Claim]:
    return {claim.act: claim for claim in reversed(reading.read(report(text, language), PACK).claims)}


def test_a_claim_carries_who_whom_when_where_and_who_says_so() -> None:
    told = reading.read(report(ENGLISH), PACK)
    arrest = next(claim for claim in told.claims if claim.act == "arrest_detention")
    assert {mention.org for mention in arrest.perpetrators} == {"MSS"}
    assert {mention.span.of(ENGLISH) for mention in arrest.victims} >= {"a couple"}
    assert arrest.when is not None
    assert arrest.when.edtf == "2019-05-03"
    assert "kp-hyesan" in {mention.place for mention in arrest.places}
    assert arrest.voice in {voice.id for voice in told.voices}


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (KOREAN, "ko"), (JAPANESE, "ja")])
def test_three_languages_give_the_same_codes(text: str, language: str) -> None:
    claims = by_act(text, language)
    assert {"arrest_detention", "deception_lure", "house_search_confiscation"} <= claims.keys()
    assert {mention.org for mention in claims["arrest_detention"].perpetrators} == {"MSS"}


def test_practices_and_plans_are_marked() -> None:
    claims = by_act(ENGLISH)
    assert claims["extortion_bribe"].practice
    assert claims["sentencing_imprisonment"].modality is Modality.PLANNED
    assert not claims["arrest_detention"].practice


def test_a_sum_goes_to_the_claim_nearest_to_it() -> None:
    assert [mention.amount for mention in by_act(ENGLISH)["house_search_confiscation"].sums] == [8000]


def test_a_headline_speaks_only_where_the_body_is_silent() -> None:
    told = reading.read(report("Two traders executed\n\nTwo traders were arrested by the MSS on Monday.\n"), PACK)
    assert {claim.act for claim in told.claims} == {"execution_killing", "arrest_detention"}
    told = reading.read(report("Two traders arrested\n\nTwo traders were arrested by the MSS on Monday.\n"), PACK)
    assert len(told.claims) == 1


def test_a_report_of_a_practice_alone_tells_of_no_incident() -> None:
    text = "Officers have been extorting traders for years. They pose as brokers to lure families.\n"
    assert all(claim.practice for claim in reading.read(report(text), PACK).claims)


def test_another_incident_begins_where_the_report_says_so() -> None:
    text = (
        "Guards arrested a couple in Hyesan on May 3. They were questioned for a week.\n\n"
        "In another case, a smuggler was shot in Musan.\n"
    )
    assert [claim.episode for claim in reading.read(report(text), PACK).claims] == [0, 0, 1]


def test_reading_twice_gives_the_same() -> None:
    assert reading.read(report(ENGLISH), PACK) == reading.read(report(ENGLISH), PACK)


class Careless:
    """An engine whose claims point anywhere."""

    def version(self, pack: Pack) -> str:
        return "careless"

    def read(self, report: Report, pack: Pack) -> Reading:
        spans = [(0, 6), (3, 3), (0, 10_000), (5_000, 5_001)]
        claims = tuple(
            Claim(
                id=f"c{i}",
                report_id="r",
                act="arrest_detention",
                span=Span(start=a, end=b),
                trigger=Span(start=a, end=b),
            )
            for i, (a, b) in enumerate(spans)
        )
        odd = Claim(id="x", report_id="r", act="no_such_act", span=Span(start=0, end=6), trigger=Span(start=0, end=6))
        return Reading(report_id="r", reader="careless", claims=(*claims, odd))


def test_claims_of_another_engine_that_point_to_no_text_are_dropped() -> None:
    told = reading.read(report("Arrest of two."), PACK, Careless())
    assert [claim.id for claim in told.claims] == ["c0"]
    assert "4 claims" in told.notes[0]


def sound(told: Reading, text: str) -> None:
    ids = [claim.id for claim in told.claims]
    assert len(ids) == len(set(ids))
    for claim in told.claims:
        assert 0 <= claim.span.start <= claim.trigger.start < claim.trigger.end <= claim.span.end <= len(text)
    spans = [mention.span for mention in told.mentions]
    for claim in told.claims:
        spans += [org.span for org in claim.perpetrators] + [person.span for person in claim.victims]
        spans += [place.span for place in claim.places] + [amount.span for amount in claim.sums]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


PIECES = st.sampled_from(
    [
        *"\n .,!?。！？“”「」()[]|*\\\x00\x07\u200b\u202e\ufeff\ud800",
        *ENGLISH.split(),
        *KOREAN.split(),
        *["保衛部", "が", "逮捕", "した", "騙され", "二人", "国境", "体を", "8000元"],
        "arrested",
        "体포",
        "被捕",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60), st.sampled_from(LANGUAGES))
def test_no_text_breaks_the_reader(pieces: list[str], language: str) -> None:
    text = "".join(pieces)
    sound(reading.read(report(text, language), PACK), text)


SIZE = 12_000
HOSTILE = {
    "one endless line": "MSS agents arrested a woman and her son at the river in May and then ",
    "one endless word": "a",
    "quotes": "“\"「』'",
    "brackets": "([{",
    "commas": "arrested,,,,",
    "spaces": " ",
    "lines": "\n",
    "digits": "1",
    "control characters": "\x00\x07\x1b\u200b\u202e\ufeff",
    "mixed scripts": "체포 arrested 逮捕 被捕 2만 위안, 20,000元 ",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("language", ["en", "ko", "ja", "zh"])
def test_time_grows_with_the_text_and_not_faster(name: str, language: str) -> None:
    piece = HOSTILE[name]
    reading.read(report(piece * 3, language), PACK)

    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        start = time.process_time()
        told = reading.read(report(text, language), PACK)
        spent = time.process_time() - start
        sound(told, text)
        return spent

    short, long = seconds(SIZE // 4), min(seconds(SIZE) for _ in range(2))
    assert long < 10 * short + 1.0
