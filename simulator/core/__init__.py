"""Values without I/O that every other layer builds on: time, chance, tables, answers."""
