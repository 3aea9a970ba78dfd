"""Where a workspace is kept outside the copy that a process works on."""
