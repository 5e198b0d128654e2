"""One model behind three routes."""
