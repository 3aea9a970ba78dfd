"""The server of a test: ``serve`` that ends when its standard input does, as the one who started it
is there no more."""

from __future__ import annotations

import os
import signal
import sys
import threading


def _end_with_the_input() -> None:
    # Not by sys.stdin, whose lock must be free when the interpreter ends.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Serve with the flags of the command line until the input ends."""
    from simulator.cli import main as command

    threading.Thread(target=_end_with_the_input, daemon=True).start()
    command(["serve", *sys.argv[1:]])


if __name__ == "__main__":
    main()
