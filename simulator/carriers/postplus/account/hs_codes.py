"""The codes of the Harmonized System that customs want for goods.

The public article says that there are requests for HS codes and that a key may not open them; path
and shape are inferred.
"""

from __future__ import annotations

import re

from simulator.carriers.postplus.catalog.hs_search import hs_index
from simulator.carriers.postplus.wire import parsing
from simulator.core.answers import Answer
from simulator.engine.world import World

_USUAL = 10
_DIGITS = 6
_SEPARATORS = re.compile(r"[.\s]")


def query_hs_codes(
    world: World, text: str | None = None, code: str | None = None, count: int | None = None
) -> Answer:
    """``GET /hs-codes/query``: codes by words and by the beginning of the code, best first."""
    prefix = _SEPARATORS.sub("", parsing.text(code) or "")
    if len(prefix) > _DIGITS:
        world.note(f"Code {prefix:.40} is longer than a code: its first {_DIGITS} digits counted")
    most = _USUAL if count is None else count
    found = hs_index().search(parsing.text(text), prefix[:_DIGITS], most)
    return Answer(
        body={"hsCodes": [{"code": each.code, "description": each.description} for each in found]}
    )
