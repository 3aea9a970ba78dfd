"""What carriers can do for a shop: capabilities and the definitions of its contracts."""
