"""Rules as data: what they are about, which one fires, what they hold."""
