"""What is acceptable, and what a parcel's data lacks."""
