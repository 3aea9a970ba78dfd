"""What PostPlus' HTTP looks like: keys, problems, values, lists, moments."""
