"""Who asks: a person with a browser, who is shown a page, or a program."""

from __future__ import annotations

from collections.abc import Mapping

_PAGES = ("text/html", "application/xhtml+xml")
_UNASKED = "Java/"
"""How the `User-Agent` of Java's own client begins, which names ``text/html`` first unless it is
told otherwise."""


def is_a_browser(headers: Mapping[str, str]) -> bool:
    """Whether what a request accepts most is a page, as browsers say; a wildcard asks for none."""
    if headers.get("user-agent", "").startswith(_UNASKED):
        return False
    best, best_quality = "", 0.0
    for part in headers.get("accept", "").lower().split(","):
        name, _, parameters = part.partition(";")
        quality = _quality(parameters)
        if quality > best_quality:
            best, best_quality = name.strip(), quality
    return best in _PAGES


def _quality(parameters: str) -> float:
    """The ``q`` among the parameters of a media range; what is no number counts as none."""
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 1.0
    return 1.0
