"""Which shipments a list shows, and in which order."""
