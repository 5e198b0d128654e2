"""The room that does: one capability per file, and the neutral vocabulary they speak."""
