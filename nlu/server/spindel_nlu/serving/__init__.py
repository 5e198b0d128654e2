"""One model behind four routes."""
