"""Spindel's own components for Rasa, and what trains, serves and judges them."""
