"""What people do to a book, drawn at random."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from secondsource.model import DecisionKind, Source
from secondsource.pipeline import Book

WHO = {"who": "ana", "why": "the ledger"}


def accounts(book: Book) -> list[str]:
    return [account.id for incident in book.incidents() for account in incident.accounts]


def judge_pair(book: Book, data: st.DataObject) -> None:
    known = accounts(book)
    few = data.draw(st.lists(st.sampled_from(known), min_size=2, max_size=4, unique=True)) if len(known) > 3 else []
    kind = data.draw(st.sampled_from([DecisionKind.LINK, DecisionKind.UNLINK, DecisionKind.UNSURE]))
    if few:
        book.decide(kind, few, **WHO)


def judge_claim(book: Book, data: st.DataObject) -> None:
    claims = [claim.id for one in book.readings() for claim in one.claims]
    claim = data.draw(st.sampled_from(claims))
    kind, value = data.draw(
        st.sampled_from(
            [
                (DecisionKind.REJECT, None),
                (DecisionKind.ACCEPT, None),
                (DecisionKind.CORRECT, '{"victims": {"low": 4, "high": 4}}'),
            ]
        )
    )
    book.decide(kind, [claim], value=value, **WHO)


def grade(book: Book, data: st.DataObject) -> None:
    claims = [claim.id for incident in book.incidents() for claim in incident.claims]
    if claims:
        book.decide(DecisionKind.GRADE, [data.draw(st.sampled_from(claims))], value="5", **WHO)


def judge_sources(book: Book, data: st.DataObject) -> None:
    known = [voice.id for voice in book.voices()] + [source.id for source in book.sources()]
    few = data.draw(st.lists(st.sampled_from(known), min_size=2, max_size=3, unique=True))
    book.decide(data.draw(st.sampled_from([DecisionKind.SAME_SOURCE, DecisionKind.DIFFERENT_SOURCE])), few, **WHO)


def read_again(book: Book, data: st.DataObject) -> None:
    """A reader that finds less."""
    one = data.draw(st.sampled_from(list(book.readings())))
    fewer = one.claims[: data.draw(st.integers(0, len(one.claims)))]
    book._store.save_readings([one.model_copy(update={"claims": fewer})])
    book.relink()


def undo(book: Book, data: st.DataObject) -> None:
    decided = book.judgements().standing
    if decided:
        book.decide(DecisionKind.UNDO, [data.draw(st.sampled_from(decided)).id], **WHO)


def set_down(book: Book, data: st.DataObject) -> None:
    taken = {voice for source in book.sources() for voice in source.voices}
    free = [voice.id for one in book.readings() for voice in one.voices if voice.id not in taken]
    if free:
        voices = tuple(data.draw(st.lists(st.sampled_from(free), min_size=1, max_size=3, unique=True)))
        number = len(book.sources())
        heard = data.draw(st.sampled_from([None, *(source.id for source in book.sources())]))
        source = Source(id=f"s{number}", pseudonym=f"Heron {number}", voices=voices, heard_from=heard)
        book.set_source(source.model_copy(update={"reliability": data.draw(st.sampled_from(["B", "E"]))}))


STEPS: list[Callable[[Book, st.DataObject], None]] = [
    *(judge_pair, judge_claim, judge_claim, judge_sources, grade, undo, set_down, read_again)
]
