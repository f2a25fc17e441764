"""Review by forms alone: what they show, do and refuse."""

from __future__ import annotations

import html
import re

import httpx
import pytest
from web_client import TOKEN, entered
from web_fakes import FakeBook
from web_texts import CLAIMS, HOSTILE, TEXTS

from secondsource.model import DecisionKind

ARREST, LURE, HELD = CLAIMS["en_arrest"], CLAIMS["en_lure"], CLAIMS["held"]
REPORT = "/reports/r_en"


class Reviewer:
    """A client that fills in forms as they stand on a page."""

    def __init__(self, name: str = "Ana Lee") -> None:
        self.book = FakeBook()
        self.client = entered(self.book, reviewer=name)

    def get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.status_code
        return answer.text

    def fields(self, page: str, action: str, marked: str = "") -> dict[str, str]:
        """What the first form with that action, and those words in it, would send."""
        for form in re.findall(r"<form[^>]*>.*?</form>", page, flags=re.S):
            if f'action="{action}"' in form and marked in form:
                return _fields(form)
        raise AssertionError(f"no form {action} with {marked}")

    def send(self, page: str, action: str, marked: str = "", **changed: str) -> httpx.Response:
        return self.client.post(action, self.fields(page, action, marked) | changed)

    def judge(self, claim: str, kind: str, why: str = "", page: str = REPORT) -> httpx.Response:
        return self.send(self.get(page), "/review/judge", claim, kind=kind, why=why)


def _fields(form: str) -> dict[str, str]:
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            found[name[1]] = html.unescape(value[1]) if value else ""
    for name_, body in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form, flags=re.S):
        options = re.findall(r'<option value="([^"]*)"( selected)?', body)
        found[name_] = html.unescape(next((v for v, chosen in options if chosen), options[0][0]))
    return found


@pytest.fixture
def ana() -> Reviewer:
    return Reviewer()


# --- accept, reject, undo ---------------------------------------------------------------------


def test_accept_says_who_when_and_why_and_can_be_undone(ana: Reviewer) -> None:
    answer = ana.judge(ARREST.id, "accept", "I read <b>it</b>")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{REPORT}?done=d_0#about-{ARREST.id}")
    page = ana.get(answer.headers["location"].partition("#")[0])
    assert "Ana Lee" in page and "I read &lt;b&gt;it&lt;/b&gt;" in page and "2020-01-02 03:00" in page
    assert 'role="status"' in page
    assert ana.send(page, "/review/undo", "d_0").status_code == 303
    assert [d.kind for d in ana.book.made] == [DecisionKind.ACCEPT, DecisionKind.UNDO]
    assert len(ana.book.judgements()) == 0
    assert "Taken back" in ana.get(REPORT + "?done=d_1")


def test_a_rejected_claim_leaves_the_text_and_stands_below_with_its_reason(ana: Reviewer) -> None:
    assert ana.judge(LURE.id, "reject", "a figure of speech").status_code == 303
    page = ana.get(REPORT)
    assert f'id="{LURE.id}"' not in page
    assert "<h3>Rejected</h3>" in page and "a figure of speech" in page
    ana.send(page, "/review/undo", "d_0")
    assert f'id="{LURE.id}"' in ana.get(REPORT)


@pytest.mark.parametrize(
    ("kind", "why", "status"), [("accept", "", 303), ("reject", "", 400), ("reject", "  ", 400), ("burn", "x", 400)]
)
def test_a_rejection_needs_a_reason(ana: Reviewer, kind: str, why: str, status: int) -> None:
    answer = ana.judge(ARREST.id, kind, why)
    assert answer.status_code == status
    if status == 400 and kind == "reject":
        assert "Say why" in answer.text and 'role="alert"' in answer.text
    assert len(ana.book.made) == (status == 303)


def test_a_form_of_a_page_that_is_older_than_another_judgement_does_nothing(ana: Reviewer) -> None:
    page = ana.get(REPORT)
    ana.book.decide(DecisionKind.REJECT, [ARREST.id], who="Ben", why="meanwhile, on the terminal")
    for action, kind in (("/review/judge", {"kind": "accept"}), ("/review/judge", {"kind": "reject", "why": "x"})):
        answer = ana.send(page, action, ARREST.id, **kind)
        assert answer.status_code == 400
        assert "somebody has judged this claim since" in answer.text
    assert len(ana.book.made) == 1


# --- correct ----------------------------------------------------------------------------------


