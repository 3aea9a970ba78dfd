"""Lists in a query: one text with commas (documented); a repeated parameter is the union."""

from __future__ import annotations

from simulator.carriers.postplus.wire import errors, parsing
from simulator.core import reading
from simulator.core.answers import Finding
from simulator.engine.world import World


def read(world: World, name: str, text: str | None) -> list[str]:
    """The items of the list parameter `name`, each once.

    `text` is what came last under that name; what else came under it, in whichever letter case,
    counts too.
    """
    wanted = name.lower()
    texts = [value for key, value in world.request.query if key.lower() == wanted]
    return parsing.listed(",".join(texts) if len(texts) > 1 else text)


def required(world: World, name: str, text: str | None, most: int, what: str) -> list[str]:
    """The items of a list that has some. Raises 400 for none and for more than `most`."""
    items = read(world, name, text)
    if not items:
        raise errors.invalid([Finding((name,), "required", "is required")])
    if len(items) > most:
        raise errors.too_many(most, what)
    return items


def ids(world: World, text: str | None, most: int, what: str) -> list[int]:
    """The ids of the parameter `Ids`. Raises 400 as `required` does, and for what is no id."""
    items = required(world, "Ids", text, most, what)
    return list(dict.fromkeys(_id(item) for item in items))


def _id(text: str) -> int:
    number = reading.whole(text)
    if number is None:
        raise errors.invalid([Finding(("Ids",), "not_an_id", f"{text!r:.60} is not an id")])
    return number
