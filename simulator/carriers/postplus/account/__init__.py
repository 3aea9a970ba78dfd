"""Who is asking, and what may be looked up."""