def test_the_form_holds_the_claim_as_it_stands(ana: Reviewer) -> None:
    page = ana.get(f"{REPORT}?correct={ARREST.id}")
    held = ana.fields(page, "/review/correct")
    assert held["act"] == "arrest" and held["perpetrator"] == "mss" and held["low"] == held["high"] == "3"
    assert held["place"] == "Hoeryong, North Hamgyong" and held["role"] == "arrest"
    assert held["when"] == "2018-11-21/2018-11-30" and held["voice"] == ARREST.voice


@pytest.mark.parametrize(
    ("entered_", "field", "wanted"),
    [
        ({"act": "detention"}, "act", "detention"),
        ({"modality": "hedged"}, "modality", "hedged"),
        ({"practice": "yes"}, "practice", True),
        ({"perpetrator": "border_guard"}, "perpetrators", ["border_guard"]),
        ({"perpetrator": "none"}, "perpetrators", []),
        ({"low": "2", "high": ""}, "victims", [(2, None)]),
        ({"low": "", "high": ""}, "victims", []),
        ({"place": "Musan"}, "places", [("ms", "arrest")]),
        ({"place": "회령", "role": "crossing"}, "places", [("hr", "crossing")]),
        ({"place": ""}, "places", []),
        ({"when": "2018-12"}, "when", "2018-12"),
        ({"when": ""}, "when", None),
        ({"voice": "none"}, "voice", None),
        ({"voice": "other", "voice_words": "A second resident"}, "voice", "v_en_" + str(TEXTS["en"].index("A second"))),
    ],
)
def test_what_is_entered_otherwise_is_corrected_and_nothing_else(
    ana: Reviewer, entered_: dict[str, str], field: str, wanted: object
) -> None:
    page = ana.get(f"{REPORT}?correct={ARREST.id}")
    answer = ana.send(page, "/review/correct", why="checked", **entered_)
    assert answer.status_code == 303, re.search(r'role="alert"[^>]*>([^<]*)', answer.text)
    reading = ana.book.reviewed("r_en")
    assert reading is not None
    now = next(c for c in reading.claims if c.id == ARREST.id)
    value = {
        "perpetrators": [m.org for m in now.perpetrators],
        "victims": [(m.count_min, m.count_max) for m in now.victims],
        "places": [(m.place, m.role.value) for m in now.places],
        "when": now.when.edtf if now.when else None,
    }.get(field, getattr(now, field))
    assert value == wanted
    rest = {"judged", field}
    assert now.model_dump(exclude=rest) == ARREST.model_dump(exclude=rest)


