"""PostPlus: parcels, shipments, documents and tracking across borders."""
