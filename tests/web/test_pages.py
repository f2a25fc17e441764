"""The pages and the API: who is let in, what is shown, what never is."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from web_client import PORT, TOKEN, Client, entered
from web_fakes import INCIDENTS, PASSPHRASE, FakeBook
from web_texts import HOSTILE, REPORTS

import secondsource
from secondsource.model import Incident
from secondsource.web import app, security, words
from secondsource.web.security import Throttle

PAGES = [
    "/incidents",
    "/incidents?shown=practices",
    "/reports",
    "/review",
    "/sources",
    "/patterns",
    "/journal",
    "/search?q=arrest",
]
DETAILS = [f"/reports/{key}" for key in ("r_en", "r_ko", "r_ja", "r_hostile", "r_bare", "r_unread")]
DETAILS += [f"/incidents/{one.id}" for one in INCIDENTS]
API = ["/api/reports", "/api/reports/r_en", "/api/incidents", "/api/incidents/i_lured", "/api/search?q=arrest"]
API += ["/api/sources", "/api/journal", "/api/openapi.json"]


@pytest.fixture
def client() -> Client:
    return entered(FakeBook())


# --- the door -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", *PAGES, *DETAILS, *API, "/static/style.css", "/nowhere", "/api/nowhere"])
def test_every_answer_carries_the_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {200, 303, 404}
    assert {name: answer.headers[name] for name in security.HEADERS} == security.HEADERS
    csp = answer.headers["content-security-policy"]
    assert "default-src 'none'" in csp and "script-src 'self';" in csp and "unsafe" not in csp


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_host_name_is_refused_with_the_headers(client: Client, host: str) -> None:
    answer = client.get("/incidents", headers={"Host": host})
    assert answer.status_code == 421
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": f"https://127.0.0.1:{PORT}"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
def test_a_form_from_another_page_is_refused(client: Client, headers: dict[str, str]) -> None:
    assert client.post("/lock", headers=headers).status_code == 403
    assert client.get("/incidents").status_code == 200


def test_a_form_of_our_own_page_is_taken_under_the_no_referrer_policy() -> None:
    book = FakeBook()
    client = entered(book)
    assert client.post("/lock", headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"}).status_code == 303
    assert book.closed


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert client.request(method, "/incidents").status_code == 405


@pytest.mark.parametrize("path", ["/", *PAGES, *API, "/?token=wrong", "/?token=", "/incidents?token=" + TOKEN])
def test_without_the_link_nothing_is_shown(path: str) -> None:
    answer = Client(app.create(None, FakeBook(), TOKEN, PORT)).get(path)
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("text/plain")
    assert "set-cookie" not in answer.headers


def test_without_a_token_the_door_never_opens() -> None:
    client = Client(app.create(None, FakeBook(), None, PORT))
    assert client.get("/?token=").status_code == client.get("/?token=None").status_code == 403


def test_the_link_works_once() -> None:
    application = app.create(None, FakeBook(), TOKEN, PORT)
    first, second = Client(application), Client(application)
    answer = first.get(f"/?token={TOKEN}")
    cookie = answer.headers["set-cookie"].lower()
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "httponly" in cookie and "samesite=strict" in cookie and TOKEN not in cookie
    assert second.get(f"/?token={TOKEN}").status_code == 403
    assert first.get("/incidents").status_code == 200


def test_a_cookie_that_was_not_given_is_worth_nothing(client: Client) -> None:
    other = Client(app.create(None, FakeBook(), TOKEN, PORT))
    answer = other.get("/incidents", headers={"Cookie": f"secondsource_{PORT}=guessed; lang=en"})
    assert answer.status_code == 403


def test_a_form_that_is_too_long_is_refused(client: Client) -> None:
    assert client.post("/lock", {"x": "y" * 70_000}).status_code == 413


def test_a_fault_shows_nothing_of_the_book() -> None:
    class Broken(FakeBook):
        def incidents(self) -> list[Incident]:
            raise RuntimeError("a secret")

    answer = entered(Broken()).get("/incidents")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


# --- the lock -------------------------------------------------------------------------------


def test_a_locked_book_shows_the_form_only() -> None:
    client = entered(None, Path("/somewhere/border.book"))
    for path in [*PAGES, *DETAILS]:
        assert client.get(path).headers["location"] == "/unlock"
    assert client.get("/api/reports").status_code == 423
    page = client.get("/unlock").text
    assert "border.book" in page and "/somewhere" not in page


def test_a_wrong_passphrase_is_refused_plainly_and_makes_the_next_try_wait() -> None:
    client = entered(None, Path("border.book"))
    wrong = client.post("/unlock", {"passphrase": "wrong"})
    assert wrong.status_code == 403
    assert "That is not the passphrase of this book." in wrong.text
    hurried = client.post("/unlock", {"passphrase": PASSPHRASE})
    assert hurried.status_code == 429
    assert int(hurried.headers["retry-after"]) >= 1


def test_the_wait_doubles_and_ends_with_the_right_passphrase() -> None:
    now = 0.0
    throttle = Throttle(clock=lambda: now)
    waits = []
    for _ in range(8):
        throttle.failed()
        waits.append(throttle.wait())
        now += waits[-1]
        assert throttle.wait() == 0
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    throttle.succeeded()
    throttle.failed()
    assert throttle.wait() == 1


def test_the_right_passphrase_opens_and_the_lock_shuts() -> None:
    client = entered(None, Path("border.book"))
    assert client.post("/unlock", {"passphrase": PASSPHRASE}).headers["location"] == "/incidents"
    assert client.get("/incidents").status_code == 200
    assert client.post("/lock").headers["location"] == "/unlock"
    assert client.get("/incidents").headers["location"] == "/unlock"


def test_a_path_without_a_book_is_said_plainly() -> None:
    answer = entered(None, Path("nothing")).post("/unlock", {"passphrase": "x"})
    assert answer.status_code == 404
    assert "There is no case book" in answer.text


# --- what is shown --------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*PAGES, *DETAILS])
def test_texts_of_reports_never_become_markup(client: Client, path: str) -> None:
    page = client.get(path).text.replace('<script src="/static/review.js" defer></script>', "", 1)
    assert "<script" not in page and "<img" not in page and "<b>" not in page
    assert (
        " style=" not in page
        and "<style" not in page
        and not re.search(r"\son\w+=", re.sub(r"&\w+;|&#\d+;", "", page.replace("onerror=alert(2)", "")))
    )
    assert not re.search(r'(?:src|href|action)="(?!/|#|\?)', page)


def test_hostile_text_is_shown_as_it_stands_with_nothing_hidden(client: Client) -> None:
    page = client.get("/reports/r_hostile").text
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3
    assert "\u202e" not in page and "\x07" not in page
    assert HOSTILE not in page


@pytest.mark.parametrize("path", ["/nowhere", "/reports/none", "/incidents/none", "/reports/%00", "/static/none"])
def test_what_is_not_there_is_said_plainly(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<h1>Not here</h1>" in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_book_says_what_to_do(path: str) -> None:
    answer = entered(FakeBook(empty=True)).get(path)
    assert answer.status_code == 200
    assert 'class="empty"' in answer.text


@pytest.mark.parametrize("path", [*PAGES, *DETAILS])
def test_pages_have_one_first_heading_and_no_gap_below_it(client: Client, path: str) -> None:
    page = client.get(path).text
    levels = [int(n) for n in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert len(re.findall(r"<table", page)) == len(re.findall(r"<caption", page))
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_every_claim_is_marked_in_the_text_and_told_beside_it(client: Client) -> None:
    page = client.get("/reports/r_en").text
    for target in re.findall(r'href="#(about-c_[0-9a-f]+)"', page):
        assert f'id="{target}"' in page
        assert f'id="{target.removeprefix("about-")}"' in page
    assert page.count('href="#about-c_') == 7
    assert "who has it from" in page and "hearsay" in page


def test_links_to_claims_lead_to_a_mark_in_the_report(client: Client) -> None:
    page = client.get("/incidents/i_lured").text
    links = set(re.findall(r'href="(/reports/r_\w+)#(c_[0-9a-f]+)"', page))
    assert len(links) > 10
    for report, claim in links:
        assert f'id="{claim}"' in client.get(report).text


def test_an_incident_says_who_contradicts_and_how_sure_each_is(client: Client) -> None:
    page = client.get("/incidents/i_lured").text
    for said in (
        "contradicts:",
        "has heard",
        "says it may be",
        "at least 1 and at most 2 independent sources",
        "78 %, range 64 % to 88 %",
        "no claim tells of it",
        "It hangs on one claim",
        "+9.4 bits in all",
        "As read by machine, unreviewed",
        "Inspection team in the province",
    ):
        assert said in page
    assert "Border closed" not in page


def test_the_story_says_according_to_whom_and_keeps_hedges(client: Client) -> None:
    story = re.findall(r'class="story">(.*?)</p>', client.get("/incidents/i_lured").text, re.DOTALL)[0]
    assert "Perhaps, according to 北方通信: turning of a broker." in story
    assert "From hearsay, according to" in story
    assert "According to North Post: extortion." in story
    assert "contradict one another on: by whom, to how many and when." in story


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"i_lured", "i_patrol", "i_paid", "i_bare"}),
        ("?shown=practices", {"i_practice"}),
        ("?place=nh", {"i_lured", "i_patrol"}),
        ("?place=hs", {"i_paid"}),
        ("?since=2019", {"i_patrol", "i_paid"}),
        ("?since=2018-12&until=2018-12", {"i_lured"}),
        ("?until=nonsense", {"i_lured", "i_patrol", "i_paid", "i_bare"}),
        ("?script=manufactured_defection", {"i_lured"}),
        ("?corroboration=yes", {"i_paid"}),
        ("?manufactured=suspected", {"i_paid"}),
        ("?q=Traders", {"i_paid"}),
        ("?q=nobody+says+this", set()),
        ("?page=99999999999", {"i_lured", "i_patrol", "i_paid", "i_bare"}),
    ],
)
def test_incidents_are_filtered_alike_on_page_and_api(client: Client, query: str, found: set[str]) -> None:
    assert set(re.findall(r'href="/incidents/(\w+)"', client.get(f"/incidents{query}").text)) == found
    assert {one["id"] for one in client.get(f"/api/incidents{query}").json()["items"]} == found


@pytest.mark.parametrize(("order", "first"), [("newest", "i_paid"), ("oldest", "i_lured"), ("reports", "i_lured")])
def test_incidents_are_sorted(client: Client, order: str, first: str) -> None:
    assert client.get(f"/api/incidents?sort={order}").json()["items"][0]["id"] == first


def test_reports_are_filtered_by_language_and_outlet(client: Client) -> None:
    page = client.get("/reports?language=ko").text
    assert "/reports/r_ko" in page and "/reports/r_en" not in page
    page = client.get("/reports?outlet=North+Post").text
    assert "/reports/r_en" in page and "/reports/r_ko" not in page


def test_long_lists_come_in_pages() -> None:
    book = FakeBook()
    book._reports = {f"r_{n}": REPORTS["en"].model_copy(update={"id": f"r_{n}"}) for n in range(120)}
    client = entered(book)
    page = client.get("/reports?outlet=North+Post&page=2").text
    assert "Page 2 of 3" in page
    assert 'href="?outlet=North+Post&amp;page=3"' in page


@pytest.mark.parametrize("query", ["%00", "a%00b", "%ED%A0%80", "ab%20" * 700, "x" * 3000], ids=lambda q: q[:9])
@pytest.mark.parametrize("where", ["/search?q=", "/incidents?q=", "/api/incidents?q="])
def test_any_search_is_answered(tmp_path: Path, where: str, query: str) -> None:
    with secondsource.new(str(tmp_path / "case.book"), passphrase=PASSPHRASE) as book:
        assert entered(book).get(where + query).status_code == 200


def test_the_language_is_one_that_there_is(client: Client) -> None:
    answer = client.get("/incidents", headers={"Accept-Language": "xx, ../../etc;q=0.5", "Cookie": ""})
    assert answer.status_code in {200, 403}
    assert '<html lang="en">' in client.get("/incidents", headers={"Accept-Language": "../..,ko-KR"}).text


# --- the API --------------------------------------------------------------------------------


def test_the_schema_speaks_the_nouns_of_the_model(client: Client) -> None:
    schema = client.get("/api/openapi.json").json()
    assert {"Incident", "Claim", "Report", "Reading", "Source", "JournalEntry"} <= set(schema["components"]["schemas"])
    assert all(path.startswith("/api/") for path in schema["paths"])


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_no_page_that_loads_from_elsewhere_is_served(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_api_gives_the_nouns_without_loss(client: Client) -> None:
    assert Incident.model_validate(client.get("/api/incidents/i_lured").json()) == INCIDENTS[0]


@pytest.mark.parametrize(
    ("path", "status"), [("/api/reports/none", 404), ("/api/incidents/none", 404), ("/api/journal?limit=0", 422)]
)
def test_the_api_refuses_as_json(client: Client, path: str, status: int) -> None:
    answer: httpx.Response = client.get(path)
    assert answer.status_code == status
    assert answer.json()["detail"]


# --- words ----------------------------------------------------------------------------------


def test_the_catalogue_holds_every_word_of_the_pages() -> None:
    folder = Path(app.__file__).parent
    keywords = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "_n": (1, 2)}
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
    options = {"**/templates/**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
    found = extract_from_dir(folder, methods, options, keywords)
    wanted = {message for _, _, message, _, _ in found}
    with (words.LOCALE / "messages.pot").open("rb") as file:
        held = {message.id for message in read_po(file) if message.id}
    assert held == wanted, "run the command in locale/babel.cfg"


def test_the_script_writes_no_markup_and_loads_nothing() -> None:
    script = Client(entered(FakeBook())._client._transport.app).get("/static/review.js").text  # type: ignore[attr-defined]
    forbidden = ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function(", "fetch(", "http")
    assert [word for word in forbidden if word in script] == []
