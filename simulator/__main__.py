"""``python -m simulator`` is the command ``carrier-simulator``."""

from simulator.cli import main

main()
