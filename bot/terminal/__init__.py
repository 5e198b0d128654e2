"""The terminal: a pleasant chat for people and JSON lines for programs."""
