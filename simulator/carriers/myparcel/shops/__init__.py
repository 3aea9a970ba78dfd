"""What a shop has beside its shipments: settings, carriers, a plan, orders."""
