"""Moving the clock of a workspace, and trying that out."""
