"""The editions of a carrier's API: which there are, and which one answers a request."""
