"""What every answer gets on its way out: the trace id of a problem."""

from __future__ import annotations

from hashlib import blake2s

import msgspec

from simulator.carriers.carrier import Ending
from simulator.core.answers import Answer
from simulator.engine.world import Request


def finish(request: Request, answer: Answer, ending: Ending) -> Answer:
    """The answer as the carrier sends it: a problem has a `traceId` (inferred, as ASP.NET does).

    The workspace's name, with which the id of the exchange begins, has no part in it: worlds that
    began alike give the same bytes, whatever they are called.
    """
    if answer.status < 400 or not isinstance(answer.body, dict):
        return answer
    count = ending.request_id.rpartition("-")[2]
    digest = blake2s(f"{count}/{ending.now.isoformat()}".encode(), digest_size=24).hexdigest()
    trace = f"00-{digest[:32]}-{digest[32:48]}-00"
    return msgspec.structs.replace(answer, body={**answer.body, "traceId": trace})
