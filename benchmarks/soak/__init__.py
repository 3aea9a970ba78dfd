"""A soak and an attack: what a server that a team's builds share all day has to hold.

    make soak                 # ten minutes
    make soak SECONDS=120     # the form that belongs to `make test`
    python -m benchmarks.soak --seconds 60 --only mutation,money

Starts servers of its own on 127.0.0.1, ends them by their process ids, prints a table of what held,
and ends with 1 when something did not. A seed repeats what is sent, not when it arrives.
"""
