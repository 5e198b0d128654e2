"""The room that understands: Rasa's client and its result types, and times."""

from nlu.result import Band, Entity, Understanding

__all__ = ["Band", "Entity", "Understanding"]
