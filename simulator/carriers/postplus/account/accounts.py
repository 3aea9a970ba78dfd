"""Who is asking: the account of the key."""

from __future__ import annotations

from simulator.carriers.postplus.wire.credentials import Caller
from simulator.core.answers import Answer
from simulator.engine.world import World


def get_current_account(world: World) -> Answer:
    """``GET /accounts/current``: the account, what its key opens, and its number ranges."""
    caller: Caller = world.caller
    account = caller.account
    return Answer(
        body={
            "id": account.id,
            "name": account.name,
            "environment": caller.key.environment,
            "scopes": list(caller.key.scopes),
            "serviceCodes": list(account.services),
            "parcelNrRanges": [
                {
                    "prefix": each.prefix,
                    "from": each.first,
                    "to": each.last,
                    "countryCode": each.country,
                }
                for each in account.ranges
            ],
        }
    )
