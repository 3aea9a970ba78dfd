"""Rules of a workspace, profiles of them, what they hold, and magic values."""
