"""Where somebody begins who has nothing but the address: a page, and a text for programs."""
