"""What the web server in front of the API answers by itself (nginx; the pages are inferred), and
429, which the API says in its own form."""

from __future__ import annotations

from simulator.carriers.myparcel.wire import errors
from simulator.core.answers import Answer

_TITLES = {
    502: "502 Bad Gateway",
    503: "503 Service Temporarily Unavailable",
    504: "504 Gateway Time-out",
}


def answer(status: int) -> Answer | None:
    """The page with this status, or None where the server has none of its own."""
    if status == 429:
        return errors.too_many("Too many requests, try again later.", 1).answer
    title = _TITLES.get(status)
    if title is None:
        return None
    page = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
    return Answer(status, page.encode(), {}, "text/html")
