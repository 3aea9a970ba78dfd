"""MyParcel's pages: paying for labels, and making a return by link."""
