"""What is worked out of an exchange when somebody reads the journal."""
