"""Rules as requests meet them: which one acts, what it answers, what fails on the wire."""
