"""What a web page says of itself: title, outlet, and when it was published, where that is marked."""

from __future__ import annotations

import json
from typing import Any

from lxml import html

from secondsource.intake.parsers import dates

_DATED_BY = (
    "article:published_time og:published_time og:article:published_time datepublished date pubdate"
    " publishdate publish_date publication_date dc.date dc.date.issued dcterms.date dcterms.issued"
    " dcterms.created parsely-pub-date sailthru.date citation_publication_date"
)
_DATES = _DATED_BY.split()


def says(page: html.HtmlElement) -> dict[str, object]:
    meta: dict[str, str] = {}
    for element in page.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        meta.setdefault(name, (element.get("content") or "").strip())
    title = meta.get("og:title") or page.findtext(".//title") or page.findtext(".//h1")
    stated = [meta[name] for name in _DATES if meta.get(name)] + _linked_data(page) + _times(page)
    published = next((date for date in map(dates.edtf, stated) if date), None)
    found = {"title": title, "outlet": meta.get("og:site_name"), "published": published}
    return {field: value for field, value in found.items() if value}


def _times(page: html.HtmlElement) -> list[str]:
    """Times that are marked as the page's own, or the only one that it has."""
    times = [t for t in page.iter("time") if t.get("datetime")]
    own = [t.get("datetime") for t in times if t.get("itemprop") == "datePublished" or "pubdate" in t.attrib]
    return own or ([times[0].get("datetime")] if len({t.get("datetime")[:10] for t in times}) == 1 else [])


def _linked_data(page: html.HtmlElement) -> list[str]:
    found: list[str] = []
    for script in page.xpath("//script[@type='application/ld+json']"):
        try:
            data: Any = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", data) if isinstance(data, dict) else data
        nodes = graph if isinstance(graph, list) else [graph]
        found += [str(node["datePublished"]) for node in nodes if isinstance(node, dict) and "datePublished" in node]
    return found
