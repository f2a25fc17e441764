"""Review in a real browser: by forms with scripts off, by keyboard and by selecting words with them on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from web_browser import CHROMIUM, serving
from web_client import TOKEN
from web_fakes import FakeBook
from web_texts import CLAIMS

from secondsource.model import Claim, Language, Reading, Report, Span
from secondsource.web import app

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
]

ASTRAL = "𠮷野家の前で😀 family 체포됐다 and 👩‍👩‍👧 were beaten\n𠮷野家で逮捕された。 \u0007beaten again\n"
FIRST = Span(start=ASTRAL.index("체포됐다"), end=ASTRAL.index("체포됐다") + 4)


class AstralBook(FakeBook):
    """With a report of letters that JavaScript counts twice, and a claim whose number stands between them."""

    def __init__(self) -> None:
        super().__init__()
        self._reports["r_astral"] = Report(
            id="r_astral", text=ASTRAL, language=Language.JA, received="2020-01-02T03:04:05+00:00"
        )

    def reading(self, report_id: str, /) -> Reading | None:
        if report_id != "r_astral":
            return super().reading(report_id)
        known = Claim(
            id=Claim.make_id("r_astral", FIRST, "arrest"),
            report_id="r_astral",
            act="arrest",
            span=Span(start=0, end=ASTRAL.index("\n")),
            trigger=FIRST,
        )
        return Reading(report_id=report_id, reader="hand", claims=(known,))


class Sitting:
    """A reviewer at a page, who notes all that the browser asks for and complains of."""

    def __init__(self, browser: Browser, origin: str, book: FakeBook, *, scripts: bool, width: int) -> None:
        self.book = book
        self.origin = origin
        self.noted: list[str] = []
        self.context = browser.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("request", lambda r: None if r.url.startswith(origin) else self.noted.append(r.url))
        self.page.on("console", lambda message: self.noted.append(message.text))
        self.page.on("pageerror", lambda error: self.noted.append(str(error)))
        self.page.goto(f"{origin}/?token={TOKEN}")

    def go(self, path: str) -> Page:
        self.page.goto(self.origin + path)
        return self.page

    def kinds(self) -> list[str]:
        return [d.kind.value for d in self.book.made]

    def focus(self, where: str) -> None:
        """Waits until the focus is on an element of that id or name."""
        self.page.wait_for_function(
            "w => [document.activeElement.id, document.activeElement.name].includes(w)", arg=where
        )

    def select(self, words: str, nth: int = 0) -> None:
        """Selects words in the text as a mouse would, the letters counted as JavaScript counts them."""
        self.page.evaluate(
            """([words, nth]) => {
              const walker = document.createTreeWalker(document.querySelector('[data-text]'), NodeFilter.SHOW_TEXT);
              const nodes = []; let all = '';
              for (let n = walker.nextNode(); n; n = walker.nextNode()) {
                if (n.parentElement.closest('.n')) continue;
                nodes.push([all.length, n]); all += n.data;
              }
              let at = -1;
              for (let i = 0; i <= nth; i += 1) at = all.indexOf(words, at + 1);
              const place = (offset, last) => {
                const found = nodes.filter(([start, n]) => last ? start < offset : start <= offset).pop();
                return [found[1], offset - found[0]];
              };
              document.getSelection().setBaseAndExtent(...place(at, false), ...place(at + words.length, true));
            }""",
            [words, nth],
        )


Sit = Callable[..., Sitting]


@pytest.fixture
def sit(browser: Browser) -> Iterator[Sit]:
    book = AstralBook()
    with serving(lambda port: app.create(None, book, TOKEN, port, reviewer="Ana")) as origin:
        seated: list[Sitting] = []

        def make(*, scripts: bool = True, width: int = 1280) -> Sitting:
            seated.append(Sitting(browser, origin, book, scripts=scripts, width=width))
            return seated[-1]

        yield make
        for one in seated:
            one.context.close()
            assert one.noted == []


def test_without_scripts_an_editor_accepts_corrects_adds_and_takes_back(sit: Sit) -> None:
    ana = sit(scripts=False)
    claim = CLAIMS["en_cross"].id
    page = ana.go("/reports/r_en")
    page.click(f"#about-{claim} >> text=Accept")
    assert page.url.endswith(f"/reports/r_en?done=d_0#about-{claim}")
    page.click(f"#about-{claim} >> text=Correct")
    page.fill("#correct [name=when]", "2018-11-24")
    page.fill("#correct [name=why]", "the night of the 24th")
    page.click("text=Save the correction")
    assert "24 November 2018" in page.inner_text(f"#about-{claim}")
    page.click("#add summary")
    page.fill("#add [name=words]", "waiting for them")
    page.select_option("#add [name=act]", "lure")
    page.click("#add >> text=Add the claim")
    assert "added by a person" in page.inner_text(".claims")
    page.click(".told >> text=Undo")
    assert "added by a person" not in page.inner_text(".claims")
    assert ana.kinds() == ["accept", "correct", "add", "undo"]


def test_the_keyboard_moves_accepts_rejects_corrects_and_undoes(sit: Sit) -> None:
    ana = sit()
    page = ana.go("/reports/r_en")
    order = [c.id for c in sorted((c for c in CLAIMS.values() if c.report_id == "r_en"), key=lambda c: c.trigger.start)]
    page.keyboard.press("j")
    page.keyboard.press("j")
    ana.focus(f"about-{order[1]}")
    page.keyboard.press("k")
    ana.focus(f"about-{order[0]}")
    page.keyboard.press("a")
    page.wait_for_url("**done=d_0*")
    ana.focus(f"about-{order[0]}")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("a rumour, said jokingly")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=d_1*")
    ana.focus(f"about-{order[1]}")
    page.keyboard.press("u")
    page.wait_for_url("**done=d_2*")
    page.keyboard.press("c")
    page.wait_for_url("**correct=*")
    ana.focus("act")
    page.keyboard.press("Escape")
    ana.focus(f"about-{order[1]}")
    made = ana.book.made
    assert [d.kind.value for d in made] == ["accept", "reject", "undo"]
    assert (made[1].why, made[1].targets) == ("a rumour, said jokingly", (order[1],))


def test_keys_do_nothing_while_one_writes_or_when_they_are_switched_off(sit: Sit) -> None:
    ana = sit()
    page = ana.go("/reports/r_en")
    page.click("[name=q]")
    page.keyboard.type("jar cu")
    assert page.input_value("[name=q]") == "jar cu"
    page.click("[data-keys] summary")
    page.uncheck("[data-keys-on]")
    for path in ("/reports/r_en", "/review"):
        ana.go(path)
        for key in "jau":
            page.keyboard.press(key)
    page.keyboard.press("Control+a")
    assert ana.kinds() == []


def test_the_queue_is_worked_off_by_keys(sit: Sit) -> None:
    ana = sit()
    page = ana.go("/review")
    first = page.get_attribute("article", "id") or ""
    ana.focus(first)
    page.keyboard.press("j")
    page.wait_for_url("**n=2")
    page.keyboard.press("k")
    page.wait_for_url("**n=1")
    ana.focus(first)
    page.keyboard.press("a")
    page.wait_for_url("**done=d_0")
    ana.focus(page.get_attribute("article", "id") or "")
    assert page.get_attribute("article", "id") != first
    assert "1 of" in page.inner_text(".facts >> nth=0")
    page.keyboard.press("u")
    page.wait_for_url("**done=d_1")
    ana.focus(first)
    assert ana.kinds() == ["accept", "undo"]


@pytest.mark.parametrize(
    ("words", "nth"),
    [("were beaten", 0), ("beaten", 1), ("逮捕された", 0), ("𠮷野家", 1), ("family 체포됐다 and", 0), ("👩‍👩‍👧", 0)],
)
def test_selected_words_are_the_words_that_are_added(sit: Sit, words: str, nth: int) -> None:
    ana = sit()
    page = ana.go("/reports/r_astral")
    ana.select(words, nth)
    page.wait_for_selector(".offer")
    assert page.input_value("[data-words]") == words
    at = -1
    for _ in range(nth + 1):
        at = ASTRAL.index(words, at + 1)
    assert (page.input_value("[data-start]"), page.input_value("[data-end]")) == (str(at), str(at + len(words)))
    page.click(".offer")
    ana.focus("act")
    page.select_option("#add [name=act]", "detention")
    page.click("#add >> text=Add the claim")
    page.wait_for_url("**done=*")
    reading = ana.book.reviewed("r_astral")
    assert reading is not None
    (added,) = (c for c in reading.claims if c.judged == "added")
    assert (added.trigger.start, added.trigger.of(ASTRAL)) == (at, words)
    page.locator(f"[id='{added.id}']").wait_for(state="attached")


def test_selecting_outside_the_text_offers_nothing(sit: Sit) -> None:
    ana = sit()
    page = ana.go("/reports/r_en")
    page.evaluate("document.getSelection().selectAllChildren(document.querySelector('h1'))")
    page.wait_for_timeout(300)
    assert page.locator(".offer").count() == 0
    assert page.get_attribute("#add", "open") is None


def test_everything_can_be_reached_and_is_named(sit: Sit) -> None:
    ana = sit()
    for path in ("/review", f"/reports/r_en?correct={CLAIMS['en_arrest'].id}&add=1"):
        page = ana.go(path)
        nameless = page.evaluate(
            """() => Array.from(document.querySelectorAll('main button, main input:not([type=hidden]), main select'))
              .filter(e => !(e.labels && e.labels.length) && !e.getAttribute('aria-label') && !e.textContent.trim())
              .map(e => e.outerHTML)"""
        )
        assert nameless == []
        assert page.locator("[role=status][data-say]").count() == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_no_page_of_the_review_is_wider_than_a_phone(sit: Sit, scripts: bool) -> None:
    ana = sit(scripts=scripts, width=390)
    paths = ["/review", f"/reports/r_en?correct={CLAIMS['en_arrest'].id}&add=1", "/reports/r_ko", "/reports/r_astral"]
    wide = {}
    for path in paths:
        shot = ana.go(path).screenshot(full_page=True)
        if (width := int.from_bytes(shot[16:20], "big")) != 390:
            wide[path] = width
    assert wide == {}
