"""Orders of webshops, which become shipments: intake, lists, notes, shipping, webhooks."""
