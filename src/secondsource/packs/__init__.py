"""Packs: knowledge as data. `load("nk_border")` gives a `Pack`; `names()` lists the built-in ones."""

from secondsource.packs.check import check
from secondsource.packs.load import PackError, alert_rules, load, names
from secondsource.packs.model import Act, AlertRule, ByLanguage, Organisation, Pack, Place, Relation
from secondsource.packs.patterns import PatternError, compile_cached, compile_patterns, to_regex

__all__ = [
    "Act",
    "AlertRule",
    "ByLanguage",
    "Organisation",
    "Pack",
    "PackError",
    "PatternError",
    "Place",
    "Relation",
    "alert_rules",
    "check",
    "compile_cached",
    "compile_patterns",
    "load",
    "names",
    "to_regex",
]
