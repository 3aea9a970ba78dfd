"""Where a story is played: in a workspace of a simulator, or at a carrier itself."""
