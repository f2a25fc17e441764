"""Parts of speech of English words, by the tag and the place in the sentence that spaCy gives them.

What spaCy's `attribute_ruler` makes of tags in `en_core_web_sm`, without its general matcher: that takes a
quarter of the time of a parse, for every word, where a few words are asked about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_BY_TAG = {
    **dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "BES", "HVS"), "VERB"),
    **dict.fromkeys(("NN", "NNS"), "NOUN"),
    **dict.fromkeys(("NNP", "NNPS"), "PROPN"),
    **dict.fromkeys(("JJ", "JJR", "JJS", "AFX"), "ADJ"),
    **dict.fromkeys(("IN", "RP"), "ADP"),
    **dict.fromkeys(("PRP", "PRP$", "WP", "EX"), "PRON"),
    "MD": "AUX",
}
"""Penn Treebank tags. Others are none of the parts that are asked for here."""
_INDEFINITE = frozenset(
    {"something", "anyone", "anything", "nothing", "someone", "everything"}
    | {"everyone", "everybody", "nobody", "somebody", "anybody"}
)
_AUXILIARIES = {
    "VB": {"be", "do", "have", "of", "'ve"},
    "VBN": {"been", "had"},
    "VBG": {"being"},
    "VBZ": {"is", "'s", "has", "does"},
    "VBP": {"are", "'re", "am", "'m", "do", "have", "'ve", "'s"},
    "VBD": {"was", "were", "did", "had", "'d"},
}
_HELPING = frozenset({"do", "does", "did", "'d", "have", "has", "had"})
_GOVERNING = frozenset({"ROOT", "advcl", "ccomp", "conj", "relcl", "xcomp"})
_BEING = frozenset({"is", "are", "was", "were", "'s", "'re"})


def part_of_speech(word: Token) -> str:
    """VERB, AUX, NOUN, PROPN, ADJ, PRON or ADP (Universal Dependencies' names); empty for anything else, and ADP
    too for a preposition that begins a clause, unless the parser says that it marks one."""
    tag, said, relation = word.tag_, word.lower_, word.dep_
    if said.isspace():
        return ""
    if said in _BEING and word.i and word.nbor(-1).dep_ == "expl":
        return "VERB"
    if tag in {"DT", "WDT"}:
        return "PRON" if relation not in {"det", "quantmod", ""} or (tag, said) == ("WDT", "that") else ""
    if tag == "IN" and relation == "mark":
        return ""
    if said in _HELPING and relation in _GOVERNING:
        return "VERB"
    if relation in {"aux", "auxpass"} and tag != "TO":
        return "AUX"
    if said in _AUXILIARIES.get(tag, ()):
        return "AUX"
    if tag == "NN" and said in _INDEFINITE:
        return "PRON"
    return _BY_TAG.get(tag, "")
