"""Web pages: the main text, as a reader would see it, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree, html

from secondsource.intake.parsers.contract import Document, Item, Source
from secondsource.intake.parsers.page_says import says
from secondsource.intake.parsers.text import decode

_DECLARED = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([\w-]{1,40})", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_UNSEEN = ("script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "textarea")
_AROUND = ("nav", "header", "footer", "aside", "form", "button")
_BLOCKS = (
    "p div br li ul ol dl dt dd tr table h1 h2 h3 h4 h5 h6 section article main blockquote pre figure"
    " figcaption caption hr address header footer aside nav title"
)
_LINES = frozenset(_BLOCKS.split())
_SHORT = 200


def parse(source: Source) -> Iterator[Item]:
    data = source.whole()
    declared = _DECLARED.search(data[:4096])
    text, notes = decode(data, declared[1].decode() if declared else None)
    page = _tree(text)
    fields = says(page)
    yield Document(_main(page), fields, notes=notes)


def text_of(markup: str) -> str:
    """All that shows of a piece of HTML."""
    page = _tree(markup)
    _strip(page, _UNSEEN)
    return _visible(page)


def _tree(markup: str) -> html.HtmlElement:
    # given as bytes, so that a page that names another encoding is not read in it
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    return html.document_fromstring(markup.encode("utf-8", "replace") or b"<p>", parser=parser, ensure_head_body=True)


def _main(page: html.HtmlElement) -> str:
    """The article by trafilatura; where it finds next to nothing, all that is not navigation."""
    from trafilatura import extract

    _strip(page, _UNSEEN)
    everything = _visible(page)
    try:
        main = extract(deepcopy(page), include_comments=False, favor_recall=True, with_metadata=False) or ""
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        main = ""
    if len(main) >= _SHORT:
        return main
    _strip(page, _AROUND)
    rest = _visible(page) or everything
    return rest if len(rest) > 2 * len(main) else main


def _strip(page: html.HtmlElement, tags: tuple[str, ...]) -> None:
    for element in list(page.iter(*tags)):
        element.drop_tree()
    for element in page.xpath("//*[@hidden or @aria-hidden='true' or @style]"):
        marked = "hidden" in element.attrib or element.get("aria-hidden") == "true"
        if (marked or _HIDDEN.search(element.get("style")[:1000])) and element.getparent() is not None:
            element.drop_tree()


def _visible(page: html.HtmlElement) -> str:
    pieces: list[str] = []
    for event, element in etree.iterwalk(page, events=("start", "end")):
        if element.tag in _LINES:
            pieces.append("\n")
        elif element.tag in {"td", "th"} and event == "end":
            pieces.append("\t")
        pieces.append((element.text if event == "start" else element.tail) or "")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(filter(None, lines))
