"""What a filled sentence still needs: Korean particles, numbers as they are written, capitals and stops."""

from __future__ import annotations

import re
from collections.abc import Callable

_PARTICLE = re.compile(r"(?P<mark>은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(으\)로)")
_CHOICES = {"은(는)": ("은", "는"), "이(가)": ("이", "가"), "을(를)": ("을", "를"), "과(와)": ("과", "와")}
_BRACKETS = re.compile(r"\([^()]*\)$")
_DIGITS_WITH_FINAL = frozenset("013678")
_DIGITS_WITH_RIEUL = frozenset("178")
_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\[([^\[\]|]*(?:\|[^\[\]|]*)+)\]")


def choose(template: str, pick: Callable[[list[str]], str]) -> str:
    """`template` with `pick` of the alternatives in place of each [one|another], from left to right."""
    return _CHOICE.sub(lambda match: pick(match[1].split("|")), template)


def inner(template: str, language: str) -> str:
    """`template` as a clause within another sentence: its topic is the subject there, since the topic is another."""
    topic, subject = {"ko": ("}은(는) ", "}이(가) "), "ja": ("}は", "}が")}.get(language, ("", ""))
    return template.replace(topic, subject, 1) if topic else template


def fill(template: str, value: Callable[[str], str]) -> str:
    """`template` with each {slot} replaced by `value(slot)`, from left to right."""
    return _SLOT.sub(lambda match: value(match[1]), template)


def particles(text: str) -> str:
    """Korean text in which every 은(는), 이(가), 을(를), 과(와), (으)로 is what the sound before it asks for."""
    out = ""
    position = 0
    for match in _PARTICLE.finditer(text):
        out += text[position : match.start()]
        final, rieul = _final(out)
        if match["mark"] == "(으)로":
            out += "으로" if final and not rieul else "로"
        else:
            out += _CHOICES[match["mark"]][0 if final else 1]
        position = match.end()
    return out + text[position:]


def _final(text: str) -> tuple[bool, bool]:
    """Whether the last syllable has a final consonant, and whether that is ㄹ. Brackets and quotes are not spoken."""
    spoken = _BRACKETS.sub("", text.rstrip("”’\"' ")).rstrip("”’\"' )")
    last = spoken[-1:]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return final > 0, final == 8
    return last in _DIGITS_WITH_FINAL, last in _DIGITS_WITH_RIEUL


def number(amount: int, language: str) -> str:
    """25000 as 25,000, 2만 5천 or 2万5000."""
    if language == "en" or amount < 1000:
        return f"{amount:,}"
    myriads, rest = divmod(amount, 10_000)
    if language == "ja":
        return f"{myriads}万{rest or ''}" if myriads else str(rest)
    thousands, units = divmod(rest, 1000)
    small = f"{thousands}천" if thousands and not units else str(rest or "")
    return f"{myriads}만 {small}".strip() if myriads else small


def ordinal(day: int) -> str:
    """English: 1st, 2nd, 23rd, 11th."""
    ending = "th" if 10 < day % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def sentence(text: str, language: str) -> str:
    """A sentence with its capital and its stop. A quotation keeps the stop that its own words end with."""
    if language == "en":
        at = 1 if text[:1] == '"' else 0
        return text[:at] + text[at : at + 1].upper() + text[at + 1 :] + "."
    if language == "ja":
        return text + "。"
    return particles(text) + "."
