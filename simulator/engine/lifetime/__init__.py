"""How workspaces begin, and how long they stay."""
