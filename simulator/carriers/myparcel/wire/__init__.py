"""What MyParcel's HTTP looks like: credentials, media types, errors, values, pages, links."""
