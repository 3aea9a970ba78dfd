"""Texts on paper: fonts, the order of writing, and what fits where."""
