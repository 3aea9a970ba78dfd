"""Several servers over one store, while some are killed: what was answered holds.

    make chaos                # five minutes, half of them for each kind of store
    make chaos SECONDS=30     # the form that belongs to `make test`
    python -m benchmarks.chaos --seconds 60 --only redis --seed 7

Three replicas, each a process of its own, answer for the same worlds. Clients remember what they
were told; meanwhile replicas are killed and stopped, and the store is cut off. Then every replica
is asked, and a table says what held; it ends with 1 when something did not. A seed repeats what is
sent and done, not when it arrives. Everything is on 127.0.0.1 and ended by its process id.
"""
