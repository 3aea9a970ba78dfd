"""The pytest plugin: a carrier in a test (docs/testing.md).

pytest loads this module in every run in which the simulator is installed, so that it imports
nothing but the hooks; what talks to a server is imported by the first test that wants one.
"""

from simulator.pytest_plugin.fixtures import (
    async_carrier_world,
    async_carrier_world_factory,
    carrier_environment,
    carrier_simulator,
    carrier_time,
    carrier_world,
    carrier_world_factory,
)
from simulator.pytest_plugin.options import pytest_addoption, pytest_configure
from simulator.pytest_plugin.reports import pytest_runtest_makereport, pytest_sessionstart
from simulator.pytest_plugin.servers import (
    pytest_collection_finish,
    pytest_configure_node,
    pytest_unconfigure,
)
from simulator.pytest_plugin.strays import pytest_runtest_call, pytest_runtest_teardown

__all__ = [
    "async_carrier_world",
    "async_carrier_world_factory",
    "carrier_environment",
    "carrier_simulator",
    "carrier_time",
    "carrier_world",
    "carrier_world_factory",
    "pytest_addoption",
    "pytest_collection_finish",
    "pytest_configure",
    "pytest_configure_node",
    "pytest_runtest_call",
    "pytest_runtest_makereport",
    "pytest_runtest_teardown",
    "pytest_sessionstart",
    "pytest_unconfigure",
]
