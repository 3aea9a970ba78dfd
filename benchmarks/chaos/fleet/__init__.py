"""The replicas, the store that they share, and what happens to both."""
