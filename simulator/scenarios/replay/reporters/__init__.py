"""What is made of the events of a run: text, JSON, JUnit, CTRF, Markdown."""
