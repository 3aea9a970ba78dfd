"""The retirement of an edition: announced in headers, tried out in brownouts, and then final.

Standards: the headers ``Deprecation`` (RFC 9745) and ``Sunset`` (RFC 8594), a link with the
relation ``deprecation`` in ``Link`` (RFC 8288), and 410 Gone once the edition answers no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

import msgspec


class Brownout(msgspec.Struct, frozen=True):
    """A time in which the edition answers as if it were gone already; `end` is past it."""

    begin: datetime
    end: datetime


class Retirement(msgspec.Struct, frozen=True, gc=False):
    """How an edition goes.

    * `deprecated`: since when clients are told; `link`: where they can read about it.
    * `end`: from when it is gone; None while no day is set.
    * `brownouts`: earliest first; `brownout_status`: what is answered in them.
    """

    edition: str
    deprecated: datetime
    end: datetime | None = None
    brownouts: tuple[Brownout, ...] = ()
    brownout_status: int = 410
    link: str | None = None

    def announced(self, headers: Mapping[str, str], now: datetime) -> Mapping[str, str]:
        """The headers of an answer of the edition, with what they say of its end; links that they
        have stay."""
        if now < self.deprecated:
            return headers
        told = {"Deprecation": f"@{int(self.deprecated.timestamp())}"}
        if self.end is not None:
            told["Sunset"] = format_datetime(self.end.astimezone(UTC), usegmt=True)
        if self.link is not None:
            link = f'<{self.link}>; rel="deprecation"; type="text/html"'
            others = headers.get("Link")
            told["Link"] = f"{others}, {link}" if others else link
        return {**headers, **told}

    def closed(self, now: datetime) -> tuple[int, str] | None:
        """The status and the reason of a refusal, while the edition does not answer."""
        if self.end is not None and now >= self.end:
            return 410, f"the edition {self.edition} ended at {self.end.isoformat()}"
        for brownout in self.brownouts:
            if brownout.begin <= now < brownout.end:
                return (
                    self.brownout_status,
                    f"the edition {self.edition} is in a brownout until {brownout.end.isoformat()}",
                )
        return None
