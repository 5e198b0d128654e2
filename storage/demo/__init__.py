"""The demo university: Nordhamns universitet, invented; the same seed gives the same one."""

from storage.demo.university import NotEmpty, fill

__all__ = ["NotEmpty", "fill"]
