"""Workspaces kept by a Redis or Valkey server, for any number of processes and machines.

`store.py` has the promises of `Store`. What has to happen at once happens in a script that runs in
the server (`scripts/`): a commit is one, and needs one round trip. `server.py` asks them, again
where an answer was lost; `connecting.py` makes the client of redis-py, which is imported only then,
and `failures.py` says in words what went wrong. `shelves.py` knows how keys and fields are called,
`packing.py` what scripts are handed and give. Records with which a workspace begins lie in pieces
that others share (`pieces.py`); `loading.py` puts them together with what changed since.
"""

from simulator.engine.backends.redis.store import RedisStore

__all__ = ["RedisStore"]
