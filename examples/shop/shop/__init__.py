"""A small shop: orders come in, parcels go out, and customers see where they are."""
