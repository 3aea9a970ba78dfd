"""What schemathesis cannot read in our descriptions; schemathesis.toml names this file."""

from __future__ import annotations

from typing import Any

import schemathesis


@schemathesis.hook
def filter_query(context: Any, query: dict[str, Any] | None) -> bool:
    """PostPlus: "an empty text means the same as none", whatever the type of a parameter."""
    title = context.operation.schema.raw_schema["info"]["title"]
    return not title.startswith("PostPlus") or not any(map(_is_empty, (query or {}).values()))


def _is_empty(value: Any) -> bool:
    """Whether nothing stands behind the parameter's name, as of a list of one empty text or of an
    object whose members have no names."""
    if isinstance(value, dict):
        return not any(value)
    if isinstance(value, list):
        return all(map(_is_empty, value))
    return value in ("", None)
