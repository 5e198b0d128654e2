"""What a set of predictions is worth; the standard library only."""
