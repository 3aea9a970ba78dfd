"""Parcels one by one and many at once: upsert, look-ups, references, deletion."""
