"""How workspaces begin, how long they stay, and how what they held is let go."""
