"""Word documents (ECMA-376): paragraphs and tables in order, with their insertions and without what was
deleted. Who wrote or changed it is left where it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from secondsource.intake.parsers.contract import Document, Item, Source, Unreadable
from secondsource.intake.parsers.packed import check, content

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = {_W + "del", _W + "moveFrom", _W + "instrText", _FALLBACK}
_BREAKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_PROPERTIES = {"title": "title", "identifier": "ref", "language": "language"}


def parse(source: Source) -> Iterator[Item]:
    check(source.whole(), source.limits)
    with zipfile.ZipFile(io.BytesIO(source.whole())) as archive:
        body = _xml(content(archive, archive.getinfo("word/document.xml"), source.limits.max_bytes))
        fields: dict[str, object] = {}
        if "docProps/core.xml" in archive.namelist():
            core = _xml(content(archive, archive.getinfo("docProps/core.xml"), 1 << 20))
            fields = {ours: text for theirs, ours in _PROPERTIES.items() if (text := core.findtext(_DC + theirs))}
    yield Document("".join(_text(body)).strip("\n"), fields)


def _xml(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise Unreadable("it declares entities, as no Word document does")
    return root


def _text(body: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in _SKIPPED:
                walk.skip_subtree()
            elif element.tag == _W + "t":
                yield element.text or ""
            elif element.tag in _BREAKS and element.getparent().tag == _W + "r":
                yield _BREAKS[element.tag]
        elif element.tag == _W + "p":
            in_cell = next(element.iterancestors(_W + "tc", _W + "txbxContent"), None)
            yield "\t" if in_cell is not None and in_cell.tag == _W + "tc" else "\n"
        elif element.tag == _W + "tr":
            yield "\n"
