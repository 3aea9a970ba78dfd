"""What InPost's HTTP looks like: credentials, errors, values, pages, links, headers."""
