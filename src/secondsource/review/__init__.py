"""Review: a person's judgements over the machine's reading, and what to judge first.

    apply(reading, report, decisions, pack) -> Reading     the reading as people judged it
    complete(kind, targets, value, decisions, ...)         a person's word as the record keeps it, or ValueError
    Judgements(decisions)                                  what stands, by claim and by report
    Queue(incidents, claims, pack, ...)                    claims, what matters most first, and why

Nothing is erased: a later judgement on a claim outranks an earlier one, and `undo` takes one back. Judgements
hold whole claims, so they hold when everything is read anew by a later reader.
"""

from secondsource.review.apply import apply
from secondsource.review.decide import Completed, complete
from secondsource.review.judgement import Addition, Changes, Judgement, Number, Value, Where, canonical
from secondsource.review.lookup import find_place, find_words
from secondsource.review.queue import Item, Queue, Ranked, Why
from secondsource.review.standing import ON_CLAIMS, Judged, Judgements, standing

__all__ = [
    "ON_CLAIMS",
    "Addition",
    "Changes",
    "Completed",
    "Item",
    "Judged",
    "Judgement",
    "Judgements",
    "Number",
    "Queue",
    "Ranked",
    "Value",
    "Where",
    "Why",
    "apply",
    "canonical",
    "complete",
    "find_place",
    "find_words",
    "standing",
]
