"""The arrangement of a parcel label, which every format paints."""
