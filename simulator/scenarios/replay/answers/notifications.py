"""Whether a notification that a step expects stands among those that there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.engine.rules.matching import Difference, differences
from simulator.scenarios.replay.answers.expectations import gap
from simulator.scenarios.replay.events import Gap

_LISTED = 5


def missing(expected: Mapping[str, Any], webhooks: Sequence[dict[str, Any]]) -> list[Gap]:
    """What is wrong with the notifications, told by the nearest one; nothing where they are as
    expected."""
    pattern = {
        name: expected[name]
        for name in ("carrier", "event", "status", "body")
        if expected.get(name) is not None
    }
    unlike = [(differences(pattern, webhook), webhook) for webhook in webhooks]
    found = [webhook for differs, webhook in unlike if not differs]
    count = expected.get("count")
    if count == len(found) or (count is None and found):
        return []
    wanted = "at least one" if count is None else f"{count} in all"
    heard = ", ".join(str(webhook["event"]) for webhook in webhooks[-_LISTED:]) or "none at all"
    gaps = [Gap("/count", wanted, f"{len(found)} among: {heard}")]
    if not found and unlike:
        nearest: list[Difference] = min((differs for differs, _ in unlike), key=len)
        gaps += [gap(each) for each in nearest]
    return gaps
