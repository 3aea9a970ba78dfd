"""Where a carrier is and what opens it, as environment variables of a program."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping, Sequence

from simulator.command.asking.server import NoAnswer, asking, checked
from simulator.core.faults import closest_words


def variables(
    carriers: Sequence[str],
    url: str,
    workspace: str | None,
    token: str | None,
    credential: str | None = None,
) -> dict[str, str]:
    """``INPOST_URL`` and ``INPOST_CREDENTIAL``, and so on for each of the carriers; all, if none is
    named. Raises `NoAnswer`."""
    url = url.rstrip("/")
    base = url if workspace is None else f"{url}/w/{checked(workspace)}"
    with asking(url, token) as got:
        served = {each["name"]: each for each in got("carriers")["items"]}
    found = {}
    for name in carriers or list(served):
        if name not in served:
            close = closest_words(name, served)
            hint = f"did you mean {close[0]!r}?" if close else f"it serves {', '.join(served)}"
            raise NoAnswer(f"the server at {url} does not serve {name!r}; {hint}")
        known = [each["value"] for each in served[name]["credentials"]]
        if credential is not None and credential not in known:
            raise NoAnswer(
                f"{name} knows no credential {credential!r}; there are {', '.join(known)}"
            )
        prefix = re.sub(r"\W", "_", name).upper()
        found[f"{prefix}_URL"] = f"{base}{served[name]['path']}"
        found[f"{prefix}_CREDENTIAL"] = credential or known[0]
    return found


def written(variables: Mapping[str, str], form: str) -> str:
    """The variables for ``eval`` in a shell, for a file of NAME=VALUE lines, or as JSON."""
    if form == "json":
        return json.dumps(variables, indent=2)
    if form == "dotenv":
        return "\n".join(f"{name}={value}" for name, value in variables.items())
    return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in variables.items())
