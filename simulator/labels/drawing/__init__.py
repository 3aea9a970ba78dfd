"""Pages of a PDF, and what is drawn on them."""
