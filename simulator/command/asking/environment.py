"""Where a carrier is and what opens it, as environment variables of a program."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Any

import httpx2

from simulator.core.faults import closest_words


class Unknown(Exception):
    """There is nothing to print; the message is one line that says what to do."""


def variables(
    carriers: Sequence[str],
    url: str,
    workspace: str | None,
    token: str | None,
    credential: str | None = None,
) -> dict[str, str]:
    """``INPOST_URL`` and ``INPOST_CREDENTIAL``, and so on for each of the carriers; all, if none is
    named. Raises `Unknown`."""
    url = url.rstrip("/")
    served = _served(url, token)
    base = f"{url}/w/{workspace}" if workspace else url
    found = {}
    for name in carriers or list(served):
        if name not in served:
            close = closest_words(name, served)
            hint = f"did you mean {close[0]!r}?" if close else f"it serves {', '.join(served)}"
            raise Unknown(f"the server at {url} does not serve {name!r}; {hint}")
        known = [each["value"] for each in served[name]["credentials"]]
        if credential is not None and credential not in known:
            raise Unknown(
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


def _served(url: str, token: str | None) -> dict[str, Any]:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    try:
        response = httpx2.get(f"{url}/_sim/carriers", headers=headers, trust_env=False, timeout=10)
        items = response.json()["items"] if response.status_code == 200 else None
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        reason = str(error) or type(error).__name__
        raise Unknown(
            f"no server answers at {url} ({reason}); start one with carrier-simulator serve, or "
            "say with --url where it is"
        ) from None
    except (ValueError, KeyError, TypeError):
        items = None
    if response.status_code == 401:
        raise Unknown("the server wants its control token: --token or SIMULATOR_CONTROL_TOKEN")
    if items is None:
        raise Unknown(
            f"{url} does not answer as a carrier simulator does (status {response.status_code})"
        )
    return {each["name"]: each for each in items}
