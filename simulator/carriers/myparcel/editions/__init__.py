"""The editions of MyParcel's API: what they differ in, and what shows which one is spoken."""
