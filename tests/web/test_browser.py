"""A real browser walks through the pages, scripts off, over loopback.

`make pictures` remakes the one of the README.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from web_browser import CHROMIUM, serving
from web_client import TOKEN
from web_fakes import PASSPHRASE, open_fake
from web_texts import CLAIMS, HOSTILE

from secondsource.pipeline import Book
from secondsource.web import app

PICTURES = Path(os.environ["SECONDSOURCE_PICTURES"]) if "SECONDSOURCE_PICTURES" in os.environ else None
"""Where the README's picture is remade: SECONDSOURCE_PICTURES=docs/images."""
EVERY = [
    "/incidents",
    "/incidents?place=hr",
    "/incidents/i_lured",
    "/incidents/i_bare",
    "/reports",
    "/reports/r_en",
    "/reports/r_ko",
    "/reports/r_hostile",
    "/sources",
    "/patterns",
    "/journal",
    "/search?q=Hoeryong",
    "/nowhere",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
]


class Visit:
    """A page of a browser without scripts, which notes all that it asks for and complains of."""

    def __init__(self, browser: Browser, origin: str, width: int, scheme: str = "light") -> None:
        self.origin = origin
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(
            java_script_enabled=False,
            viewport={"width": width, "height": 844 if width < 500 else 900},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> Page:
        self.page.goto(self.origin + path)
        return self.page

    def enter(self) -> Page:
        page = self.go(f"/?token={TOKEN}")
        page.fill("#passphrase", PASSPHRASE)
        page.press("#passphrase", "Enter")
        page.wait_for_url("**/incidents")
        return page


@pytest.fixture
def origin() -> Iterator[str]:
    with serving(lambda port: app.create(Path("border.book"), None, TOKEN, port, open_fake)) as where:
        yield where


def test_an_editor_walks_from_the_lock_to_the_words_and_back(browser: Browser, origin: str) -> None:
    visit = Visit(browser, origin, 1280)
    page = visit.enter()
    assert page.inner_text("h1") == "Incidents"
    page.click("a[href='/incidents/i_lured']")
    assert "Arrest" in page.inner_text("h1")
    claim = CLAIMS["ko_arrest"]
    page.click(f".facts-table a[href$='{claim.id}'] >> nth=0")
    assert page.url.endswith(f"/reports/r_ko#{claim.id}")
    assert page.locator(f"#{claim.id} + mark").inner_text() == "체포됐다"
    page.click(f"#{claim.id}")
    assert page.url.endswith(f"#about-{claim.id}")
    page.go_back()
    page.go_back()
    assert page.url.endswith("/incidents/i_lured")
    page.fill("input[name=q]", "회령")
    page.press("input[name=q]", "Enter")
    assert "/reports/r_ko" in page.inner_html("main")
    page.click("text=Lock")
    assert page.inner_text("h1") == "Unlock the case book"
    assert visit.complaints == []
    assert all(url.startswith(origin + "/") for url in visit.asked)
    visit.context.close()


def test_markup_in_a_report_is_text(browser: Browser, origin: str) -> None:
    visit = Visit(browser, origin, 1280)
    visit.enter()
    page = visit.go("/reports/r_hostile")
    assert HOSTILE in page.inner_text(".body")
    assert page.inner_text("h1") == HOSTILE
    assert page.locator('img, iframe, script:not([src="/static/review.js"])').count() == 0
    assert visit.complaints == []
    assert not any(url.endswith("/x") for url in visit.asked)
    visit.context.close()


def test_no_page_is_wider_than_a_phone(browser: Browser, origin: str) -> None:
    """Scripts are off, so the width is that of a full screenshot."""
    visit = Visit(browser, origin, 390)
    visit.enter()
    wide = {path: width for path in EVERY if (width := _width(visit.go(path))) != 390}
    assert wide == {}
    visit.context.close()


def _width(page: Page) -> int:
    return int.from_bytes(page.screenshot(full_page=True)[16:20], "big")


def test_the_beginning_case_as_an_editor_sees_it(browser: Browser, demo: Book, tmp_path: Path) -> None:
    """Over a real casebook; its picture is the one in the README."""
    names = {r.id: r.ref for r in demo.reports()}
    incident = next(i for i in demo.incidents() if "s01" in {names[r] for r in i.reports})
    with serving(lambda port: app.create(None, demo, TOKEN, port)) as where:
        visit = Visit(browser, where, 1280)
        page = visit.go(f"/?token={TOKEN}")
        assert page.inner_text("h1") == "Incidents"
        page.click(f"a[href='/incidents/{incident.id}']")
        told = page.inner_text("main")
        assert "Manufactured defection" in told
        assert "share one origin" in told
        assert "Kyongwon" in told
        page.screenshot(path=PICTURES / "incident.png" if PICTURES else tmp_path / "incident.png")
        assert visit.complaints == []
        assert all(url.startswith(where + "/") for url in visit.asked)
        visit.context.close()
