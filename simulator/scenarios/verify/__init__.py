"""Judges what was asked of the carriers, by whoever called: the journal against checks."""

from simulator.scenarios.verify.evidence import Evidence, Exchange
from simulator.scenarios.verify.judging import judge
from simulator.scenarios.verify.verdicts import Duplicate, Near, Verdict

__all__ = ["Duplicate", "Evidence", "Exchange", "Near", "Verdict", "judge"]
