"""Formats of bodies and files: CSV, forms, patches of JSON, and where JSON and YAML are broken."""
