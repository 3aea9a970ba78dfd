"""What only the command and its server need: flags, sockets, logs, checks."""
