"""From configuration and sentences to a packed model with a manifest."""
