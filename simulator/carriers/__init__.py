"""The carriers, one folder each."""
