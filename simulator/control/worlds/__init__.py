"""Workspaces: making, copying, clocks, records, switches, actions, scenarios."""
