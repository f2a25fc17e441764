"""Bytes to text, honestly: what a file says of its encoding first, a guess last and never silently."""

from __future__ import annotations

import codecs
import re
import unicodedata

from secondsource.intake.parsers.contract import Unreadable

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_CHARSETS = {
    "utf-8": "utf-8 utf8",
    "utf-16": "utf-16 utf16",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
    "cp949": "euc-kr cp949 ks_c_5601-1987 ks_c_5601-1989 ksc5601 windows-949 uhc x-windows-949",
    "iso2022_kr": "iso-2022-kr",
    "cp932": "shift_jis shift-jis sjis x-sjis cp932 windows-31j ms_kanji",
    "euc_jp": "euc-jp eucjp x-euc-jp",
    "iso2022_jp": "iso-2022-jp",
    "gb18030": "gb2312 gbk gb18030 cp936 x-gbk hz-gb-2312",
    "big5hkscs": "big5 big5-hkscs cp950",
    "cp1252": "us-ascii ascii latin-1 latin1 iso-8859-1 windows-1252 cp1252",
    "iso8859_15": "iso-8859-15",
    "cp1251": "windows-1251 cp1251",
    "koi8_r": "koi8-r",
}
_CODEC = {name: codec for codec, names in _CHARSETS.items() for name in names.split()}
"""Names that files use to the codec that reads them: the wider of its family, as browsers do (WHATWG)."""

_GUESSES = ["cp949", "cp932", "euc_jp", "gb18030", "big5", "cp1252"]
_SAMPLE = 1 << 16
_KNOWN = re.compile("[\t\n\r -~\u00a0-\u017f\u2010-\u203b\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uffee]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Text and notes. Raises Unreadable for bytes that are no text in any encoding we know."""
    codec, guessed = encoding(data, declared)
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        if error.reason not in {"unexpected end of data", "truncated data", "incomplete multibyte sequence"}:
            raise Unreadable("its encoding cannot be told") from None
        text = data[: error.start].decode(codec)
        return text, ("it ends in the middle of a character",)
    return text, (f"its encoding is not stated, and was taken for {codec}",) if guessed else ()


def encoding(data: bytes, declared: str | None = None) -> tuple[str, bool]:
    """The codec for bytes (or for their beginning), and whether it is only a guess."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec, False
    if b"\0" in data and (wide := _without_mark(data[:_SAMPLE])):
        return wide, False
    if _fits(data, "utf-8"):
        return "utf-8", False
    stated = _CODEC.get((declared or "").strip().lower())
    if stated and _fits(data, stated):
        return stated, False
    return _guess(data), True


def _without_mark(data: bytes) -> str | None:
    """UTF-16 that does not say so: read from the right side, nearly all of it is letters that we know."""
    shares = {codec: _known(data.decode(codec, "replace")) for codec in ("utf-16-le", "utf-16-be")}
    codec = max(shares, key=lambda codec: shares[codec])
    if shares[codec] > 0.9 and _fits(data, codec):
        return codec
    if data.count(0) > len(data) / 20:
        raise Unreadable("it is no text")
    return None


def _known(text: str) -> float:
    return len(_KNOWN.findall(text)) / max(len(text), 1)


def _fits(data: bytes, codec: str) -> bool:
    """Whether bytes decode; a last character may be cut off, as the beginning of a file is."""
    try:
        codecs.getincrementaldecoder(codec)("strict").decode(data, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    sample = data[: data.rfind(b"\n", 0, _SAMPLE) + 1] or data if len(data) > _SAMPLE else data
    for match in from_bytes(sample, cp_isolation=list(_GUESSES), enable_fallback=False):
        if _fits(data, match.encoding):
            return str(match.encoding)
    raise Unreadable("its encoding cannot be told")


def clean(text: str) -> str:
    """NFC, line ends as \\n, and no control character but \\n and \\t: each becomes a space, so that a
    terminal that shows the text is not steered by it. Nothing else is changed."""
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    text = _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text))
    return unicodedata.normalize("NFC", text)


def is_clean(text: str) -> bool:
    return not (_CONTROLS.search(text) or _SURROGATES.search(text))


def one_line(text: str, longest: int) -> str:
    return " ".join(clean(text[: longest * 4]).split())[:longest]
