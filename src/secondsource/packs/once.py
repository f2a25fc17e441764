"""What is made of a pack once and kept: packs never change, but hold maps and so cannot be keys themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from secondsource.packs.model import Pack

P = ParamSpec("P")
T = TypeVar("T")


def once(most: int) -> Callable[[Callable[Concatenate[Pack, P], T]], Callable[Concatenate[Pack, P], T]]:
    """Decorates what makes something of a pack and perhaps of more: each is made when first asked for, and up to
    `most` of them are kept. Further arguments must be such as can be keys."""

    def keeping(make: Callable[Concatenate[Pack, P], T]) -> Callable[Concatenate[Pack, P], T]:
        held: dict[tuple[object, ...], tuple[Pack, T]] = {}

        @wraps(make)
        def kept(pack: Pack, /, *more: P.args, **named: P.kwargs) -> T:
            key = (id(pack), *more, *named.items())
            found = held.get(key)
            if found is None:
                if len(held) >= most:
                    held.clear()
                # The pack is kept with what was made of it, so that no other can get its id.
                found = held[key] = (pack, make(pack, *more, **named))
            return found[1]

        return kept

    return keeping
