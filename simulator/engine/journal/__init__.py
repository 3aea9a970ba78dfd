"""The exchanges of a workspace: what was asked, what was answered, and why."""

from simulator.engine.journal.entries import Entry, Header, Heard
from simulator.engine.journal.journal import Journal
from simulator.engine.journal.reasons import Acted, Outcome, Passed, Reasons

__all__ = ["Acted", "Entry", "Header", "Heard", "Journal", "Outcome", "Passed", "Reasons"]
