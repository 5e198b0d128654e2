"""Teams: activities in, neutral replies drawn as Adaptive Cards out."""
