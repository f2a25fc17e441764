"""What is made of a pack is made once, and never of another that came to have its id."""

from __future__ import annotations

import pytest

from secondsource.packs import Pack
from secondsource.packs.once import once


def test_each_is_made_once_for_a_pack_and_what_else_is_asked_for() -> None:
    made: list[tuple[str, str, str]] = []

    @once(most=10)
    def named(pack: Pack, /, language: str, **more: str) -> str:
        made.append((pack.name, language, more.get("slot", "")))
        return f"{pack.name} {language}"

    one, other = Pack(name="one", version="1"), Pack(name="one", version="1")
    for pack in (one, other, one):
        for language in ("en", "ko", "en"):
            assert named(pack, language) == f"one {language}"
    assert named(one, "en", slot="x") == "one en"
    assert len(made) == 5


@pytest.mark.parametrize("most", [1, 3])
def test_few_are_kept_and_none_is_another_packs(most: int) -> None:
    @once(most=most)
    def name(pack: Pack, /) -> str:
        return pack.name

    # Packs that nobody else keeps: each may get the id of one that is gone.
    assert [name(Pack(name=str(n), version="1")) for n in range(20)] == [str(n) for n in range(20)]
