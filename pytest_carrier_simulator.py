"""What pytest loads in every run in which the simulator is installed: its plugin.

It lies under a name of its own. Where a project has a module ``simulator`` that stands in front of
ours, its tests run as if the plugin were not there, and say so.
"""

from __future__ import annotations

try:
    from simulator.pytest_plugin import *  # noqa: F403
except ImportError:

    def pytest_report_header() -> str:
        """Say why there are no fixtures of the plugin."""
        return "carrier-simulator: its plugin is off, since another module is named simulator"
