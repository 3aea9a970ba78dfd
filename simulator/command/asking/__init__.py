"""Commands that ask a server that runs."""
