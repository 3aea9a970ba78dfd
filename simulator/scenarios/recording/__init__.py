"""A proxy in front of any server, which writes the conversation down as a scenario."""