@pytest.mark.parametrize(
    ("entered_", "told"),
    [
        ({}, "nothing was changed"),
        ({"why": ""}, "Say why"),
        ({"when": "last spring"}, "no EDTF"),
        ({"low": "many"}, "no number"),
        ({"low": "5", "high": "3"}, "above the most"),
        ({"place": "Atlantis"}, "no place"),
        ({"voice": "other"}, "missing"),
        ({"voice": "other", "voice_words": "somebody else"}, "does not stand in the text"),
        ({"voice": "other", "voice_words": "broker"}, "more than once"),
        ({"act": "<script>"}, "no"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_entered_is_kept(
    ana: Reviewer, entered_: dict[str, str], told: str
) -> None:
    page = ana.get(f"{REPORT}?correct={ARREST.id}")
    answer = ana.send(page, "/review/correct", **({"why": "so it is"} | entered_))
    assert answer.status_code == 400
    (problem,) = re.findall(r'role="alert"[^>]*>([^<]*)', answer.text)
    assert told in html.unescape(problem)
    held = ana.fields(answer.text, "/review/correct")
    kept = {k: v for k, v in entered_.items() if k != "act"}
    assert {k: held[k] for k in kept} == kept
    assert ana.book.made == []


# --- add --------------------------------------------------------------------------------------


def test_a_claim_is_added_by_its_sentence_and_words(ana: Reviewer) -> None:
    page = ana.get(f"{REPORT}?add=1")
    sentences = re.findall(r'<option value="(\d+)">[^<]*The officers were waiting', page)
    answer = ana.send(
        page,
        "/review/add",
        words="waiting for them",
        sentence=sentences[0],
        act="lure",
        low="3",
        voice=ARREST.voice or "",
    )
    assert answer.status_code == 303, re.search(r'role="alert"[^>]*>([^<]*)', answer.text)
    reading = ana.book.reviewed("r_en")
    assert reading is not None
    (added,) = (c for c in reading.claims if c.judged == "added")
    assert added.trigger.of(TEXTS["en"]) == "waiting for them"
    assert (added.act, added.victims[0].count_min, added.voice) == ("lure", 3, ARREST.voice)
    assert "added by a person" in ana.get(REPORT)


def test_offsets_of_the_script_count_where_they_fit_the_words(ana: Reviewer) -> None:
    page = ana.get(f"{REPORT}?add=1")
    second = TEXTS["en"].index("said", TEXTS["en"].index("said") + 1)
    send = {"words": "said", "act": "lure", "end": str(second + 4)}
    assert ana.send(page, "/review/add", **send, start=str(second)).status_code == 303
    reading = ana.book.reviewed("r_en")
    assert reading is not None and next(c for c in reading.claims if c.judged == "added").trigger.start == second
    wrong = ana.send(page, "/review/add", **send, start=str(second - 3))
    assert (wrong.status_code, "more than once" in wrong.text) == (400, True)


@pytest.mark.parametrize(
    ("entered_", "told"),
    [
        ({"words": "nowhere to be found", "act": "lure"}, "does not stand in the text"),
        ({"words": "", "act": "lure"}, "missing"),
        ({"words": "waiting", "act": ""}, "which act"),
        ({"words": "arrested", "act": "arrest"}, "there already"),
    ],
)
def test_an_addition_that_rests_on_nothing_is_refused(ana: Reviewer, entered_: dict[str, str], told: str) -> None:
    answer = ana.send(ana.get(f"{REPORT}?add=1"), "/review/add", **entered_)
    assert answer.status_code == 400
    assert told in html.unescape(answer.text)
    assert ana.fields(answer.text, "/review/add")["words"] == entered_["words"]


# --- why the machine thought so ---------------------------------------------------------------


def test_every_part_of_a_claim_shows_the_words_that_it_rests_on(ana: Reviewer) -> None:
    page = ana.get(REPORT)
    (shown,) = re.findall(rf'<li id="about-{ARREST.id}".*?<ul>(.*?)</ul>', page, flags=re.S)
    for words in ("arrested", "Ministry of State Security", "a woman and her two children", "Hoeryong"):
        assert f"<bdi>{words}</bdi>" in shown
    assert "late last November" in shown and "a source in North Hamgyong" in shown
    assert "from elsewhere in the report" not in shown


# --- the queue --------------------------------------------------------------------------------


def test_the_queue_shows_one_claim_its_reason_and_what_comes_next(ana: Reviewer) -> None:
    page = ana.get("/review")
    (first,) = re.findall(r'<article[^>]* id="about-(c_[0-9a-f]+)"', page)
    assert "It is all that one source says of what two barely corroborate: arrest." in page
    assert "Without it, “Manufactured defection” would no longer be the likeliest explanation." in page
    assert "<mark" in page
    assert 'href="/review?n=2"' in page and 'rel="prev"' not in page
    answer = ana.send(page, "/review/judge", first, kind="accept")
    assert answer.headers["location"] == "/review?n=1&done=d_0"
    after = ana.get("/review?n=1&done=d_0")
    assert f'id="about-{first}"' not in after and "1 of 19 judged" in after and "Undo" in after


@pytest.mark.parametrize("n", ["0", "-1", "999999", "x", "", "9" * 40])
def test_any_number_of_the_queue_leads_somewhere(ana: Reviewer, n: str) -> None:
    assert "data-claim" in ana.get(f"/review?n={n}")


def test_the_queue_ends(ana: Reviewer) -> None:
    for claim in CLAIMS.values():
        ana.book.decide(DecisionKind.ACCEPT, [claim.id], who="x", why="")
    assert "Every claim has been judged." in ana.get("/review")


def test_the_api_tells_the_queue_and_the_reading_as_judged(ana: Reviewer) -> None:
    first = ana.client.get("/api/review?limit=1").json()[0]
    ana.book.decide(DecisionKind.REJECT, [first["claim"]["id"]], who="x", why="y")
    assert ana.client.get("/api/review?limit=1").json()[0]["claim"]["id"] != first["claim"]["id"]
    read = ana.client.get(f"/api/reports/{first['report_id']}").json()
    assert len(read["reviewed"]["claims"]) == len(read["reading"]["claims"]) - 1


# --- who, and what is stale -------------------------------------------------------------------


def test_the_name_is_asked_once_and_nothing_is_judged_without_it() -> None:
    nobody = Reviewer("")
    page = nobody.get(REPORT)
    assert "Who judges?" in page and 'action="/review/judge"' not in page
    token = nobody.fields(page, "/review/who")["token"]
    refused = nobody.client.post(
        "/review/judge", {"token": token, "kind": "accept", "claim": ARREST.id, "back": REPORT}
    )
    assert refused.status_code == 400 and nobody.book.made == []
    answer = nobody.send(page, "/review/who", name="  Ana   Lee ")
    assert answer.headers["location"] == REPORT
    page = nobody.get(REPORT)
    assert "You judge as Ana Lee" in page and 'action="/review/judge"' in page
    nobody.judge(ARREST.id, "accept")
    assert nobody.book.made[0].who == "Ana Lee"


def test_pages_say_that_judgements_wait_until_the_incidents_are_made_anew(ana: Reviewer) -> None:
    assert "since the incidents were made" not in ana.get("/incidents")
    ana.judge(ARREST.id, "accept")
    page = ana.get("/incidents")
    assert "1 judgement since the incidents were made." in page
    answer = ana.send(page, "/review/update")
    assert (answer.status_code, answer.headers["location"]) == (303, "/incidents")
    assert "since the incidents were made" not in ana.get("/incidents")


def test_an_incident_says_which_of_its_claims_people_judged(ana: Reviewer) -> None:
    assert "unreviewed" in ana.get("/incidents/i_lured")
    one = ana.book._incidents[0]
    accounts = [
        a.model_copy(update={"claims": tuple(c.model_copy(update={"judged": "accepted"}) for c in a.claims)})
        for a in one.accounts[:1]
    ]
    ana.book._incidents = [one.model_copy(update={"accounts": (*accounts, *one.accounts[1:])})]
    page = ana.get("/incidents/i_lured")
    assert "people have judged 7 of 13 claims" in page and '<span class="tag judged">accepted</span>' in page


# --- the door ---------------------------------------------------------------------------------

POSTS = ["/review/judge", "/review/correct", "/review/add", "/review/undo", "/review/who", "/review/update"]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("token", ["", "guessed", TOKEN])
def test_a_form_without_the_sessions_token_is_refused(ana: Reviewer, path: str, token: str) -> None:
    sent = {"token": token, "claim": ARREST.id, "kind": "accept", "report": "r_en", "name": "Eve", "back": REPORT}
    assert ana.client.post(path, sent).status_code == 403
    assert ana.book.made == [] and "Ana Lee" in ana.get(REPORT)


def test_the_token_of_another_session_is_worth_nothing(ana: Reviewer) -> None:
    other = Reviewer()
    token = other.fields(other.get(REPORT), "/review/judge")["token"]
    sent = {"token": token, "claim": ARREST.id, "kind": "accept", "back": REPORT}
    assert ana.client.post("/review/judge", sent).status_code == 403


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.example"}, {"Origin": "null"}])
def test_a_form_of_another_site_is_refused_though_it_had_the_token(
    ana: Reviewer, path: str, headers: dict[str, str]
) -> None:
    token = ana.fields(ana.get(REPORT), "/review/judge")["token"]
    sent = {"token": token, "claim": ARREST.id, "kind": "accept", "back": REPORT}
    assert ana.client.post(path, sent, headers=headers).status_code == 403
    assert ana.book.made == []


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "\r\nX: y", "evil"],
)
def test_no_form_leads_away_from_here(ana: Reviewer, back: str) -> None:
    page = ana.get(REPORT)
    answer = ana.send(page, "/review/judge", ARREST.id, kind="accept", back=back)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/review") and "x" not in answer.headers


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/review/judge", {"kind": "accept", "claim": "c_none"}, 404),
        ("/review/correct", {"report": "r_en", "claim": "c_none"}, 404),
        ("/review/correct", {"report": "r_none", "claim": ARREST.id}, 404),
        ("/review/add", {"report": "r_none"}, 404),
        ("/review/undo", {"decision": "d_none", "claim": ARREST.id}, 400),
        ("/review/undo", {"decision": "d_none"}, 404),
    ],
)
def test_what_is_not_there_cannot_be_judged(ana: Reviewer, path: str, sent: dict[str, str], status: int) -> None:
    token = ana.fields(ana.get(REPORT), "/review/judge")["token"]
    assert ana.client.post(path, sent | {"token": token}).status_code == status
    assert ana.book.made == []


def test_hostile_text_stays_text_in_every_form(ana: Reviewer) -> None:
    ana.judge(HELD.id, "accept", HOSTILE, page="/reports/r_hostile")
    sent = {"words": HOSTILE, "act": "lure", "why": HOSTILE}
    for page in (
        ana.get(f"/reports/r_hostile?correct={HELD.id}&add=1&done=d_0"),
        ana.send(ana.get("/reports/r_hostile"), "/review/add", **sent).text,
        ana.get("/review"),
    ):
        assert HOSTILE not in page and "<img" not in page
        assert page.count("<script") == 1
        assert "\u202e" not in page
